// SPDX-License-Identifier: MIT
#include "engine/inspect.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/gather.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

std::vector<unsigned> resolve(pg::Connection& connection, const std::vector<RelationName>& names) {
  const auto [schemas, relations] = sql::format_arrays(names);
  const auto result = connection.query(
      "SELECT c.oid FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) "
      "AS wanted (schema, name) "
      "JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.schema "
      "JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name",
      {schemas, relations});
  std::vector<unsigned> oids;
  for (int row = 0; row < result.rows(); ++row)
    oids.push_back(static_cast<unsigned>(result.integer(row, "oid")));
  return oids;
}

namespace {

void move_all(std::vector<Gathered>& answers, Schema& schema) {
  std::size_t size = 0;
  for (const auto& answer : answers) size += answer.size();
  schema.reserve(size);
  for (auto& answer : answers) answer.move_to(schema);
}

}  // namespace

Schema inspect(pg::Connection& connection, Kinds kinds, const Scope& scope) {
  Schema schema;
  auto answers = gather(connection, kinds, scope);
  move_all(answers, schema);
  return schema;
}

namespace {

/// All but what is part of others.
std::vector<unsigned> relations_in(pg::Connection& connection,
                                   const std::vector<std::string>& schemas) {
  const auto result = connection.query(
      "SELECT c.oid FROM pg_catalog.pg_class c "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE n.nspname = ANY ($1::text[]) AND c.relkind NOT IN ('i', 'I', 't')",
      {sql::format_array(schemas)});
  std::vector<unsigned> oids;
  for (int row = 0; row < result.rows(); ++row)
    oids.push_back(static_cast<unsigned>(result.integer(row, "oid")));
  return oids;
}

}  // namespace

Scope scope_of(pg::Connection& connection, const Selection& selection) {
  Scope scope;
  scope.everything = selection.everything;
  scope.database = selection.database;
  scope.is_all_of_schemas = selection.is_all_of_schemas;
  if (scope.everything) return scope;
  scope.relations = resolve(connection, selection.relations);
  if (selection.schemas.empty()) return scope;
  if (selection.is_all_of_schemas)
    for (const auto oid : relations_in(connection, selection.schemas))
      scope.relations.push_back(oid);
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

/// Classes of errors that rows, and what is missing, can bring about.
constexpr std::array<std::string_view, 10> k_of_rows = {"0A", "21", "22", "23", "2F",
                                                        "38", "39", "3F", "42", "P0"};

/// The server's functions that write out definitions look at the newest state of the catalogs, not
/// at the snapshot's: of what somebody drops meanwhile they say that it is not there (XX000, "cache
/// lookup failed", or an undefined object), and the next reading does not meet it any more.
bool was_changed_meanwhile(const pg::Error& error) {
  static constexpr std::array<std::string_view, 6> k_states = {"XX000", "42P01", "42703",
                                                               "42704", "42883", "3F000"};
  return std::find(k_states.begin(), k_states.end(), error.sqlstate()) != k_states.end();
}

}  // namespace

bool may_come_of_rows(const pg::Error& error) {
  return !error.is_permission() &&
         (error.is("XX000") || std::any_of(k_of_rows.begin(), k_of_rows.end(),
                                           [&](auto prefix) { return error.in_class(prefix); }));
}

namespace {

[[noreturn]] void never_stood_still(const pg::Error& error) {
  throw pg::Error({.sqlstate = error.sqlstate(),
                   .message = "the schema changed each time it was read",
                   .detail = error.parts().message,
                   .hint = "run again when no migration is running",
                   .query = ""});
}

}  // namespace

namespace {

/// Below that many objects one session has read them before a second one is there.
constexpr std::size_t k_worth_a_second_session = 20000;

/// Whether all that is expected was met.
bool is_all_there(const std::vector<Gathered>& answers, const Schema& expected) {
  std::size_t met = 0;
  for (const auto& answer : answers) met += answer.size() - answer.others();
  return met == expected.size();
}

Schema others_of(const std::vector<Gathered>& answers) {
  Schema others;
  for (const auto& answer : answers) answer.copy_others_to(others);
  return others;
}

void take(std::vector<Gathered> answers, const Schema* expected, const IsBeside& is_beside,
          Inspection& inspection) {
  if (expected && is_all_there(answers, *expected)) {
    inspection.beside = others_of(answers);
    inspection.is_as_expected =
        inspection.beside.size() == 0 || (is_beside && is_beside(inspection.beside));
    if (inspection.is_as_expected) return;
    inspection.beside = Schema();
  }
  move_all(answers, inspection.schema);
}

}  // namespace

namespace {

/// What one reading of a target is told.
struct OneReading {
  const Scope& scope;
  std::unique_ptr<SecondSession> second;
  pg::Transaction& snapshot;
};

/// Reads, in one snapshot, until somebody's locks and changes let it. Returns the time that is left
/// for locks; what they kept from being read is in `unread`.
template <typename Read, typename IsLarge>
std::chrono::milliseconds read_target(pg::Connection& connection, Kinds kinds,
                                      std::string_view locked_along_query,
                                      const Selection& selection,
                                      std::chrono::milliseconds lock_timeout,
                                      std::vector<Unread>& unread, const IsLarge& is_large,
                                      const Read& read) {
  ReadPatience patience(lock_timeout);
  bool is_careful = false;
  for (int readings = 0;;) {
    try {
      std::unique_ptr<SecondSession> second;
      if (unread.empty() && is_large())
        second = std::make_unique<SecondSession>(connection, patience.next());
      pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot,
                               {.lock_timeout = patience.next()});
      auto scope = scope_of(connection, selection);
      scope.left_out = unread;
      scope.is_careful = is_careful;
      scope.locked_along_query = locked_along_query;
      read(OneReading{scope, std::move(second), snapshot});
      return patience.left();
    } catch (const pg::Error& error) {
      if (!is_careful && may_come_of_rows(error)) {
        is_careful = true;
        continue;
      }
      if (was_changed_meanwhile(error)) {
        if (++readings == k_readings) never_stood_still(error);
        continue;
      }
      if (!error.is_lock_conflict() || patience.is_spent()) throw;
    }
    unread = find_unread(connection, kinds, locked_along_query);
    patience.spend();
  }
}

/// By the size of a catalog: to count takes longer.
bool is_large(pg::Connection& connection) {
  constexpr long long k_bytes = 1'000'000;  // some thousand relations
  const auto result = connection.query(
      "SELECT pg_catalog.pg_relation_size('pg_catalog.pg_class'::pg_catalog.regclass) AS size");
  return result.integer(0, "size") >= k_bytes;
}

}  // namespace

Inspection inspect_target(pg::Connection& connection, Kinds kinds,
                          std::string_view locked_along_query, const Selection& selection,
                          std::chrono::milliseconds lock_timeout, const Schema* expected,
                          const IsBeside& is_beside) {
  Inspection inspection;
  inspection.patience_left = read_target(
      connection, kinds, locked_along_query, selection, lock_timeout, inspection.unread,
      [&] { return expected && expected->about_size() >= k_worth_a_second_session; },
      [&](OneReading reading) {
        std::optional<Known> known;
        if (expected) known.emplace(*expected);
        take(gather(connection, kinds, reading.scope, known ? &*known : nullptr,
                    std::move(reading.second), &reading.snapshot),
             expected, is_beside, inspection);
      });
  return inspection;
}

Tallied tally_target(pg::Connection& connection, Kinds kinds, std::string_view locked_along_query,
                     const Selection& selection, std::chrono::milliseconds lock_timeout,
                     const TallyOptions& options) {
  Tallied tallied;
  read_target(
      connection, kinds, locked_along_query, selection, lock_timeout, tallied.unread,
      [&] { return options.may_be_shared && selection.everything && is_large(connection); },
      [&](OneReading reading) {
        tallied.schemas = tally(connection, kinds, reading.scope, options,
                                std::move(reading.second), &reading.snapshot);
      });
  return tallied;
}

}  // namespace pgmend::engine
