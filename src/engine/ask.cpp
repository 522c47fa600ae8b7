// SPDX-License-Identifier: MIT
// How a declared text becomes an expected object: the twin of its relation is created with all
// declared texts in place and read back by the same queries that read the real one. Only if that
// does not come out exactly as declared is the one at fault looked for, by halves.
#include "engine/ask.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/ask_relation.hpp"
#include "engine/declared_twin.hpp"
#include "engine/read_only_ask.hpp"
#include "engine/twin.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

using Relation = Declarations::Relation;

/// Each twin is locked to the end of the transaction, with all that comes with it, and the server
/// has room for a few thousand locks of everybody's.
constexpr std::size_t k_twins_at_once = 50;

/// Relations of one name cannot have twins at the same time: each wave holds a name once.
std::vector<std::vector<const Relation*>> waves(const std::vector<const Relation*>& relations) {
  std::vector<std::vector<const Relation*>> all;
  std::map<std::string, std::size_t> next;  // the first wave that may still hold that name
  std::size_t first_open = 0;
  for (const auto* relation : relations) {
    auto& wave = next[relation->self.name.name];
    wave = std::max(wave, first_open);
    while (wave < all.size() && all[wave].size() == k_twins_at_once) ++wave;
    if (wave == all.size()) all.emplace_back();
    all[wave++].push_back(relation);
    while (first_open < all.size() && all[first_open].size() == k_twins_at_once) ++first_open;
  }
  return all;
}

bool exists_or_may_be_created(const Object& self, const Schema& actual) {
  return actual.find(*self.kind, self.name) ||
         std::any_of(self.values.begin(), self.values.end(),
                     [](const Value& value) { return value.is_present(); });
}

/// Asks for all relations of a wave at once; those that came out exactly as declared are returned.
std::set<const Relation*> ask_together(ProbeTransaction& probe, const Schema& actual,
                                       const std::vector<const Relation*>& wave, Answer& answer) {
  std::vector<const Relation*> created;
  for (const auto* relation : wave)
    if (create_full_twin(probe, actual, *relation)) created.push_back(relation);
  std::vector<RelationName> names;
  for (const auto* relation : created)
    names.emplace_back(relation->self.name.schema, relation->self.name.name);
  const auto read = probe.read_twins(names);
  std::set<const Relation*> settled;
  for (const auto* relation : created) {
    auto objects = exactly_as_declared(probe, read, actual, *relation);
    if (!objects) continue;
    for (auto& object : *objects) answer.expected.add(std::move(object));
    settled.insert(relation);
  }
  return settled;
}

void ask_wave(pg::Connection& connection, Kinds kinds, const Declarations& declarations,
              const Schema& actual, std::chrono::milliseconds lock_timeout,
              const std::vector<const Relation*>& wave, Answer& answer) {
  std::set<const Relation*> settled;
  {
    ProbeTransaction probe(connection, kinds, declarations, lock_timeout);
    settled = ask_together(probe, actual, wave, answer);
  }
  for (const auto* relation : wave) {
    if (settled.contains(relation)) continue;
    ProbeTransaction probe(connection, kinds, declarations, lock_timeout);
    ask_by_halves(probe, actual, *relation, answer);
  }
}

/// Relations that are missing and not ours to create: nothing on them can be asked.
std::vector<const Relation*> choose_relations(Kinds kinds, const Declarations& declarations,
                                              const Schema& actual, Answer& answer) {
  std::vector<const Relation*> to_ask;
  for (const auto& relation : declarations.relations) {
    auto self = bare_object(kinds, relation.self);
    if (exists_or_may_be_created(self, actual))
      to_ask.push_back(&relation);
    else
      for (const auto& declared : relation.parts) answer.expected.add(bare_object(kinds, declared));
    answer.expected.add(std::move(self));
  }
  return to_ask;
}

/// The relation that the object refers to; null if it is not expected.
const Object* referred_to(const Object& object,
                          const std::map<std::string, const Object*>& relations) {
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    if (object.kind->attributes[i].form != Attribute::Form::reference) continue;
    const auto found = relations.find(object.values[i].text());
    if (found != relations.end()) return found->second;
  }
  return nullptr;
}

/// On a twin, what refers to another relation rests on a stand-in of that: what it rests on in
/// truth, its room knows.
void add_needs(Schema& expected) {
  std::map<std::string, const Object*> relations;
  for (const auto& object : expected.objects())
    if (object.is_relation())
      relations[sql::quote_qualified(object.name.schema, object.name.name)] = &object;
  for (const auto& object : expected.objects()) {
    const auto* relation = object.kind->referring ? referred_to(object, relations) : nullptr;
    if (!relation) continue;
    const auto position = expected.position_of(object);
    expected.add_dependency(position, {relation->kind, relation->name});
    for (const auto* other : expected.of_relation(relation->name.schema, relation->name.name))
      if (other != &object && object.kind->referring->rests_on(object, *other))
        expected.add_dependency(position, {other->kind, other->name});
  }
}

/// Why this session cannot have temporary objects at all; empty if it can.
std::string why_read_only(pg::Connection& connection) {
  const auto result = connection.query(
      "SELECT pg_catalog.pg_is_in_recovery() AS standby, "
      "pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY') AS temporary");
  if (result.boolean(0, "standby")) return "the server is a standby";
  if (!result.boolean(0, "temporary")) return "the role has no TEMPORARY right on the database";
  return "";
}

}  // namespace

Answer ask(pg::Connection& connection, Kinds kinds, const Declarations& declarations,
           const Schema& actual, std::chrono::milliseconds lock_timeout) {
  Answer answer;
  const auto to_ask = choose_relations(kinds, declarations, actual, answer);
  if (const auto reason = why_read_only(connection); !reason.empty()) {
    ask_read_only(connection, kinds, to_ask, declarations.search_path, reason, answer);
    return answer;
  }
  for (const auto& wave : waves(to_ask))
    ask_wave(connection, kinds, declarations, actual, lock_timeout, wave, answer);
  add_needs(answer.expected);
  return answer;
}

}  // namespace pgmend::engine
