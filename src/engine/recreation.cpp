// SPDX-License-Identifier: MIT
#include "engine/recreation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/copying.hpp"
#include "engine/dependencies.hpp"
#include "engine/descent.hpp"
#include "engine/displaced.hpp"
#include "engine/inspect.hpp"
#include "engine/recreation_stages.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

bool is_part_of(const Object& object, const std::vector<const Object*>& others) {
  return std::any_of(others.begin(), others.end(),
                     [&](const Object* other) { return object.is_part_of(*other); });
}

Recipe refused(const Object& object, const Object& holder) {
  return {.stages = {},
          .refusal = fmt::format("it would have to be dropped and made anew, and {} rests on it",
                                 display_with_kind(*holder.kind, holder.name)),
          .hint = fmt::format("that holds data: make a new {} beside it and move the {} over",
                              object.kind->name, holder.kind->name)};
}

/// Where nothing is expected of it, it is as it was.
Object as_expected_or_as_it_was(const Object& expected, const Object& actual) {
  auto object = expected;
  for (std::size_t i = 0; i < object.values.size(); ++i)
    if (!object.values[i].is_specified()) object.values.set(i, actual.values[i]);
  return object;
}

/// Without the questions that come before: what was there a moment ago can be there again.
std::vector<Stage> description_stages(const Object& description) {
  auto stages = description.kind->create(description, {}, {}).stages;
  std::erase_if(stages, [](const Stage& s) { return s.form == Stage::Form::precondition; });
  return stages;
}

}  // namespace

/// What rests on something may be beyond what was read, where only some of it was.
const Schema& Recreation::all_there() {
  if (!m_input.is_partial) return m_input.actual;
  if (!m_whole) try {
      const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                     {.lock_timeout = m_input.lock_timeout});
      m_whole = inspect(m_connection, m_input.kinds, {});
      read_dependencies(m_connection, *m_whole, true);
    } catch (const pg::Error& error) {
      // Something that has nothing to do with it is held locked: the server will refuse, if it has.
      if (!error.is_lock_conflict() || !m_connection.is_alive()) throw;
      m_whole = m_input.actual;
    }
  return *m_whole;
}

const Dependents& Recreation::dependents() {
  if (!m_dependents) m_dependents.emplace(all_there());
  return *m_dependents;
}

/// As the schema has it, with what it depends on.
const Object& Recreation::object_of(const Object& object) {
  const auto* there = all_there().find(*object.kind, object.name);
  return there ? *there : object;
}

Recipe Recreation::recipe(const Object& expected, const Object& actual) {
  m_root = {expected.kind, expected.name};
  const auto& there = object_of(actual);
  if (expected.kind->lost_values) {
    const auto holders = dependents().holding(there);
    if (!holders.empty()) return moving(expected, there, holders);
  }
  const auto order = dependents().resting_on(there);
  RecreationStages stages;
  if (const auto* holder = take_away(order, order.back(), stages))
    return refused(expected, *holder);
  if (auto refusal = make_again(order, &expected, stages)) return *refusal;
  Recipe recipe;
  std::move(stages).put_into(recipe);
  return recipe;
}

/// What holds values of it is moved to the new one, which is made while the old one stands aside.
Recipe Recreation::moving(const Object& expected, const Object& there,
                          const std::vector<const Object*>& holders) {
  Displaced displaced(expected, there, holders, dependents());
  RecreationStages stages;
  std::vector<Stage> taking_up;
  std::vector<Stage> letting_go;
  for (const auto* holder : holders) {
    if (follows_parent(*holder, all_there())) continue;  // and is moved with that
    if (!holder->kind->move_over) return refused(expected, *holder);
    const auto facts = m_facts.of(*holder, false);
    auto move = holder->kind->move_over(*holder, m_input.expected.find(*holder->kind, holder->name),
                                        displaced.exchange(), facts);
    if (!move.refusal.empty())
      return {.stages = {}, .refusal = std::move(move.refusal), .hint = std::move(move.hint)};
    stages.add_before(move.evidence);
    letting_go.push_back(std::move(move.let_go));
    taking_up.push_back(std::move(move.take_up));
    if (facts.relation_has_rows) stages.need(Consent::rewrite);
  }
  stages.add_together(letting_go);
  if (const auto* holder = take_away(displaced.leaving(), nullptr, stages))
    return refused(expected, *holder);
  stages.add({.stages = displaced.set_aside()});
  if (auto refusal = make_again(displaced.needed(), &expected, stages)) return *refusal;
  stages.add_together(taking_up);
  if (auto refusal = make_again(displaced.others(), nullptr, stages, holders)) return *refusal;
  stages.add({.stages = displaced.drop_what_stands_aside()});
  stages.also_lock(holders, there);
  Recipe recipe;
  std::move(stages).put_into(recipe);
  return recipe;
}

Recipe Recreation::copying(const Object& expected, const Object& actual) {
  m_root = {expected.kind, expected.name};
  const auto& there = object_of(actual);
  const Copying copying({expected, m_input.expected}, {there, all_there()});
  for (const auto* holder : dependents().holding(there))
    if (!copying.is_of_old(*holder)) return refused(expected, *holder);
  RecreationStages stages;
  std::vector<std::string> take_up;
  std::map<const Object*, std::vector<std::string>> elements;
  for (const auto& part : copying.parts()) {
    auto carried = part.expected->kind->carry_over(*part.expected, part.actual,
                                                   m_facts.of(*part.expected, false));
    stages.add(std::move(carried.let_go));
    elements[part.relation].push_back(std::move(carried.element));
    take_up.insert(take_up.end(), carried.take_up.begin(), carried.take_up.end());
  }
  const auto [leaving, back] = copying.others(dependents().resting_on(there));
  if (const auto* other = comes_back_on_another_ground(back))
    return {.stages = {},
            .refusal = fmt::format("{} rests on it as it is, and stays",
                                   display_with_kind(*other->kind, other->name)),
            .hint = "drop that first, or let it be removed as well (--allow drop)"};
  if (const auto* holder = take_away(leaving, nullptr, stages)) return refused(expected, *holder);
  stages.add(copying.set_aside());
  for (const auto* relation : copying.made()) {
    const auto* before = all_there().find(*relation->kind, relation->name);
    const auto wanted = before ? as_expected_or_as_it_was(*relation, *before) : *relation;
    stages.add(wanted.kind->create(wanted, elements[relation], m_facts.of(wanted, true)));
    if (before) describe(*before, stages, false);
  }
  stages.add({copying.copy_rows()}, Cost::rewrite);
  stages.add(std::move(take_up));
  stages.add(copying.drop_what_stands_aside());
  if (auto refusal = make_again(back, nullptr, stages, copying.old())) return *refusal;
  // Behind the transaction they would take the way of what is there already, in its old form.
  for (const auto* part : copying.new_parts(m_input.kinds)) {
    auto made = create(*part, true);
    if (!made.refusal.empty()) continue;
    stages.add({.stages = std::move(made.stages)});
    stages.made(*part);
  }
  stages.also_lock(leaving, there);
  stages.need(copying.settle(stages) ? Consent::drop : Consent::rewrite);
  Recipe recipe;
  std::move(stages).put_into(recipe);
  return recipe;
}

/// What nobody expects and that stays, on something that comes back as another
/// (Attribute::is_ground); null if there is none.
const Object* Recreation::comes_back_on_another_ground(const std::vector<const Object*>& back) {
  const auto is_another = [&](const Object& object) {
    const auto* wanted = m_input.expected.find(*object.kind, object.name);
    for (std::size_t i = 0; wanted && i < object.values.size(); ++i)
      if (object.kind->attributes[i].is_ground && wanted->values[i].is_specified() &&
          wanted->values[i] != object.values[i])
        return true;
    return false;
  };
  for (const auto* object : back)
    if (!m_input.expected.find(*object->kind, object->name) && !m_facts.leaves(*object))
      for (const auto* other : back)
        if (object->rests_on(*other) && is_another(*other)) return object;
  return nullptr;
}

/// Drops them in this order. Returns the first that cannot be: `but` may hold data.
const Object* Recreation::take_away(const std::vector<const Object*>& order, const Object* but,
                                    RecreationStages& stages) {
  for (const auto* object : order)
    if (object != but && holds_data(*object) && !is_part_of(*object, order)) return object;
  for (const auto* object : order) {
    if (is_part_of(*object, order) || follows_parent(*object, all_there()))
      continue;  // it goes with that
    if (!object->kind->drop) return object;
    if (m_facts.leaves(*object)) {
      const auto gone = m_gone.try_emplace(object, m_root).first;
      if (!(gone->second == m_root)) {
        stages.come_after(gone->second);
        continue;
      }
    }
    stages.add(object->kind->drop(*object));
  }
  return nullptr;
}

/// Creates them, the last one first: as it is expected, or else as it was. `last`: what is expected
/// of the last one, if that is no part of what is expected at all. `moved`: what is locked for it
/// already. Returns why one cannot be.
std::optional<Recipe> Recreation::make_again(const std::vector<const Object*>& order,
                                             const Object* last, RecreationStages& stages,
                                             const std::vector<const Object*>& moved) {
  const auto is_locked = [&](const Object& object) {
    return object.kind->carried_along &&
           std::any_of(moved.begin(), moved.end(), [&](const Object* each) {
             return each->name.schema == object.name.schema &&
                    each->name.group() == object.name.relation;
           });
  };
  std::set<const Object*> late;
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    const auto& object = **at;
    if (follows_parent(object, all_there()) && !is_part_of(object, order)) continue;
    if (m_facts.leaves(object)) {
      stages.gone(object);
      continue;
    }
    const auto* wanted =
        last && &object == order.back() ? last : m_input.expected.find(*object.kind, object.name);
    const bool waits = std::any_of(late.begin(), late.end(),
                                   [&](const Object* other) { return object.rests_on(*other); });
    auto made = create(wanted ? as_expected_or_as_it_was(*wanted, object) : object,
                       is_part_of(object, order) || is_locked(object));
    if (!made.refusal.empty()) return made;
    if (wanted) stages.made(*wanted);
    if (made.needs && wanted != last) stages.need(*made.needs);
    if (!stages.create(made, waits)) late.insert(&object);
    describe(object, stages, late.contains(&object));
  }
  return std::nullopt;
}

/// What stands in `order` goes before that which `middle` adds, and comes back behind it.
template <typename Middle>
void Recreation::put_around(const std::vector<const Object*>& order, const Object& actual,
                            Recipe& recipe, Middle middle) {
  RecreationStages stages;
  if (const auto* holder = take_away(order, nullptr, stages)) {
    recipe = refused(actual, *holder);
    return;
  }
  middle(stages);
  if (auto refusal = make_again(order, nullptr, stages))
    recipe = *refusal;
  else
    std::move(stages).put_into(recipe);
}

void Recreation::make_way(Recipe& recipe, const Object& actual) {
  m_root = {actual.kind, actual.name};
  const auto& there = object_of(actual);
  const auto order = dependents().in_the_way_of(there);
  if (!order.empty())
    put_around(order, there, recipe, [&](RecreationStages& stages) { stages.add(recipe); });
}

void Recreation::complete(Recipe& recipe, const Object& actual,
                          const std::vector<InChild>& in_children) {
  m_root = {actual.kind, actual.name};
  auto order = dependents().resting_on(object_of(actual));
  // Another kind reads the same thing under the same name.
  std::erase_if(order, [&](const Object* other) {
    return other->name == actual.name && other->kind != actual.kind;
  });
  order.pop_back();  // the object itself
  if (!order.empty()) exchange_under(order, recipe, actual);
  if (!recipe.refusal.empty()) return;
  for (const auto* description : descriptions_of(actual))
    for (auto& stage : description_stages(*description)) recipe.stages.push_back(std::move(stage));
  for (const auto& child : in_children) complete(recipe, *child.part);
}

/// Takes away what rests on it, in the transaction in which it goes, and makes that again behind.
void Recreation::exchange_under(const std::vector<const Object*>& order, Recipe& recipe,
                                const Object& actual) {
  const auto exchange =
      std::find_if(recipe.stages.rbegin(), recipe.stages.rend(), [](const Stage& stage) {
        return stage.form == Stage::Form::transaction && stage.lock == Lock::access_exclusive;
      });
  if (exchange == recipe.stages.rend()) {
    recipe = {.stages = {},
              .refusal = fmt::format("it would have to be dropped, and {} rests on it",
                                     display_with_kind(*order.front()->kind, order.front()->name)),
              .hint = "drop that first; ensure creates both again"};
    return;
  }
  put_around(order, actual, recipe, [&](RecreationStages& stages) {
    stages.add(recipe.stages, std::prev(exchange.base()));
    stages.also_lock(order, actual);
  });
}

/// A relation that comes back in this very transaction is nobody else's yet, nor is one that it
/// holds locked: the plain statement does.
Recipe Recreation::create(const Object& wanted, bool is_locked) {
  const auto& kind = *wanted.kind;
  if (kind.is_derived && kind.is_derived(wanted))
    return {.stages = {{.statements = {kind.statement(wanted, {})}, .cost = Cost::rewrite}},
            .needs = Consent::rewrite};
  auto recipe = kind.create(wanted, {}, m_facts.of(wanted, true));
  const bool plain =
      std::all_of(recipe.stages.begin(), recipe.stages.end(),
                  [](const Stage& stage) { return stage.form == Stage::Form::transaction; });
  if (!is_locked || plain) return recipe;
  Stage stage = {.statements = {kind.statement(wanted, {})}, .cost = Cost::build};
  if (kind.after_element)
    for (auto& statement : kind.after_element(wanted, m_facts.of(wanted, true)))
      stage.statements.push_back(std::move(statement));
  return {.stages = {std::move(stage)}};
}

/// What is said of the object now. A new one may come with more than that.
void Recreation::describe(const Object& object, RecreationStages& stages, bool late) {
  const auto descriptions = descriptions_of(object);
  Recipe recipe;
  for (const auto* kind : m_input.describing)
    if (kind->strip)
      for (auto& stage : kind->strip(object, descriptions))
        recipe.stages.push_back(std::move(stage));
  for (const auto* description : descriptions)
    for (auto& stage : description_stages(*description)) recipe.stages.push_back(std::move(stage));
  stages.create(recipe, late);
}

std::vector<const Object*> Recreation::descriptions_of(const Object& object) {
  if (!m_descriptions) read_descriptions();
  std::vector<const Object*> found;
  for (const auto& description : m_descriptions->objects())
    if (description.address.classid == object.address.classid &&
        description.address.objid == object.address.objid && !m_facts.leaves(description))
      found.push_back(&description);
  return found;
}

void Recreation::read_descriptions() {
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                 {.lock_timeout = m_input.lock_timeout});
  m_descriptions = inspect(m_connection, m_input.describing, {});
}

}  // namespace pgmend::engine
