// SPDX-License-Identifier: MIT
#include "engine/gather.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "engine/catalog_query.hpp"
#include "engine/locked_along.hpp"
#include "engine/reading.hpp"
#include "pg/extension_property.hpp"
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

/// What the database may hold objects of.
struct Presence {
  std::vector<const Kind*> kinds;
  LockedAlong locked_along;
  bool has_extension_property = false;  // perhaps
};

/// Behind a pooler a second session might have to wait for the end of the first.
std::string exported_snapshot(const pg::Connection& connection) {
  return fmt::format(
      "CASE pg_catalog.pg_backend_pid() WHEN {} THEN pg_catalog.pg_export_snapshot() END "
      "AS snapshot",
      connection.backend_pid());
}

/// Asks which of these kinds the database may hold objects of, within the scope, and what their
/// objects lock.
class PresenceQuestion {
 public:
  PresenceQuestion(Kinds kinds, const Scope& scope, int server_major)
      : m_scope(scope), m_server_major(server_major) {
    for (const auto* kind : kinds) {
      if (!reaches(scope, kind->home)) continue;
      m_kinds.push_back(kind);
      m_terms.push_back(render_presence(
          kind->presence_query, server_major, scope.everything ? Reach::whole : Reach::some,
          kind->home == Kind::Home::relation ? scope.relations : scope.schemas));
    }
  }

  bool is_empty() const { return m_kinds.empty(); }
  void add(std::string term) { m_terms.push_back(std::move(term)); }
  pg::Statement statement() const { return {"SELECT " + text::join(m_terms, ", ")}; }

  /// None where nothing is to be asked, or not before it is known which kinds there are.
  std::vector<pg::Statement> what_locks() const {
    if (m_scope.locked_along_query.empty() || !m_scope.everything) return {};
    return {{render_locked_along(m_scope.locked_along_query, m_server_major, nullptr)}};
  }

  std::vector<const Kind*> kinds(const pg::Result& answer) const {
    std::vector<const Kind*> found;
    for (std::size_t i = 0; i < m_kinds.size(); ++i)
      if (answer.get(0, static_cast<int>(i)) == "t") found.push_back(m_kinds[i]);
    return found;
  }

 private:
  const Scope& m_scope;
  int m_server_major;
  std::vector<const Kind*> m_kinds;
  std::vector<std::string> m_terms;
};

Presence find_present(pg::Connection& connection, Kinds kinds, const Scope& scope) {
  const int server_major = connection.server_major();
  PresenceQuestion question(kinds, scope, server_major);
  if (question.is_empty()) return {};
  const bool is_all = scope.everything || scope.is_all_of_schemas;
  if (is_all) question.add(std::string(pg::k_may_have_extension_property));
  auto statements = question.what_locks();
  statements.insert(statements.begin(), question.statement());
  auto results = connection.query_all(statements);
  Presence present;
  present.kinds = question.kinds(results[0]);
  present.has_extension_property = is_all && results[0].get(0, results[0].fields() - 1) == "t";
  // Of a few relations hardly any is a view: then the question would take longer than the rest.
  if (!scope.everything && can_lock_along(present.kinds, scope.locked_along_query))
    results.push_back(connection.query(
        render_locked_along(scope.locked_along_query, server_major, &scope.relations)));
  if (results.size() > 1) present.locked_along = read_locked_along(results[1], present.kinds);
  return present;
}

/// What is an extension's business is passed over; null: nothing is.
using Beside = std::shared_ptr<const pg::ExtensionProperty>;

/// Makes what takes the rows of a statement that returns objects of that kind; of none if null.
template <typename Answer>
using Make = std::function<Answer(const Kind* kind, const Beside& beside)>;

/// What one session reads.
template <typename Answer>
class Share {
 public:
  Share(const Scope& scope, int server_major, const Make<Answer>& make, Beside beside)
      : m_reading(scope, server_major), m_make(make), m_beside(std::move(beside)) {}

  void add(const Kind& kind, const LockedAlong& locked_along = {}) {
    m_reading.add(kind, locked_along);
    while (m_answers.size() < statements().size())
      m_answers.push_back(m_make(m_reading.kind_of(m_answers.size()), m_beside));
  }

  const std::vector<std::string>& statements() const { return m_reading.statements(); }
  pg::Connection::TakeRow taking() {
    return [this](std::size_t statement, std::string_view row) { m_answers[statement].take(row); };
  }
  std::vector<Answer> answers() { return std::move(m_answers); }

 private:
  Reading m_reading;
  const Make<Answer>& m_make;
  Beside m_beside;
  std::vector<Answer> m_answers;
};

bool is_heavy(const Kind* kind) {
  return kind->weight > 0;
}

/// The heaviest first, each to the half that is lighter so far; what weighs little is ours.
template <typename Answer>
void share_out(std::vector<const Kind*> heavy, Share<Answer>& theirs, Share<Answer>& ours) {
  constexpr int k_all_else = 19;  // the questions before, and views
  int their_weight = 0;
  int our_weight = k_all_else;
  std::stable_sort(heavy.begin(), heavy.end(),
                   [](const Kind* a, const Kind* b) { return a->weight > b->weight; });
  for (const auto* kind : heavy) {
    const bool to_them = !kind->opens_relations && their_weight <= our_weight;
    (to_them ? theirs : ours).add(*kind);
    (to_them ? their_weight : our_weight) += kind->weight;
  }
}

/// As if one session had read them one after the other.
void put_in_order(std::vector<Gathered>& answers, Kinds kinds) {
  const auto place = [&](const Gathered& answer) {
    return std::find(kinds.begin(), kinds.end(), answer.kind()) - kinds.begin();
  };
  std::stable_sort(answers.begin(), answers.end(),
                   [&](const Gathered& a, const Gathered& b) { return place(a) < place(b); });
}

template <typename Answer>
std::vector<Answer> read_together(pg::Connection& connection, Kinds kinds, const Scope& scope,
                                  const Make<Answer>& make, std::unique_ptr<SecondSession> second) {
  std::vector<const Kind*> heavy;
  std::vector<const Kind*> light;
  std::partition_copy(kinds.begin(), kinds.end(), std::back_inserter(heavy),
                      std::back_inserter(light), is_heavy);

  const int server_major = connection.server_major();
  PresenceQuestion of_heavy(heavy, scope, server_major);
  of_heavy.add(exported_snapshot(connection));
  const PresenceQuestion of_light(light, scope, server_major);
  std::vector<pg::Statement> questions = {of_heavy.statement(), of_light.statement()};
  for (auto& question : of_light.what_locks()) questions.push_back(std::move(question));

  const auto beside = pg::ExtensionProperty::read(connection);
  Share<Answer> theirs(scope, server_major, make, beside);
  Share<Answer> ours(scope, server_major, make, beside);
  const auto running = std::move(second);  // ends before what it refers to does
  bool has_begun = false;
  Presence rest;
  // What takes long is answered at once: the second session begins while the server looks for all
  // else.
  connection.query_all(questions, [&](std::size_t number, const pg::Result& answer) {
    if (number == 1) rest.kinds = of_light.kinds(answer);
    if (number == 2) rest.locked_along = read_locked_along(answer, rest.kinds);
    if (number > 0) return;
    const auto snapshot = answer.str(0, "snapshot");
    has_begun = !snapshot.empty();
    const auto present_kinds = of_heavy.kinds(answer);
    if (has_begun) {
      share_out(present_kinds, theirs, ours);
      running->start(theirs.statements(), snapshot, theirs.taking());
    } else {  // there can be no second one
      for (const auto* kind : present_kinds) ours.add(*kind);
    }
  });
  for (const auto* kind : rest.kinds) ours.add(*kind, rest.locked_along);
  connection.copy_all(ours.statements(), ours.taking());
  if (has_begun && !running->finish()) connection.copy_all(theirs.statements(), theirs.taking());
  auto answers = ours.answers();
  for (auto& answer : theirs.answers()) answers.push_back(std::move(answer));
  return answers;
}

template <typename Answer>
std::vector<Answer> read_all(pg::Connection& connection, Kinds kinds, const Scope& scope,
                             const Make<Answer>& make, std::unique_ptr<SecondSession> second,
                             pg::Transaction* last) {
  if (second) return read_together(connection, kinds, scope, make, std::move(second));
  const auto present = find_present(connection, kinds, scope);
  Share<Answer> all(
      scope, connection.server_major(), make,
      present.has_extension_property ? pg::ExtensionProperty::read(connection) : nullptr);
  for (const auto* kind : present.kinds) all.add(*kind, present.locked_along);
  if (last)
    last->copy_last(all.statements(), all.taking());
  else
    connection.copy_all(all.statements(), all.taking());
  return all.answers();
}

}  // namespace

std::vector<Gathered> gather(pg::Connection& connection, Kinds kinds, const Scope& scope,
                             Known* known, std::unique_ptr<SecondSession> second,
                             pg::Transaction* last) {
  const bool is_shared = second != nullptr;
  const Make<Gathered> make = [&](const Kind* kind, const Beside& beside) {
    return Gathered(kind, connection.server_major(), known, beside);
  };
  auto answers = read_all(connection, kinds, scope, make, std::move(second), last);
  if (is_shared) put_in_order(answers, kinds);
  return answers;
}

Fingerprints tally(pg::Connection& connection, Kinds kinds, const Scope& scope,
                   const TallyOptions& options, std::unique_ptr<SecondSession> second,
                   pg::Transaction* last) {
  const Make<RowTally> make = [&](const Kind* kind, const Beside& beside) {
    return RowTally(kind, connection.server_major(), options, beside);
  };
  Fingerprints all;
  for (const auto& answer : read_all(connection, kinds, scope, make, std::move(second), last))
    answer.add_to(all);
  return all;
}

}  // namespace pgmend::engine
