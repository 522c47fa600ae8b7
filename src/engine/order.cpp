// SPDX-License-Identifier: MIT
#include "engine/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "engine/descent.hpp"
#include "engine/inspect.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

using Positions = std::set<std::size_t>;

/// What names parts of its own object is said when they are there.
bool comes_last(const Finding& finding) {
  return finding.attribute && finding.expected && finding.expected_value().is_present() &&
         finding.kind->attributes[*finding.attribute].comes_last;
}

/// It is the object itself, or part of it or of what it rests on (a partition has its parent's).
bool is_about(const Object& other, const Object& object) {
  const auto& below = object.depends_on;
  return (other.kind == object.kind && other.name == object.name) || other.is_part_of(object) ||
         std::any_of(below.begin(), below.end(),
                     [&](const Reference& needed) { return other.name.is_part_of(needed.name); });
}

/// What is too many of what a twin consists of stands in the way as well; all else goes when
/// another has taken its place.
bool is_needed_last(const Finding& other, const Object& object) {
  if (other.is_removal())
    return other.actual->kind->twin_element && is_about(*other.actual, object);
  return is_about(*other.expected, object) || object.is_part_of(*other.expected) ||
         object.rests_on(*other.expected);
}

/// Two things cannot have it at once.
using TakenName = std::tuple<std::string_view, std::string, std::string, std::string>;

std::vector<TakenName> taken_names(const Kind& kind, const Name& name) {
  std::vector<TakenName> names;
  if (!kind.occupants_query.empty())
    names.emplace_back(kind.occupants_query, name.schema, "", name.name);
  if (!kind.named_among.empty())
    names.emplace_back(kind.named_among, name.schema, name.relation, name.name);
  return names;
}

/// What each step makes, changes and takes away.
class Work {
 public:
  Work(const std::vector<Step>& steps, const std::vector<Finding>& findings, const Schema& actual) {
    for (std::size_t step = 0; step < steps.size(); ++step)
      for (const auto position : steps[step].findings) {
        const auto& finding = findings[position];
        m_first.try_emplace(position, step);
        if (finding.gives_way) continue;
        if (finding.is_removal())
          remove(step, finding, actual);
        else if (m_first.at(position) == step && !comes_last(finding))
          make(step, finding);
      }
  }

  /// The step that settles the finding, or begins to: others finish it.
  std::size_t first_of(std::size_t finding) const { return m_first.at(finding); }

  /// The steps that make or change it.
  const Positions& makers(const ObjectKey& key) const { return at(m_makers, key); }
  /// The steps that make or change the relation that this is part of.
  const Positions& makers_of_relation(const Name& name) const {
    return at(m_relations, RelationName(name.schema, name.group()));
  }
  /// The step that takes it away, by itself or with its relation.
  std::optional<std::size_t> remover(const ObjectKey& key) const { return find(m_removers, key); }
  std::optional<std::size_t> frees(const TakenName& name) const { return find(m_freed, name); }
  bool removes() const { return !m_removers.empty(); }

 private:
  template <typename Map, typename K>
  static std::optional<std::size_t> find(const Map& map, const K& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  }

  template <typename Map, typename K>
  static const Positions& at(const Map& map, const K& key) {
    static const Positions k_none;
    const auto found = map.find(key);
    return found == map.end() ? k_none : found->second;
  }

  void make(std::size_t step, const Finding& finding) {
    m_makers[{finding.kind, finding.name}].insert(step);
    if (finding.expected->is_relation())
      m_relations[{finding.name.schema, finding.name.group()}].insert(step);
  }

  void remove(std::size_t step, const Finding& finding, const Schema& actual) {
    remove(step, *finding.kind, finding.name);
    if (finding.actual->is_relation())
      for (const auto* part : actual.of_relation(finding.name.schema, finding.name.group()))
        remove(step, *part->kind, part->name);
  }

  void remove(std::size_t step, const Kind& kind, const Name& name) {
    m_removers.try_emplace({&kind, name}, step);
    for (auto& taken : taken_names(kind, name)) m_freed.try_emplace(std::move(taken), step);
  }

  std::map<std::size_t, std::size_t> m_first;
  std::map<ObjectKey, Positions> m_makers;
  std::map<RelationName, Positions> m_relations;
  std::map<ObjectKey, std::size_t> m_removers;
  std::map<TakenName, std::size_t> m_freed;
};

/// That a step has to wait for another.
class Waits {
 public:
  Waits(const std::vector<Step>& steps, const std::vector<Finding>& findings, const Schema& actual)
      : m_work(steps, findings, actual), m_for(steps.size()), m_rather_for(steps.size()) {
    for (const auto& finding : findings)
      if (finding.attribute && finding.outcome == Outcome::refused &&
          finding.kind->attributes[*finding.attribute].is_rehearsed)
        m_kept.insert({finding.kind, finding.name});
    for (std::size_t step = 0; step < steps.size(); ++step) {
      for (const auto& needed : steps[step].recipe.also_needs) wait_for(step, needed);
      for (const auto position : steps[step].findings) {
        if (findings[position].is_removal()) {
          // A part that is inherited goes when its relation has let go of the parent.
          if (!findings[position].name.relation.empty())
            for (const auto other : m_work.makers_of_relation(findings[position].name))
              if (other != step) m_rather_for[step].insert(other);
          continue;
        }
        wait(step, m_work.first_of(position));
        wait_for_what_is_needed(step, findings[position]);
        if (comes_last(findings[position]))
          wait_for_parts(step, findings[position], steps, findings);
        if (m_work.first_of(position) == step) keep_in_turn(step, findings[position], actual);
      }
    }
    for (std::size_t step = 0; step < steps.size(); ++step)
      keep_apart(step, findings[steps[step].findings.front()]);
    put_faults_first(steps, findings);
    if (!m_work.removes()) return;
    for (const auto& object : actual.objects())
      for (const auto& needed : object.depends_on) {
        if (const auto step = m_work.remover({needed.kind, needed.name}))
          wait_until_nothing_rests_on_it(*step, object, needed);
        else if (const auto leaves = m_work.remover({object.kind, object.name}))
          leave_before_changes(*leaves, needed);
      }
  }

  const Positions& of(std::size_t step) const { return m_for[step]; }
  /// What would go along, and is better gone before.
  const Positions& rather_of(std::size_t step) const { return m_rather_for[step]; }
  /// What keeps two removals waiting for each other: objects that `of` has to be rid of and that go
  /// with the step `by`.
  std::vector<const Object*> held_up(std::size_t of, std::size_t by) const {
    const auto found = m_holders.find({of, by});
    return found == m_holders.end() ? std::vector<const Object*>{} : found->second;
  }
  /// For each removal what rests on what it takes away, and is to stay.
  const std::map<std::size_t, const Object*>& stays() const { return m_stays; }

 private:
  void wait(std::size_t later, std::size_t earlier) {
    if (later != earlier) m_for[later].insert(earlier);
  }

  void wait_for(std::size_t step, const Reference& needed) {
    for (const auto other : m_work.makers({needed.kind, needed.name})) wait(step, other);
  }

  void wait_for_what_is_needed(std::size_t step, const Finding& finding) {
    for (const auto& needed : finding.expected->depends_on) wait_for(step, needed);
    if (!finding.expected->is_relation())
      for (const auto other : m_work.makers_of_relation(finding.name)) wait(step, other);
    if (finding.attribute) return;
    for (const auto& name : taken_names(*finding.kind, finding.name))
      if (const auto other = m_work.frees(name)) wait(step, *other);
  }

  void wait_for_parts(std::size_t step, const Finding& finding, const std::vector<Step>& steps,
                      const std::vector<Finding>& findings) {
    for (std::size_t other = 0; other < steps.size(); ++other)
      for (const auto position : steps[other].findings)
        if (!comes_last(findings[position]) &&
            is_needed_last(findings[position], *finding.expected))
          wait(step, other);
  }

  /// What a child has of its own is there before its parent's comes, which then joins it; what is
  /// changed in a child is changed after its parent's, which changes the child's as well.
  void keep_in_turn(std::size_t step, const Finding& finding, const Schema& actual) {
    if (finding.name.relation.empty()) return;
    const auto* relation = actual.relation(finding.name.schema, finding.name.relation);
    if (!relation) return;
    for (const auto& parent : parents_of(*relation))
      for (const auto other :
           m_work.makers({finding.kind, {parent.schema, parent.name, finding.name.name}})) {
        if (finding.attribute)
          wait(step, other);
        else
          wait(other, step);
      }
  }

  /// What acts on the other steps is out of the way before them, and comes behind.
  void keep_apart(std::size_t step, const Finding& finding) {
    if (!finding.kind->meddles) return;
    for (std::size_t other = 0; other < m_for.size(); ++other)
      if (other != step)
        m_rather_for[finding.is_removal() ? other : step].insert(finding.is_removal() ? step
                                                                                      : other);
  }

  /// What is half done with a relation is ended before anything else is done with it.
  void put_faults_first(const std::vector<Step>& steps, const std::vector<Finding>& findings) {
    std::map<RelationName, std::size_t> ending;
    for (std::size_t step = 0; step < steps.size(); ++step)
      for (const auto position : steps[step].findings) {
        const auto& finding = findings[position];
        if (finding.attribute && finding.actual && finding.actual->is_relation() &&
            finding.kind->attributes[*finding.attribute].form == Attribute::Form::fault)
          ending[{finding.name.schema, finding.name.name}] = step;
      }
    if (ending.empty()) return;
    for (std::size_t step = 0; step < steps.size(); ++step) {
      const auto found = ending.find({steps[step].schema, steps[step].relation});
      if (found != ending.end() && found->second != step) m_rather_for[step].insert(found->second);
    }
  }

  /// What goes need not be carried through a change of what it rests on, and could not always be.
  void leave_before_changes(std::size_t leaves, const Reference& needed) {
    for (const auto change : m_work.makers({needed.kind, needed.name}))
      if (change != leaves) m_rather_for[change].insert(leaves);
  }

  void wait_until_nothing_rests_on_it(std::size_t step, const Object& object,
                                      const Reference& needed) {
    const ObjectKey key = {object.kind, object.name};
    if (const auto other = m_work.remover(key)) {
      if (*other == step) return;
      if (needed.goes_along) {
        m_rather_for[step].insert(*other);
        return;
      }
      wait(step, *other);
      auto& holders = m_holders[{step, *other}];
      if (holders.empty() || holders.back() != &object) holders.push_back(&object);
      return;
    }
    const auto& changes = m_work.makers(key);
    for (const auto other : changes) wait(step, other);
    if ((changes.empty() || m_kept.contains(key)) && !object.kind->describes)
      m_stays.try_emplace(step, &object);
  }

  Work m_work;
  std::set<ObjectKey> m_kept;  // what else changes of them, they rest on what they rest on now
  std::vector<Positions> m_for;
  std::vector<Positions> m_rather_for;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<const Object*>> m_holders;
  std::map<std::size_t, const Object*> m_stays;
};

/// Picks one step after the other.
class Order {
 public:
  Order(std::vector<Step> steps, const Waits& waits)
      : m_steps(std::move(steps)), m_waits(waits), m_done(m_steps.size(), false) {}

  std::vector<Step> all() && {
    std::vector<Step> ordered;
    while (ordered.size() < m_steps.size()) {
      const auto next = pick();
      m_done[next] = true;
      ordered.push_back(std::move(m_steps[next]));
    }
    return ordered;
  }

 private:
  bool are_done(const Positions& others) const {
    return std::all_of(others.begin(), others.end(),
                       [&](std::size_t other) { return m_done[other]; });
  }

  std::size_t pick() {
    std::optional<std::size_t> first;
    std::optional<std::size_t> ready;
    while (m_done[m_open]) ++m_open;
    for (std::size_t step = m_open; step < m_steps.size(); ++step) {
      if (m_done[step]) continue;
      if (!first) first = step;
      if (!are_done(m_waits.of(step))) continue;
      if (are_done(m_waits.rather_of(step))) return step;
      if (!ready) ready = step;
    }
    if (ready) return *ready;
    for (std::size_t step = 0; step < m_steps.size(); ++step)
      if (!m_done[step] && let_go(step)) return step;
    return *first;  // a circle: the server will say what it lacks
  }

  /// A circle of removals: whether all that still rests on this one can be dropped by itself, which
  /// its recipe then does first.
  bool let_go(std::size_t step) {
    std::vector<const Object*> holders;
    for (const auto other : m_waits.of(step)) {
      if (m_done[other]) continue;
      const auto held_up = m_waits.held_up(step, other);
      if (held_up.empty()) return false;
      holders.insert(holders.end(), held_up.begin(), held_up.end());
    }
    if (std::any_of(holders.begin(), holders.end(), [](const Object* object) {
          return object->is_relation() || !object->kind->drop || holds_data(*object);
        }))
      return false;
    auto& stages = m_steps[step].recipe.stages;
    for (const auto* object : holders) {
      auto drop = object->kind->drop(*object).stages;
      stages.insert(stages.begin(), std::make_move_iterator(drop.begin()),
                    std::make_move_iterator(drop.end()));
    }
    return true;
  }

  std::vector<Step> m_steps;
  const Waits& m_waits;
  std::vector<bool> m_done;
  std::size_t m_open = 0;  // all before it are done: mostly there is little to look through
};

}  // namespace

std::vector<Step> in_order(std::vector<Step> steps, const std::vector<Finding>& findings,
                           const Schema& actual) {
  const Waits waits(steps, findings, actual);
  return Order(std::move(steps), waits).all();
}

std::map<std::size_t, const Object*> still_needed(const std::vector<Step>& steps,
                                                  const std::vector<Finding>& findings,
                                                  const Schema& actual) {
  return Waits(steps, findings, actual).stays();
}

}  // namespace pgmend::engine
