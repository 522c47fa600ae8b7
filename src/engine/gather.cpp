// SPDX-License-Identifier: MIT
#include "engine/gather.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "engine/catalog_query.hpp"
#include "engine/locked_along.hpp"
#include "engine/reading.hpp"
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

/// What a reading begins with.
struct Presence {
  std::vector<const Kind*> kinds;
  LockedAlong locked_along;
  std::string snapshot;  // for a second session; empty: there can be none
};

/// Behind a pooler a second session might have to wait for the end of the first.
std::string exported_snapshot(const pg::Connection& connection) {
  return fmt::format(
      "CASE pg_catalog.pg_backend_pid() WHEN {} THEN pg_catalog.pg_export_snapshot() END "
      "AS snapshot",
      connection.backend_pid());
}

/// Of these kinds, those that the scope reaches and the database may hold objects of.
Presence find_present(pg::Connection& connection, Kinds kinds, const Scope& scope,
                      bool exports_snapshot) {
  const int server_major = connection.server_major();
  std::vector<const Kind*> within;
  std::vector<std::string> answers;
  for (const auto* kind : kinds) {
    if (!reaches(scope, kind->home)) continue;
    within.push_back(kind);
    answers.push_back(render_presence(
        kind->presence_query, server_major, scope.everything ? Reach::whole : Reach::some,
        kind->home == Kind::Home::relation ? scope.relations : scope.schemas));
  }
  if (within.empty()) return {};
  if (exports_snapshot) answers.push_back(exported_snapshot(connection));
  std::vector<pg::Statement> statements = {{"SELECT " + text::join(answers, ", ")}};
  const bool asks_what_locks = !scope.locked_along_query.empty();
  if (asks_what_locks && scope.everything)
    statements.push_back({render_locked_along(scope.locked_along_query, server_major, nullptr)});
  auto results = connection.query_all(statements);
  Presence present;
  for (std::size_t i = 0; i < within.size(); ++i)
    if (results[0].get(0, static_cast<int>(i)) == "t") present.kinds.push_back(within[i]);
  // Of a few relations hardly any is a view: then the question would take longer than the rest.
  if (asks_what_locks && !scope.everything &&
      can_lock_along(present.kinds, scope.locked_along_query))
    results.push_back(connection.query(
        render_locked_along(scope.locked_along_query, server_major, &scope.relations)));
  if (results.size() > 1) present.locked_along = read_locked_along(results[1], present.kinds);
  if (exports_snapshot) present.snapshot = results[0].str(0, "snapshot");
  return present;
}

/// The statements that one session sends, by their numbers in the reading.
struct Share {
  std::vector<std::size_t> numbers;
  std::vector<pg::Statement> statements;

  void add(const Reading& reading, std::size_t number) {
    numbers.push_back(number);
    statements.push_back(reading.statements()[number]);
  }
};

/// What a second session reads, and the rest, which takes about as long: the heaviest first, each
/// to the half that is lighter so far. What weighs little stays in its order.
std::pair<Share, Share> halves(const Reading& reading) {
  const auto weight = [&](std::size_t number) {
    const auto* kind = reading.kind_of(number);
    return kind ? kind->weight : 0;
  };
  std::vector<std::size_t> by_weight(reading.statements().size());
  std::iota(by_weight.begin(), by_weight.end(), 0);
  std::stable_sort(by_weight.begin(), by_weight.end(),
                   [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  std::pair<Share, Share> shares;
  int theirs = 0;
  int ours = 0;
  for (const auto number : by_weight) {
    const bool to_them = weight(number) > 0 && theirs <= ours;
    (to_them ? shares.first : shares.second).add(reading, number);
    (to_them ? theirs : ours) += weight(number);
  }
  return shares;
}

void gather_together(pg::Connection& connection, const Reading& reading,
                     std::vector<Gathered>& gathered, std::unique_ptr<SecondSession> second,
                     const std::string& snapshot) {
  const auto [theirs, ours] = halves(reading);
  const auto taking = [&gathered](const Share& share) {
    return [&gathered, &share](std::size_t i, const pg::Result& result) {
      gathered[share.numbers[i]].take(result);
    };
  };
  const auto running = std::move(second);  // ends before what it refers to does
  running->start(theirs.statements, snapshot, taking(theirs));
  connection.stream_all(ours.statements, taking(ours));
  if (!running->finish()) connection.stream_all(theirs.statements, taking(theirs));
}

}  // namespace

std::vector<Gathered> gather(pg::Connection& connection, Kinds kinds, const Scope& scope,
                             Known* known, std::unique_ptr<SecondSession> second,
                             pg::Transaction* last) {
  const int server_major = connection.server_major();
  const auto present = find_present(connection, kinds, scope, second != nullptr);
  Reading reading(scope, server_major);
  for (const auto* kind : present.kinds) reading.add(*kind, present.locked_along);
  std::vector<Gathered> gathered;
  for (std::size_t i = 0; i < reading.statements().size(); ++i)
    gathered.emplace_back(reading.kind_of(i), server_major, known);
  if (!present.snapshot.empty()) {
    gather_together(connection, reading, gathered, std::move(second), present.snapshot);
    return gathered;
  }
  const auto take = [&](std::size_t i, const pg::Result& result) { gathered[i].take(result); };
  if (last)
    last->stream_last(reading.statements(), take);
  else
    connection.stream_all(reading.statements(), take);
  return gathered;
}

}  // namespace pgmend::engine
