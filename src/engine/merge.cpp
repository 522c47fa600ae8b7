// SPDX-License-Identifier: MIT
#include "engine/merge.hpp"

#include <algorithm>
#include <utility>

namespace pgmend::engine {

namespace {

bool is_single_action(const Step& step) {
  return step.recipe.stages.size() == 1 && !step.recipe.stages.front().head.empty();
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
  auto& statements = step.recipe.stages.front().statements;
  statements.clear();
  for (const auto& part : step.alternatives) {
    const auto& own = part.recipe.stages.front().statements;
    statements.insert(statements.end(), own.begin(), own.end());
  }
}

}  // namespace

std::vector<Step> merged(std::vector<Step> steps, const std::vector<Finding>& findings,
                         const Schema& actual) {
  std::vector<Step> out;
  for (auto& step : steps) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const Step& other) {
      return is_single_action(step) && is_single_action(other) &&
             other.recipe.stages.front().head == step.recipe.stages.front().head;
    });
    if (same == out.end()) {
      out.push_back(std::move(step));
      continue;
    }
    if (same->alternatives.empty()) same->alternatives.push_back(*same);
    auto& into = same->recipe.stages.front();
    const auto& from = step.recipe.stages.front();
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
