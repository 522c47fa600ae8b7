// SPDX-License-Identifier: MIT
#include "engine/merge.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

/// One action, which nothing but looks at rows may come before.
bool is_single_action(const Step& step) {
  const auto& stages = step.recipe.stages;
  return !stages.empty() && !stages.back().head.empty() &&
         std::all_of(stages.begin(), std::prev(stages.end()),
                     [](const Stage& stage) { return stage.form == Stage::Form::precondition; });
}

/// What is removed goes behind what rests on it.
std::vector<Step>::iterator place_among(std::vector<Step>& others, const Step& step,
                                        const std::vector<Finding>& findings,
                                        const Schema& actual) {
  const auto& its = findings[step.findings.front()];
  const auto* removed = its.expected ? nullptr : actual.find(*its.kind, its.name);
  if (!removed) return others.end();
  return std::find_if(others.begin(), others.end(), [&](const Step& other) {
    const auto& below = findings[other.findings.front()];
    return !below.expected && removed->rests_on(*below.actual);
  });
}

/// One statement of them all.
void join(Step& step) {
  auto action = std::move(step.recipe.stages.back());
  action.statements.clear();
  step.recipe.stages.clear();
  for (const auto& part : step.alternatives) {
    const auto& stages = part.recipe.stages;
    const auto& own = stages.back().statements;
    action.statements.insert(action.statements.end(), own.begin(), own.end());
    step.recipe.stages.insert(step.recipe.stages.end(), stages.begin(), std::prev(stages.end()));
  }
  step.recipe.stages.push_back(std::move(action));
}

/// The step that begins in the same words; null if this is the first that does.
Step* same_head(const Step& step, std::unordered_map<std::string, std::size_t>& by_head,
                std::vector<Step>& steps) {
  const auto [found, is_new] = by_head.try_emplace(step.recipe.stages.back().head, steps.size());
  return is_new ? nullptr : &steps[found->second];
}

/// One transaction of them all: what is freed is free before anything takes it.
void share(Step& into, Step step) {
  if (into.alternatives.empty()) into.alternatives.push_back(into);
  auto& stage = into.recipe.stages.front();
  const auto& other = step.recipe.stages.front();
  const auto at = [](auto& statements, std::size_t count) {
    return statements.begin() + static_cast<std::ptrdiff_t>(count);
  };
  stage.statements.insert(stage.statements.end(), at(other.statements, other.freeing),
                          other.statements.end());
  stage.statements.insert(at(stage.statements, stage.freeing), other.statements.begin(),
                          at(other.statements, other.freeing));
  stage.freeing += other.freeing;
  stage.cost = std::max(stage.cost, other.cost);
  stage.lock = std::max(stage.lock, other.lock);
  stage.also_locks.push_back(sql::quote_qualified(step.schema, step.relation));
  for (const auto& name : other.also_locks)
    if (std::find(stage.also_locks.begin(), stage.also_locks.end(), name) == stage.also_locks.end())
      stage.also_locks.push_back(name);
  into.findings.insert(into.findings.end(), step.findings.begin(), step.findings.end());
  into.alternatives.push_back(std::move(step));
}

/// Those of the same name that share something.
std::vector<Step> shared(std::vector<Step> steps) {
  std::vector<Step> out;
  std::unordered_map<std::string, std::size_t> by_name;
  for (auto& step : steps) {
    const auto& stages = step.recipe.stages;
    if (stages.size() != 1 || stages.front().shared.empty()) {
      out.push_back(std::move(step));
      continue;
    }
    const auto [found, is_new] = by_name.try_emplace(stages.front().shared, out.size());
    if (is_new)
      out.push_back(std::move(step));
    else
      share(out[found->second], std::move(step));
  }
  return out;
}

}  // namespace

std::vector<Step> merged(std::vector<Step> steps, const std::vector<Finding>& findings,
                         const Schema& actual) {
  std::vector<Step> out;
  std::unordered_map<std::string, std::size_t> by_head;  // of single actions: the position in `out`
  for (auto& step : steps) {
    auto* same = is_single_action(step) ? same_head(step, by_head, out) : nullptr;
    if (!same) {
      out.push_back(std::move(step));
      continue;
    }
    if (same->alternatives.empty()) same->alternatives.push_back(*same);
    auto& into = same->recipe.stages.back();
    const auto& from = step.recipe.stages.back();
    into.cost = std::max(into.cost, from.cost);
    into.lock = std::max(into.lock, from.lock);
    same->findings.insert(same->findings.end(), step.findings.begin(), step.findings.end());
    same->alternatives.insert(place_among(same->alternatives, step, findings, actual),
                              std::move(step));
  }
  for (auto& step : out)
    if (!step.alternatives.empty()) join(step);
  return shared(std::move(out));
}

}  // namespace pgmend::engine
