// SPDX-License-Identifier: MIT
#include "engine/merge.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

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
  return out;
}

}  // namespace pgmend::engine
