// SPDX-License-Identifier: MIT
#include "pg/updates.hpp"

#include "util/sql.hpp"

namespace pgmend::pg {

namespace {

// Where an UPDATE fails, or changes nothing. pg_get_publication_tables() goes through all that a
// publication has: asked for only where nothing tells rows apart.
constexpr std::string_view k_updates = R"sql(
SELECT w.number,
       CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite r
                         WHERE r.ev_class = c.oid AND r.ev_type = '2' AND r.is_instead
                           AND r.ev_enabled NOT IN ('D', 'R'))
            THEN 'a rule does something else instead'
            WHEN pg_catalog.row_security_active(c.oid)
            THEN 'its row security applies to this role'
            WHEN (c.relreplident = 'n'
                  OR c.relreplident = 'd' AND NOT EXISTS (
                    SELECT FROM pg_catalog.pg_index i
                    WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid)
                  OR c.relreplident = 'i' AND NOT EXISTS (
                    SELECT FROM pg_catalog.pg_index i
                    WHERE i.indrelid = c.oid AND i.indisreplident AND i.indisvalid))
            THEN CASE WHEN EXISTS (
                   SELECT FROM pg_catalog.pg_publication p
                   CROSS JOIN LATERAL pg_catalog.pg_get_publication_tables(p.pubname) AS g
                   WHERE p.pubupdate AND g.relid = c.oid)
                 THEN 'it is published, and has no replica identity' END
       END AS no_update,
       (SELECT pg_catalog.string_agg(t.tgname, ', ' ORDER BY t.tgname)
        FROM pg_catalog.pg_trigger t
        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled NOT IN ('D', 'R')
          AND t.tgtype & 19 = 19) AS update_triggers  -- BEFORE, UPDATE, FOR EACH ROW
FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]))
     WITH ORDINALITY AS w (schema, name, number)
JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
WHERE c.relkind IN ('r', 'p')
)sql";

}  // namespace

std::vector<Updates> updates(Connection& connection,
                             const std::vector<std::pair<std::string, std::string>>& relations) {
  const auto [schemas, names] = sql::format_arrays(relations);
  const auto result = connection.query(std::string(k_updates), {schemas, names});
  std::vector<Updates> all(relations.size());
  for (int row = 0; row < result.rows(); ++row)
    all.at(static_cast<std::size_t>(result.integer(row, "number")) - 1) = {
        .obstacle = result.str(row, "no_update"), .triggers = result.str(row, "update_triggers")};
  return all;
}

}  // namespace pgmend::pg
