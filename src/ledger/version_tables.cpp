// SPDX-License-Identifier: MIT
#include "ledger/version_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
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

/// In $2 are columns that many tables have, and a version table nothing else.
constexpr const char* k_by_either = R"sql(
     (SELECT attrelid AS oid FROM pg_catalog.pg_attribute
      WHERE attnum > 0 AND attname = ANY ($1::pg_catalog.name[]) AND NOT attisdropped
      UNION
      SELECT a.attrelid FROM pg_catalog.pg_attribute a
      WHERE a.attnum > 0 AND a.attname = ANY ($2::pg_catalog.name[]) AND NOT a.attisdropped
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute o
                        WHERE o.attrelid = a.attrelid AND o.attnum > 0 AND NOT o.attisdropped
                          AND o.attnum <> a.attnum)
      UNION
      SELECT oid FROM pg_catalog.pg_class WHERE relname = ANY ($1::pg_catalog.name[])))sql";

constexpr const char* k_by_names = R"sql(
     (SELECT oid FROM pg_catalog.pg_class WHERE relname = ANY ($1::pg_catalog.name[])))sql";

constexpr const char* k_in_schema = R"sql(
     (SELECT t.oid FROM pg_catalog.pg_class t
      WHERE t.relnamespace = (SELECT s.oid FROM pg_catalog.pg_namespace s
                              WHERE s.nspname = ANY ($1::pg_catalog.name[]))))sql";

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

using Words = std::vector<std::string>;

/// `found`: what finds them by these words, the first of them $1.
pg::Result find_candidates(pg::Connection& connection, std::string_view found,
                           const std::vector<Words>& wanted) {
  std::vector<std::optional<std::string>> arrays;
  for (const auto& words : wanted) arrays.emplace_back(sql::format_array(words));
  auto results = pg::read_snapshot(
      connection, {{text::replace_all(k_candidates, "{found}", found), std::move(arrays)}});
  return std::move(results.front());
}

/// A table that holds migrations, or one that says what is wrong with them.
struct Books {
  const Tool* tool;
  const VersionTable* form;
  std::string schema;
  std::string name;
};

/// In the order of the tools, those with migrations first.
std::vector<Books> recognise(const pg::Result& candidates, const std::vector<OwnName>& own) {
  std::vector<std::vector<std::string>> columns;  // by row
  for (int row = 0; row < candidates.rows(); ++row)
    columns.push_back(sql::parse_array(candidates.get(row, "columns")));
  std::vector<Books> books;
  std::set<int> taken;
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      for (int row = 0; row < candidates.rows(); ++row) {
        const auto& its = columns[static_cast<std::size_t>(row)];
        if (taken.contains(row) || !has_columns(form, its)) continue;
        auto name = candidates.str(row, "name");
        if (!is_own_name(*tool, form, name, own) && !fits(form, name, its)) continue;
        taken.insert(row);
        if (!form.entries.empty() || !form.troubles.empty())
          books.push_back({tool, &form, candidates.str(row, "schema"), std::move(name)});
      }
  return books;
}

/// Books, and the ledgers that they are read into.
struct Shelf {
  std::vector<Books> books;
  std::vector<std::size_t> places;  // parallel to them: of their ledgers
  std::vector<Ledger> ledgers;
};

/// What only says what is wrong with migrations belongs to those of the tool in its schema.
Shelf shelve(std::vector<Books> books) {
  Shelf shelf;
  std::map<std::pair<const Tool*, std::string>, std::size_t> first;  // of a tool, in a schema
  for (const auto& each : books) {
    const auto known = first.try_emplace({each.tool, each.schema}, shelf.ledgers.size());
    const bool is_new = known.second || !each.form->entries.empty();
    if (is_new) {
      auto& ledger = shelf.ledgers.emplace_back();
      ledger.tool = each.tool->name;
      ledger.table = shown(each.schema, each.name);
      ledger.is_level = each.tool->has_one_row;
    }
    shelf.places.push_back(is_new ? shelf.ledgers.size() - 1 : known.first->second);
  }
  shelf.books = std::move(books);
  return shelf;
}

void read_one_by_one(pg::Connection& connection, Shelf& shelf, std::size_t begin, std::size_t end) {
  for (auto i = begin; i < end; ++i) {
    const auto& each = shelf.books[i];
    read_rows(connection, *each.tool, *each.form, each.schema, each.name,
              shelf.ledgers[shelf.places[i]]);
  }
}

std::vector<Ledger> read_candidates(pg::Connection& connection, const pg::Result& candidates,
                                    const std::vector<OwnName>& own) {
  auto shelf = shelve(recognise(candidates, own));
  if (shelf.books.empty()) return {};
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  read_one_by_one(connection, shelf, 0, shelf.books.size());
  return std::move(shelf.ledgers);
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
  Words words;
  Words only_columns;
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables) {
      if (form.names.empty()) continue;
      const bool is_only = form.has_no_other_columns && form.columns.size() == 1;
      (is_only ? only_columns : words).emplace_back(form.columns.front());
    }
  add_names(words);
  for (const auto& each : own) words.push_back(each.name);
  return read_candidates(connection,
                         find_candidates(connection, k_by_either, {words, only_columns}), own);
}

std::vector<Ledger> read_version_tables_of(pg::Connection& connection, const std::string& schema,
                                           const std::vector<OwnName>& own) {
  return read_candidates(connection, find_candidates(connection, k_in_schema, {{schema}}), own);
}

namespace {

pg::Result find_named(pg::Connection& connection, const std::optional<std::string>& another,
                      const std::vector<OwnName>& own) {
  std::vector<std::string> names;
  add_names(names);
  if (another) names.push_back(*another);
  for (const auto& each : own) names.push_back(each.name);
  return find_candidates(connection, k_by_names, {names});
}

}  // namespace

std::vector<Ledger> read_named_version_tables(pg::Connection& connection,
                                              const std::optional<std::string>& another,
                                              const std::vector<OwnName>& own) {
  return read_candidates(connection, find_named(connection, another, own), own);
}

namespace {

/// Of each tool's tables what tells the versions apart: all rows of Alembic's, else the newest.
std::string short_query(const Books& books, std::size_t number) {
  std::vector<std::string> parts;
  if (!books.form->entries.empty())
    parts.push_back(
        fmt::format("(SELECT {} AS book, false AS is_trouble, r.entry::pg_catalog.text AS entry, "
                    "pg_catalog.count(*) OVER () AS total FROM ({}) r{})",
                    number, render(books.form->entries, books.schema, books.name),
                    books.tool == &k_alembic ? "" : " LIMIT 3"));
  if (!books.form->troubles.empty())
    parts.push_back(
        fmt::format("(SELECT {} AS book, true AS is_trouble, r.trouble::pg_catalog.text AS entry, "
                    "0::bigint AS total FROM ({}) r)",
                    number, render(books.form->troubles, books.schema, books.name)));
  return text::join(parts, "\nUNION ALL ");
}

/// All of them in one statement; what it locks is let go again.
void read_together(pg::Connection& connection, Shelf& shelf, std::size_t begin, std::size_t end) {
  std::vector<std::string> parts;
  for (auto i = begin; i < end; ++i) parts.push_back(short_query(shelf.books[i], i));
  const pg::Savepoint savepoint(connection);
  const auto rows = connection.query(text::join(parts, "\nUNION ALL "));
  for (int row = 0; row < rows.rows(); ++row) {
    auto& ledger = shelf.ledgers[shelf.places[static_cast<std::size_t>(rows.integer(row, "book"))]];
    if (rows.boolean(row, "is_trouble")) {
      ledger.troubles.push_back(rows.str(row, "entry"));
      continue;
    }
    ledger.recorded.push_back(rows.str(row, "entry"));
    ledger.total = rows.integer(row, "total");
  }
}

}  // namespace

std::map<std::string, std::vector<Ledger>> read_all_records(
    pg::Connection& connection, const std::optional<std::string>& another,
    const std::vector<OwnName>& own) {
  constexpr std::size_t k_at_once = 200;
  std::map<std::string, std::vector<Ledger>> records;
  auto shelf = shelve(recognise(find_named(connection, another, own), own));
  const auto count = shelf.books.size();
  if (count == 0) return records;
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  for (std::size_t begin = 0; begin < count; begin += k_at_once) {
    const auto end = std::min(begin + k_at_once, count);
    try {
      read_together(connection, shelf, begin, end);
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error&) {  // one of them, it is not known which
      read_one_by_one(connection, shelf, begin, end);
    }
  }
  std::vector<std::string> schemas(shelf.ledgers.size());
  for (std::size_t i = 0; i < count; ++i) schemas[shelf.places[i]] = shelf.books[i].schema;
  for (std::size_t i = 0; i < schemas.size(); ++i)
    records[schemas[i]].push_back(std::move(shelf.ledgers[i]));
  return records;
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
