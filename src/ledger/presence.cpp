// SPDX-License-Identifier: MIT
#include "ledger/presence.hpp"

#include "pg/transaction.hpp"
#include "util/sql.hpp"

namespace pgmend::ledger {

namespace {

/// Scripts do not always say which schema they mean, and the search_path may have been any: so a
/// name counts wherever it stands, the server's own schemas aside.
constexpr const char* k_query = R"sql(
WITH wanted AS (
  SELECT * FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]),
                           pg_catalog.unnest($2::pg_catalog.text[]))
           WITH ORDINALITY AS w (relation, name, position)
), own AS (
  SELECT c.oid, c.relname, c.relkind
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
    AND $3::pg_catalog.text IN ('', n.nspname)
)
SELECT CASE WHEN w.name = ''
            THEN EXISTS (SELECT FROM own o WHERE o.relname = w.relation
                         AND o.relkind IN ('r', 'p', 'f', 'v', 'm'))
            ELSE EXISTS (SELECT FROM own o
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = o.oid
                         WHERE o.relname = w.relation AND a.attname = w.name AND a.attnum > 0
                           AND NOT a.attisdropped)
              OR EXISTS (SELECT FROM own o WHERE o.relname = w.name AND o.relkind IN ('i', 'I'))
              OR EXISTS (SELECT FROM own o
                         JOIN pg_catalog.pg_constraint k ON k.conrelid = o.oid
                         WHERE o.relname = w.relation AND k.conname = w.name)
       END AS is_there,
       w.name <> ''
         AND EXISTS (SELECT FROM own o
                     JOIN pg_catalog.pg_index i ON i.indexrelid = o.oid
                     WHERE o.relname = w.name AND NOT i.indisvalid) AS is_invalid
FROM wanted w
ORDER BY w.position
)sql";

/// Of no extension, whose own tables come with it.
constexpr const char* k_any_relation = R"sql(
SELECT EXISTS (
  SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
    AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND d.objid = c.oid AND d.deptype = 'e')) AS any
)sql";

}  // namespace

std::vector<Presence> look_for(pg::Connection& connection, const std::vector<Deed>& deeds,
                               const std::string& schema) {
  if (deeds.empty()) return {};
  std::vector<std::string> relations;
  std::vector<std::string> names;
  for (const auto& deed : deeds) {
    relations.push_back(sql::truncate_identifier(deed.table));
    names.push_back(sql::truncate_identifier(deed.name));
  }
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto rows =
      connection.query(k_query, {sql::format_array(relations), sql::format_array(names), schema});
  std::vector<Presence> found;
  for (int row = 0; row < rows.rows(); ++row)
    found.push_back(!rows.boolean(row, "is_there")    ? Presence::missing
                    : rows.boolean(row, "is_invalid") ? Presence::invalid
                                                      : Presence::there);
  return found;
}

bool has_relations(pg::Connection& connection) {
  return connection.query(k_any_relation).boolean(0, "any");
}

}  // namespace pgmend::ledger
