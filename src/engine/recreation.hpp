// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/dependents.hpp"
#include "engine/planner.hpp"
#include "engine/recreation_stages.hpp"
#include "engine/relation_facts.hpp"

namespace pgmend::engine {

/// Makes objects anew that cannot be changed in place, with what rests on them.
class Recreation {
 public:
  Recreation(pg::Connection& connection, const PlanInput& input, RelationFacts& facts)
      : m_connection(connection), m_input(input), m_facts(facts) {}

  /// Drops the object and all that rests on it, and creates it and all of that again, in one
  /// transaction where the server lets it be. What rests on it comes back as it is expected, or, if
  /// nothing is expected of it, as it is; owner, privileges and comments as they are. What holds
  /// data and rests on it is moved to the new one, where the kinds know how, or it is refused.
  Recipe recipe(const Object& expected, const Object& actual);

  /// Makes a relation anew, as it is expected with the parts that hold its data and the pieces that
  /// they are spread over, copies the rows, and drops the old one, all in one transaction. What
  /// else rests on it goes before and comes back after it.
  Recipe copying(const Object& expected, const Object& actual);

  /// For a recipe that makes the object anew by itself: adds what is said of it. What rests on it
  /// goes in the transaction in which it does, and comes back; where there is none such, or it
  /// holds data, it is refused.
  void complete(Recipe& recipe, const Object& actual, const std::vector<InChild>& in_children = {});

  /// For a recipe that the server refuses while anything rests on the object: what does is dropped
  /// before and made anew behind, in the same transaction. Refuses where it holds data.
  void make_way(Recipe& recipe, const Object& actual);

  /// The recipe that was written last is not made use of.
  void forget() {
    std::erase_if(m_gone, [&](const auto& gone) { return gone.second == m_root; });
  }

 private:
  const Dependents& dependents();
  Recipe moving(const Object& expected, const Object& there,
                const std::vector<const Object*>& holders);
  const Object* comes_back_on_another_ground(const std::vector<const Object*>& back);
  const Object* take_away(const std::vector<const Object*>& order, const Object* but,
                          RecreationStages& stages);
  std::optional<Recipe> make_again(const std::vector<const Object*>& order, const Object* last,
                                   RecreationStages& stages,
                                   const std::vector<const Object*>& moved = {});
  template <typename Middle>
  void put_around(const std::vector<const Object*>& order, const Object& actual, Recipe& recipe,
                  Middle middle);
  void exchange_under(const std::vector<const Object*>& order, Recipe& recipe,
                      const Object& actual);
  const Schema& all_there();
  const Object& object_of(const Object& object);
  Recipe create(const Object& wanted, bool is_locked);
  std::vector<const Object*> descriptions_of(const Object& object);
  void describe(const Object& object, RecreationStages& stages, bool late);
  void read_descriptions();

  pg::Connection& m_connection;
  const PlanInput& m_input;
  RelationFacts& m_facts;
  Reference m_root;                           // what the recipe is for that is being written
  std::map<const Object*, Reference> m_gone;  // what does not come back, and with what it goes
  std::optional<Dependents> m_dependents;
  std::optional<Schema> m_whole;
  std::optional<Schema> m_descriptions;
};

}  // namespace pgmend::engine
