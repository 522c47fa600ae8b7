// SPDX-License-Identifier: MIT
#include "engine/recreation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/dependencies.hpp"
#include "engine/inspect.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

/// Stages in the making: one transaction, what has to come before it, and what cannot stand in it.
class Recreation::Stages {
 public:
  /// What stands in the transaction; all else comes before it.
  void add(const Recipe& recipe) {
    for (const auto& stage : recipe.stages) {
      if (stage.form == Stage::Form::transaction)
        add_to_main(stage);
      else
        m_before.push_back(stage);
    }
  }

  /// The transaction is that at `exchange`, with what stands around it.
  void add(const std::vector<Stage>& recipe, std::vector<Stage>::const_iterator exchange) {
    m_before.insert(m_before.end(), recipe.begin(), exchange);
    add_to_main(*exchange);
    m_main.undo = exchange->undo;
    m_after.insert(m_after.end(), exchange + 1, recipe.end());
  }

  /// One that is made as it is expected.
  void made(const Object& wanted) {
    m_made.push_back({wanted.kind, wanted.name});
    m_needs.insert(m_needs.end(), wanted.depends_on.begin(), wanted.depends_on.end());
  }

  /// All of it.
  void put_into(Recipe& recipe) && {
    recipe.stages = std::move(*this).all();
    recipe.also_needs = std::move(m_needs);
    recipe.also_settles = std::move(m_made);
  }

  void also_lock(const std::vector<const Object*>& objects, const Object& than) {
    for (const auto* object : objects)
      if (!object->name.relation.empty() && object->name.relation != than.name.relation)
        m_main.also_locks.push_back(
            sql::quote_qualified(object->name.schema, object->name.relation));
  }

  /// Returns whether all of it stands in the transaction. What only reads rows does not: it need
  /// not hold the locks of the rest.
  bool create(const Recipe& recipe, bool late) {
    for (const auto& stage : recipe.stages) {
      if (stage.form == Stage::Form::precondition) {
        m_before.push_back(stage);
      } else if (stage.form == Stage::Form::transaction && !late && stage.cost != Cost::scan) {
        add_to_main(stage);
      } else {
        m_after.push_back(stage);
        late = true;
      }
    }
    return !late;
  }

  std::vector<Stage> all() && {
    auto stages = std::move(m_before);
    stages.push_back(std::move(m_main));
    stages.insert(stages.end(), m_after.begin(), m_after.end());
    return stages;
  }

 private:
  void add_to_main(const Stage& stage) {
    for (auto& statement : stage.sql()) m_main.statements.push_back(std::move(statement));
    m_main.lock = std::max(m_main.lock, stage.lock);
    m_main.cost = std::max(m_main.cost, stage.cost);
  }

  std::vector<Stage> m_before;
  Stage m_main = {.statements = {}, .lock = Lock::none};
  std::vector<Stage> m_after;
  std::vector<Reference> m_needs;
  std::vector<Reference> m_made;
};

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

void Recreation::read_dependents() {
  if (m_dependents) return;
  m_dependents.emplace();
  for (const auto& object : all_there().objects()) {
    if (object.kind->describes) continue;
    for (const auto& needed : object.depends_on)
      m_dependents->insert({{needed.kind, needed.name}, &object});
  }
}

std::vector<const Object*> Recreation::resting_on(const Object& actual) {
  read_dependents();
  std::vector<const Object*> order;
  std::set<const Object*> seen;
  const auto visit = [&](const auto& self, const Object& object) -> void {
    if (!seen.insert(&object).second) return;
    const auto [begin, end] = m_dependents->equal_range({object.kind, object.name});
    for (auto at = begin; at != end; ++at) self(self, *at->second);
    if (object.is_relation())
      for (const auto* part : all_there().of_relation(object.name.schema, object.name.name))
        self(self, *part);
    order.push_back(&object);
  };
  visit(visit, actual);
  return order;
}

std::vector<const Object*> Recreation::in_the_way_of(const Object& actual) {
  read_dependents();
  std::vector<const Object*> order;
  const auto [begin, end] = m_dependents->equal_range({actual.kind, actual.name});
  for (auto at = begin; at != end; ++at) {
    if (at->second->kind->carried_along) continue;
    for (const auto* object : resting_on(*at->second))
      if (std::find(order.begin(), order.end(), object) == order.end()) order.push_back(object);
  }
  return order;
}

/// As the schema has it, with what it depends on.
const Object& Recreation::object_of(const Object& object) {
  const auto* there = all_there().find(*object.kind, object.name);
  return there ? *there : object;
}

Recipe Recreation::recipe(const Object& expected, const Object& actual) {
  const auto order = resting_on(object_of(actual));
  Stages stages;
  if (const auto* holder = take_away(order, order.back(), stages))
    return refused(expected, *holder);
  if (auto refusal = make_again(order, &expected, stages)) return *refusal;
  Recipe recipe;
  std::move(stages).put_into(recipe);
  return recipe;
}

/// Drops them in this order. Returns the first that cannot be: `but` may hold data.
const Object* Recreation::take_away(const std::vector<const Object*>& order, const Object* but,
                                    Stages& stages) {
  for (const auto* object : order)
    if (object != but && object->kind->holds_data && !is_part_of(*object, order)) return object;
  for (const auto* object : order) {
    if (is_part_of(*object, order)) continue;  // it goes with its relation
    if (!object->kind->drop) return object;
    stages.add(object->kind->drop(*object));
  }
  return nullptr;
}

/// Creates them, the last one first: as it is expected, or else as it was. `last`: what is expected
/// of the last one, if that is no part of what is expected at all. Returns why one cannot be.
std::optional<Recipe> Recreation::make_again(const std::vector<const Object*>& order,
                                             const Object* last, Stages& stages) {
  std::set<const Object*> late;
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    const auto& object = **at;
    const auto* wanted =
        last && &object == order.back() ? last : m_input.expected.find(*object.kind, object.name);
    const bool waits = std::any_of(late.begin(), late.end(),
                                   [&](const Object* other) { return object.rests_on(*other); });
    auto made = create(wanted ? as_expected_or_as_it_was(*wanted, object) : object,
                       is_part_of(object, order));
    if (!made.refusal.empty()) return made;
    if (wanted) stages.made(*wanted);
    if (!stages.create(made, waits)) late.insert(&object);
    describe(object, stages, late.contains(&object));
  }
  return std::nullopt;
}

/// What stands in `order` goes before that which `middle` adds, and comes back behind it.
template <typename Middle>
void Recreation::put_around(const std::vector<const Object*>& order, const Object& actual,
                            Recipe& recipe, Middle middle) {
  Stages stages;
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
  const auto& there = object_of(actual);
  const auto order = in_the_way_of(there);
  if (!order.empty()) put_around(order, there, recipe, [&](Stages& stages) { stages.add(recipe); });
}

void Recreation::complete(Recipe& recipe, const Object& actual) {
  auto order = resting_on(object_of(actual));
  // Another kind reads the same thing under the same name.
  std::erase_if(order, [&](const Object* other) {
    return other->name == actual.name && other->kind != actual.kind;
  });
  order.pop_back();  // the object itself
  if (!order.empty()) exchange_under(order, recipe, actual);
  if (!recipe.refusal.empty()) return;
  for (const auto* description : descriptions_of(actual))
    for (auto& stage : description_stages(*description)) recipe.stages.push_back(std::move(stage));
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
  put_around(order, actual, recipe, [&](Stages& stages) {
    stages.add(recipe.stages, std::prev(exchange.base()));
    stages.also_lock(order, actual);
  });
}

/// A relation that comes back in this very transaction is nobody else's yet: the plain statement
/// does.
Recipe Recreation::create(const Object& wanted, bool is_part_of_new_relation) {
  const auto& kind = *wanted.kind;
  auto recipe = kind.create(wanted, {}, m_facts.of(wanted, true));
  const bool plain =
      std::all_of(recipe.stages.begin(), recipe.stages.end(),
                  [](const Stage& stage) { return stage.form == Stage::Form::transaction; });
  if (!is_part_of_new_relation || plain) return recipe;
  Stage stage = {.statements = {kind.statement(wanted, {})}, .cost = Cost::build};
  if (kind.after_element)
    for (auto& statement : kind.after_element(wanted, m_facts.of(wanted, true)))
      stage.statements.push_back(std::move(statement));
  return {.stages = {std::move(stage)}};
}

/// What is said of the object now. A new one may come with more than that.
void Recreation::describe(const Object& object, Stages& stages, bool late) {
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
        description.address.objid == object.address.objid)
      found.push_back(&description);
  return found;
}

void Recreation::read_descriptions() {
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                 {.lock_timeout = m_input.lock_timeout});
  m_descriptions = inspect(m_connection, m_input.describing, {});
}

}  // namespace pgmend::engine
