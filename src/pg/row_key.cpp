// SPDX-License-Identifier: MIT
#include "pg/row_key.hpp"

#include "util/sql.hpp"

namespace pgmend::pg {

namespace {

constexpr std::string_view k_row_keys = R"sql(
SELECT w.number,
       pg_catalog.quote_ident(a.attname) AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type
FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]))
     WITH ORDINALITY AS w (schema, relation, number)
JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.relation
CROSS JOIN LATERAL (
      SELECT i.* FROM pg_catalog.pg_index i
      WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
        AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = i.indrelid AND NOT a.attnotnull
                          AND a.attnum = ANY (i.indkey::int2[]))
      ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1) AS k
CROSS JOIN pg_catalog.unnest(k.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
JOIN pg_catalog.pg_attribute a ON a.attrelid = k.indrelid AND a.attnum = u.attnum
WHERE u.n <= k.indnkeyatts
ORDER BY w.number, u.n
)sql";

}  // namespace

std::vector<std::vector<KeyColumn>> row_keys(
    Connection& connection, const std::vector<std::pair<std::string, std::string>>& relations) {
  const auto [schemas, names] = sql::format_arrays(relations);
  const auto result = connection.query(std::string(k_row_keys), {schemas, names});
  std::vector<std::vector<KeyColumn>> keys(relations.size());
  for (int row = 0; row < result.rows(); ++row)
    keys.at(static_cast<std::size_t>(result.integer(row, "number")) - 1)
        .push_back({result.str(row, "name"), result.str(row, "type")});
  return keys;
}

}  // namespace pgmend::pg
