// SPDX-License-Identifier: MIT
#include "app/run/replication.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "engine/catalog_query.hpp"
#include "model/kind.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// Publications that send one of the tables named in $1, or would if it were there; and whether
/// they send chosen columns of it only.
constexpr std::string_view k_published = R"sql(
SELECT DISTINCT p.pubname AS publication, t.name,
       coalesce(r.prattrs IS NOT NULL, false) AS chosen -- since 15
       -- before 15: false AS chosen
FROM pg_catalog.unnest($1::text[]) AS t (name)
JOIN pg_catalog.pg_publication p ON p.pubinsert OR p.pubupdate
LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(t.name)
LEFT JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = c.oid
LEFT JOIN pg_catalog.pg_publication_namespace n -- since 15
  ON n.pnpubid = p.oid AND n.pnnspid = c.relnamespace -- since 15
WHERE (p.puballtables OR r.oid IS NOT NULL
       OR n.oid IS NOT NULL -- since 15
      )
  AND r.prexcept IS NOT TRUE -- since 19
ORDER BY 1, 2
)sql";

/// Those that get a column, or are made.
std::map<std::string, std::string> changed_tables(const Plan& plan,
                                                  const std::vector<Finding>& findings) {
  std::map<std::string, std::string> tables;  // as people write it, by the quoted name
  for (const auto& step : plan.steps())
    for (const auto position : step.findings) {
      const auto& finding = findings[position];
      const bool counts = !finding.attribute && finding.judgement.sort == Sort::missing &&
                          (finding.kind->name == "column" || finding.kind->name == "table");
      if (counts)
        tables[sql::quote_qualified(step.schema, step.relation)] =
            display(Name{step.schema, "", step.relation});
    }
  return tables;
}

std::string list_of(const std::set<std::string>& names) {
  return text::first_of(std::vector<std::string>(names.begin(), names.end()));
}

}  // namespace

std::vector<std::string> replication_notes(pg::Connection& connection, const Plan& plan,
                                           const std::vector<Finding>& findings) {
  const auto tables = changed_tables(plan, findings);
  if (tables.empty()) return {};
  std::vector<std::string> names;
  for (const auto& [quoted, shown] : tables) names.push_back(quoted);
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto found = connection.query(
      engine::render_catalog_query(k_published, connection.server_major(), engine::Reach::whole),
      {sql::format_array(names)});
  std::map<std::string, std::set<std::string>> sent;
  std::map<std::string, std::set<std::string>> chosen;
  for (int row = 0; row < found.rows(); ++row)
    (found.boolean(row, "chosen") ? chosen : sent)[found.str(row, "publication")].insert(
        tables.at(found.str(row, "name")));
  std::vector<std::string> notes;
  for (const auto& [publication, names_of] : sent)
    notes.push_back(fmt::format(
        "the publication {} sends {} to subscribers: replication carries no DDL, so make the same "
        "change there first, or they stop",
        sql::display_ident(publication), list_of(names_of)));
  for (const auto& [publication, names_of] : chosen)
    notes.push_back(
        fmt::format("the publication {} sends chosen columns of {}: new ones are not among them",
                    sql::display_ident(publication), list_of(names_of)));
  return notes;
}

}  // namespace pgmend::app
