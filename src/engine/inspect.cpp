// SPDX-License-Identifier: MIT
#include "engine/inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "engine/catalog_query.hpp"
#include "engine/locked_along.hpp"
#include "engine/reading.hpp"
#include "engine/row_reader.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// Whether the scope holds anything of this home.
bool reaches(const Scope& scope, Kind::Home home) {
  switch (home) {
    case Kind::Home::relation:
      return scope.everything || !scope.relations.empty();
    case Kind::Home::schema:
      return scope.everything || !scope.schemas.empty();
    case Kind::Home::database:
      break;
  }
  return scope.everything || scope.database;
}

/// Of these kinds, those that the scope reaches and the database may hold objects of.
std::vector<const Kind*> present_within(pg::Connection& connection, Kinds kinds,
                                        const Scope& scope) {
  std::vector<const Kind*> within;
  std::vector<std::string> answers;
  for (const auto* kind : kinds) {
    if (!reaches(scope, kind->home)) continue;
    within.push_back(kind);
    answers.push_back(
        render_presence(kind->presence_query, connection.server_major(),
                        scope.everything ? Reach::whole : Reach::some,
                        kind->home == Kind::Home::relation ? scope.relations : scope.schemas));
  }
  if (within.empty()) return within;
  const auto result = connection.query("SELECT " + text::join(answers, ", "));
  std::vector<const Kind*> present;
  for (std::size_t i = 0; i < within.size(); ++i)
    if (result.get(0, static_cast<int>(i)) == "t") present.push_back(within[i]);
  return present;
}

}  // namespace

std::vector<unsigned> resolve(pg::Connection& connection, const std::vector<RelationName>& names) {
  std::vector<std::string> schemas;
  std::vector<std::string> relations;
  for (const auto& [schema, relation] : names) {
    schemas.push_back(schema);
    relations.push_back(relation);
  }
  const auto result = connection.query(
      "SELECT c.oid FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) "
      "AS wanted (schema, name) "
      "JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.schema "
      "JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name",
      {sql::format_array(schemas), sql::format_array(relations)});
  std::vector<unsigned> oids;
  for (int row = 0; row < result.rows(); ++row)
    oids.push_back(static_cast<unsigned>(result.integer(row, "oid")));
  return oids;
}

Schema inspect(pg::Connection& connection, Kinds kinds, const Scope& scope) {
  const int server_major = connection.server_major();
  const auto within = present_within(connection, kinds, scope);
  LockedAlong locked_along;
  if (!scope.locked_along_query.empty())
    locked_along = read_locked_along(connection, within, scope.locked_along_query,
                                     scope.everything ? nullptr : &scope.relations);
  Reading reading(scope, server_major);
  for (const auto* kind : within) reading.add(*kind, locked_along);
  Schema schema;
  std::size_t current = 0;
  std::optional<RowReader> rows;
  connection.stream_all(reading.statements(), [&](std::size_t i, const pg::Result& result) {
    if (i != current) rows.reset();
    current = i;
    const auto* kind = reading.kind_of(i);
    if (!kind || result.rows() == 0) return;
    if (!rows) rows.emplace(*kind, result, server_major);
    rows->read(result, schema);
  });
  return schema;
}

namespace {

Scope scope_of(pg::Connection& connection, const Selection& selection) {
  Scope scope;
  scope.everything = selection.everything;
  scope.database = selection.database;
  if (scope.everything) return scope;
  scope.relations = resolve(connection, selection.relations);
  if (selection.schemas.empty()) return scope;
  // What could stand in a schema and stands in none: there, the catalogs have 0.
  if (std::find(selection.schemas.begin(), selection.schemas.end(), "") != selection.schemas.end())
    scope.schemas.push_back(0);
  const auto result =
      connection.query("SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ANY ($1::text[])",
                       {sql::format_array(selection.schemas)});
  for (int row = 0; row < result.rows(); ++row)
    scope.schemas.push_back(static_cast<unsigned>(result.integer(row, "oid")));
  return scope;
}

}  // namespace

void Selection::add(const Object& object) {
  if (object.kind->home == Kind::Home::relation)
    relations.emplace_back(object.name.schema, object.name.group());
  else if (object.kind->home == Kind::Home::schema)
    schemas.push_back(object.name.schema);
  else
    database = true;
}

namespace {

constexpr int k_readings = 20;

/// The server's functions that write out definitions look at the newest state of the catalogs, not
/// at the snapshot's: of what somebody drops meanwhile they say that it is not there (XX000, "cache
/// lookup failed", or an undefined object), and the next reading does not meet it any more.
bool was_changed_meanwhile(const pg::Error& error) {
  static constexpr std::array<std::string_view, 6> k_states = {"XX000", "42P01", "42703",
                                                               "42704", "42883", "3F000"};
  return std::find(k_states.begin(), k_states.end(), error.sqlstate()) != k_states.end();
}

[[noreturn]] void never_stood_still(const pg::Error& error) {
  throw pg::Error({.sqlstate = error.sqlstate(),
                   .message = "the schema changed each time it was read",
                   .detail = error.parts().message,
                   .hint = "run again when no migration is running",
                   .query = ""});
}

}  // namespace

Inspection inspect_target(pg::Connection& connection, Kinds kinds,
                          std::string_view locked_along_query, const Selection& selection,
                          std::chrono::milliseconds lock_timeout) {
  Inspection inspection;
  ReadPatience patience(lock_timeout);
  for (int readings = 0;;) {
    try {
      const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot,
                                     {.lock_timeout = patience.next()});
      auto scope = scope_of(connection, selection);
      scope.left_out = inspection.unread;
      scope.locked_along_query = locked_along_query;
      inspection.schema = inspect(connection, kinds, scope);
      inspection.patience_left = patience.left();
      return inspection;
    } catch (const pg::Error& error) {
      if (was_changed_meanwhile(error)) {
        if (++readings == k_readings) never_stood_still(error);
        continue;
      }
      if (!error.is_lock_conflict() || patience.is_spent()) throw;
    }
    inspection.unread = find_unread(connection, kinds, locked_along_query);
    patience.spend();
  }
}

}  // namespace pgmend::engine
