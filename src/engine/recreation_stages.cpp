// SPDX-License-Identifier: MIT
#include "engine/recreation_stages.hpp"

#include <algorithm>
#include <utility>

#include "util/sql.hpp"

namespace pgmend::engine {

std::string name_aside(const Object& object) {
  return sql::truncate_identifier("pgmend_old_" + object.name.name);
}

void RecreationStages::add(const Recipe& recipe) {
  for (const auto& stage : recipe.stages) {
    if (stage.form == Stage::Form::transaction)
      add_to_main(stage);
    else
      m_before.push_back(stage);
  }
}

void RecreationStages::add(const std::vector<Stage>& recipe,
                           std::vector<Stage>::const_iterator exchange) {
  m_before.insert(m_before.end(), recipe.begin(), exchange);
  add_to_main(*exchange);
  m_main.undo = exchange->undo;
  m_after.insert(m_after.end(), exchange + 1, recipe.end());
}

void RecreationStages::add_together(const std::vector<Stage>& stages) {
  std::vector<Stage> together;
  for (const auto& stage : stages) {
    if (stage.statements.empty()) continue;
    const auto same = std::find_if(together.begin(), together.end(),
                                   [&](const Stage& other) { return other.head == stage.head; });
    if (same == together.end()) {
      together.push_back(stage);
      continue;
    }
    same->statements.insert(same->statements.end(), stage.statements.begin(),
                            stage.statements.end());
    same->cost = std::max(same->cost, stage.cost);
  }
  for (const auto& stage : together) add_to_main(stage);
}

void RecreationStages::add(std::vector<std::string> statements, Cost cost) {
  if (!statements.empty()) add_to_main({.statements = std::move(statements), .cost = cost});
}

void RecreationStages::add_before(const std::vector<Stage>& stages) {
  m_before.insert(m_before.end(), stages.begin(), stages.end());
}

void RecreationStages::made(const Object& wanted) {
  m_made.push_back({wanted.kind, wanted.name});
  m_needs.insert(m_needs.end(), wanted.depends_on.begin(), wanted.depends_on.end());
}

void RecreationStages::put_into(Recipe& recipe) && {
  recipe.stages = std::move(*this).all();
  recipe.also_needs = std::move(m_needs);
  recipe.also_settles = std::move(m_made);
  if (m_consent) recipe.needs = m_consent;
}

void RecreationStages::also_lock(const std::vector<const Object*>& objects, const Object& than) {
  for (const auto* object : objects) {
    if (object->name.relation.empty() || object->name.relation == than.name.relation) continue;
    auto name = sql::quote_qualified(object->name.schema, object->name.relation);
    auto& locked = m_main.also_locks;
    if (std::find(locked.begin(), locked.end(), name) == locked.end())
      locked.push_back(std::move(name));
  }
}

bool RecreationStages::create(const Recipe& recipe, bool late) {
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

std::vector<Stage> RecreationStages::all() && {
  auto stages = std::move(m_before);
  stages.push_back(std::move(m_main));
  stages.insert(stages.end(), m_after.begin(), m_after.end());
  return stages;
}

void RecreationStages::add_to_main(const Stage& stage) {
  for (auto& statement : stage.sql()) m_main.statements.push_back(std::move(statement));
  m_main.lock = std::max(m_main.lock, stage.lock);
  m_main.cost = std::max(m_main.cost, stage.cost);
}

}  // namespace pgmend::engine
