// SPDX-License-Identifier: MIT
#include "ledger/version_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "ledger/tools.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

/// Tables that have at least the first column of some tool's, or some tool's usual name. All rows
/// of the columns' catalog are looked through once: to look into each table takes longer.
constexpr const char* k_candidates = R"sql(
SELECT n.nspname AS schema,
       c.relname AS name,
       (SELECT pg_catalog.array_agg(a.attname ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
FROM {found} AS found
JOIN pg_catalog.pg_class c ON c.oid = found.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname
)sql";

constexpr const char* k_by_either = R"sql(
     (SELECT attrelid AS oid FROM pg_catalog.pg_attribute
      WHERE attnum > 0 AND attname = ANY ($1::pg_catalog.name[]) AND NOT attisdropped
      UNION
      SELECT oid FROM pg_catalog.pg_class WHERE relname = ANY ($1::pg_catalog.name[])))sql";

constexpr const char* k_by_names = R"sql(
     (SELECT oid FROM pg_catalog.pg_class WHERE relname = ANY ($1::pg_catalog.name[])))sql";

std::string render(std::string_view query, const std::string& schema, const std::string& name) {
  return text::replace_all(std::string(query), "{table}", sql::quote_qualified(schema, name));
}

/// In another schema than public the schema's own right may be what is lacking.
std::string right_to_read(pg::Connection& connection, const std::string& schema,
                          const std::string& name) {
  const auto row = connection.query(
      "SELECT current_user AS role, pg_catalog.has_schema_privilege($1, 'USAGE') AS usage",
      {schema});
  const auto role = sql::quote_ident(row.str(0, "role"));
  auto select = fmt::format("GRANT SELECT ON {} TO {};", sql::quote_qualified(schema, name), role);
  if (row.boolean(0, "usage")) return select;
  return fmt::format("GRANT USAGE ON SCHEMA {} TO {}; {}", sql::quote_ident(schema), role, select);
}

/// Newest first; what people are shown is few of them.
void read_entries(const pg::Result& rows, const Tool& tool, Ledger& ledger) {
  constexpr std::size_t k_shown = 3;
  const bool has_keys = rows.field_number("key") >= 0;
  for (int row = 0; row < rows.rows(); ++row) {
    if (&tool == &k_alembic || ledger.recorded.size() < k_shown)
      ledger.recorded.push_back(rows.str(row, "entry"));
    const auto* column = has_keys ? "key" : "entry";
    if (rows.is_null(row, rows.field_number(column))) continue;
    const auto key = rows.str(row, column);
    ledger.keys.push_back(tool.normal ? tool.normal(key) : key);
  }
  ledger.total += rows.rows();
}

void read_rows(pg::Connection& connection, const Tool& tool, const VersionTable& form,
               const std::string& schema, const std::string& name, Ledger& ledger) {
  try {
    pg::Savepoint savepoint(connection);
    if (!form.entries.empty())
      read_entries(connection.query(render(form.entries, schema, name)), tool, ledger);
    if (!form.troubles.empty()) {
      const auto rows = connection.query(render(form.troubles, schema, name));
      for (int row = 0; row < rows.rows(); ++row)
        ledger.troubles.push_back(rows.str(row, "trouble"));
    }
    savepoint.release();
  } catch (const pg::ConnectionError&) {
    throw;
  } catch (const pg::Error& error) {
    ledger.is_unread = true;
    ledger.notes.push_back(fmt::format("{} cannot be read: {}", ledger.table, error.what()));
    if (error.is_permission()) ledger.right = right_to_read(connection, schema, name);
  }
}

std::string shown(const std::string& schema, const std::string& name) {
  return display(Name{schema, "", name});
}

}  // namespace

namespace {

/// `found`: what finds them by one of the words `wanted`.
pg::Result find_candidates(pg::Connection& connection, std::string_view found,
                           const std::vector<std::string>& wanted) {
  auto results = pg::read_snapshot(connection, {{text::replace_all(k_candidates, "{found}", found),
                                                 {sql::format_array(wanted)}}});
  return std::move(results.front());
}

/// A table that holds migrations, or one that says what is wrong with them.
struct Books {
  const Tool* tool;
  const VersionTable* form;
  std::string schema;
  std::string name;
};

/// Whether the project gives this name to that tool's table of migrations.
bool is_own_name(const Tool& tool, const VersionTable& form, const std::string& name,
                 const std::vector<OwnName>& own) {
  return !form.entries.empty() && std::any_of(own.begin(), own.end(), [&](const OwnName& each) {
    return each.tool == &tool && each.name == name;
  });
}

/// In the order of the tools, those with migrations first.
std::vector<Books> recognise(const pg::Result& candidates, const std::vector<OwnName>& own) {
  std::vector<Books> books;
  std::set<int> taken;
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      for (int row = 0; row < candidates.rows(); ++row) {
        auto name = candidates.str(row, "name");
        const auto columns = sql::parse_array(candidates.get(row, "columns"));
        const bool is_own = is_own_name(*tool, form, name, own) && has_columns(form, columns);
        if (taken.contains(row) || (!is_own && !fits(form, name, columns))) continue;
        taken.insert(row);
        if (!form.entries.empty() || !form.troubles.empty())
          books.push_back({tool, &form, candidates.str(row, "schema"), std::move(name)});
      }
  return books;
}

std::vector<Ledger> read_candidates(pg::Connection& connection, const pg::Result& candidates,
                                    const std::vector<OwnName>& own) {
  std::vector<Ledger> ledgers;
  std::map<std::pair<const Tool*, std::string>, std::size_t> first;  // of a tool, in a schema
  std::optional<pg::Transaction> snapshot;  // most databases have one such table, or none
  for (const auto& each : recognise(candidates, own)) {
    if (!snapshot)
      snapshot.emplace(connection, pg::Transaction::Mode::read_only_snapshot, pg::Pins{});
    const auto known = first.try_emplace({each.tool, each.schema}, ledgers.size());
    const bool is_new = known.second || !each.form->entries.empty();
    if (is_new) {
      auto& ledger = ledgers.emplace_back();
      ledger.tool = each.tool->name;
      ledger.table = shown(each.schema, each.name);
      ledger.is_level = each.tool->has_one_row;
    }
    read_rows(connection, *each.tool, *each.form, each.schema, each.name,
              is_new ? ledgers.back() : ledgers[known.first->second]);
  }
  return ledgers;
}

void add_names(std::vector<std::string>& names) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables) {
      if (!form.name.empty()) names.emplace_back(form.name);
      if (form.name.empty() && form.names.find('*') == std::string_view::npos)
        names.emplace_back(form.names);
    }
}

}  // namespace

std::vector<Ledger> read_version_tables(pg::Connection& connection,
                                        const std::vector<OwnName>& own) {
  std::vector<std::string> words;
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      if (!form.names.empty()) words.emplace_back(form.columns.front());
  add_names(words);
  for (const auto& each : own) words.push_back(each.name);
  return read_candidates(connection, find_candidates(connection, k_by_either, words), own);
}

std::vector<Ledger> read_named_version_tables(pg::Connection& connection,
                                              const std::optional<std::string>& another,
                                              const std::vector<OwnName>& own) {
  std::vector<std::string> names;
  add_names(names);
  if (another) names.push_back(*another);
  for (const auto& each : own) names.push_back(each.name);
  return read_candidates(connection, find_candidates(connection, k_by_names, names), own);
}

std::string schema_of(const Ledger& ledger) {
  const auto dot = ledger.table.rfind('.');
  return dot == std::string::npos ? "public" : ledger.table.substr(0, dot);
}

bool stands_in(const Ledger& ledger, const std::vector<std::string>& schemas) {
  return !ledger.table.empty() &&
         std::any_of(schemas.begin(), schemas.end(), [&](const std::string& glob) {
           return text::matches_glob(glob, schema_of(ledger));
         });
}

}  // namespace pgmend::ledger
