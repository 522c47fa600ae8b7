// SPDX-License-Identifier: MIT
#include "pg/row_key.hpp"

namespace pgmend::pg {

namespace {

constexpr std::string_view k_row_key = R"sql(
SELECT pg_catalog.quote_ident(a.attname) AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type
FROM (SELECT i.* FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relname = $2
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = $1
      WHERE i.indisunique AND i.indisvalid AND i.indimmediate
        AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = i.indrelid AND NOT a.attnotnull
                          AND a.attnum = ANY (i.indkey::int2[]))
      ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1) AS k
CROSS JOIN pg_catalog.unnest(k.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
JOIN pg_catalog.pg_attribute a ON a.attrelid = k.indrelid AND a.attnum = u.attnum
WHERE u.n <= k.indnkeyatts
ORDER BY u.n
)sql";

}  // namespace

std::vector<KeyColumn> row_key(Connection& connection, const std::string& schema,
                               const std::string& relation) {
  const auto result = connection.query(std::string(k_row_key), {schema, relation});
  std::vector<KeyColumn> key;
  for (int row = 0; row < result.rows(); ++row)
    key.push_back({result.str(row, "name"), result.str(row, "type")});
  return key;
}

}  // namespace pgmend::pg
