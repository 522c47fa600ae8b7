// SPDX-License-Identifier: MIT
#include "engine/displaced.hpp"

#include <algorithm>

#include "engine/recreation_stages.hpp"

namespace pgmend::engine {

namespace {

/// Those of `order` that these rest on, by whatever way.
std::set<const Object*> below(const std::set<const Object*>& objects,
                              const std::vector<const Object*>& order) {
  auto all = objects;
  for (const auto* object : order)  // each after what rests on it
    if (std::any_of(all.begin(), all.end(),
                    [&](const Object* other) { return other->rests_on(*object); }))
      all.insert(object);
  return all;
}

}  // namespace

Displaced::Displaced(const Object& expected, const Object& actual,
                     const std::vector<const Object*>& holders, const Dependents& dependents)
    : m_exchange{
          .anew = &actual, .aside = {}, .lost = expected.kind->lost_values(expected, actual)} {
  const std::set<const Object*> moved(holders.begin(), holders.end());
  const auto order = dependents.resting_on(actual, moved);
  const auto needed = below(moved, order);
  for (const auto* object : order) {
    if (moved.contains(object)) continue;
    const bool is_needed = needed.contains(object);
    if (is_needed && object->kind->renaming)
      m_exchange.aside.push_back(object);
    else
      m_leaving.push_back(object);
    (is_needed ? m_needed : m_others).push_back(object);
  }
}

std::vector<Stage> Displaced::set_aside() const {
  std::vector<Stage> stages;
  for (const auto* object : m_exchange.aside)
    stages.push_back(
        {.statements = {object->kind->renaming(*object, name_aside(*object))}, .lock = Lock::none});
  return stages;
}

std::vector<Stage> Displaced::drop_what_stands_aside() const {
  std::vector<Stage> stages;
  for (const auto* object : m_exchange.aside) {
    auto old = *object;
    old.name.name = name_aside(*object);
    for (auto& stage : object->kind->drop(old).stages) stages.push_back(std::move(stage));
  }
  return stages;
}

}  // namespace pgmend::engine
