// SPDX-License-Identifier: MIT
#include "engine/impossible.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "engine/order.hpp"

namespace pgmend::engine {

namespace {

/// Why a step cannot be done, and what helps.
struct Reason {
  std::string why;
  std::string hint;
};

/// Takes out the steps for whose positions there is a reason; whether there was any.
template <typename Find>
bool leave_out(std::vector<Step>& steps, std::vector<Finding>& findings, Find reason_of) {
  std::set<std::size_t> impossible;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    const std::optional<Reason> reason = reason_of(step);
    if (!reason) continue;
    impossible.insert(step);
    for (const auto position : steps[step].findings) {
      auto& finding = findings[position];
      finding.outcome = Outcome::refused;
      finding.outcome_text = reason->why;
      finding.outcome_hint = reason->hint;
    }
  }
  std::size_t step = 0;
  std::erase_if(steps, [&](const Step&) { return impossible.contains(step++); });
  return !impossible.empty();
}

std::string words(const ObjectKey& key) {
  return display_with_kind(*key.first, key.second);
}

std::string words(const Object& object) {
  return display_with_kind(*object.kind, object.name);
}

/// What is missing and will not be made.
std::set<ObjectKey> not_to_be_made(const std::vector<Finding>& findings) {
  std::set<ObjectKey> keys;
  for (const auto& finding : findings)
    if (finding.expected && !finding.attribute && finding.outcome == Outcome::refused)
      keys.insert({finding.kind, finding.name});
  return keys;
}

/// What is there, and stays of another sort than others take it to be (Attribute::is_ground).
std::set<ObjectKey> of_another_sort(const std::vector<Finding>& findings) {
  std::set<ObjectKey> keys;
  for (const auto& finding : findings)
    if (finding.attribute && finding.kind->attributes[*finding.attribute].is_ground &&
        finding.outcome == Outcome::refused)
      keys.insert({finding.kind, finding.name});
  return keys;
}

/// The object of another sort that stands in the step's way: that what is to be made is a child of,
/// or what is to be removed a part of.
const ObjectKey* stands_in_the_way(const Finding& finding, const std::set<ObjectKey>& grounds) {
  const auto found = std::find_if(grounds.begin(), grounds.end(), [&](const ObjectKey& ground) {
    if (finding.is_removal()) return finding.name.is_part_of(ground.second);
    const auto& below = finding.expected->depends_on;
    return !finding.attribute && finding.kind == ground.first &&
           std::find(below.begin(), below.end(), Reference{ground.first, ground.second}) !=
               below.end();
  });
  return found == grounds.end() ? nullptr : &*found;
}

std::optional<ObjectKey> lacks(const Step& step, const std::vector<Finding>& findings,
                               const std::set<ObjectKey>& missing) {
  const auto first_of = [&](const std::vector<Reference>& all) -> std::optional<ObjectKey> {
    for (const auto& needed : all)
      if (const auto found = missing.find({needed.kind, needed.name}); found != missing.end())
        return *found;
    return std::nullopt;
  };
  for (const auto position : step.findings)
    if (!findings[position].is_removal())
      if (auto found = first_of(findings[position].expected->depends_on)) return found;
  return first_of(step.recipe.also_needs);
}

bool leave_out_what_lacks(std::vector<Step>& steps, std::vector<Finding>& findings) {
  const auto missing = not_to_be_made(findings);
  return leave_out(steps, findings, [&](std::size_t step) -> std::optional<Reason> {
    const auto needed = lacks(steps[step], findings, missing);
    if (!needed) return std::nullopt;
    return Reason{fmt::format("it rests on {}, which is missing and not made", words(*needed)),
                  "see there for what keeps it from being made"};
  });
}

/// What has the name that the finding's object is to get, of the same relation; null if nothing.
const Object* namesake(const Finding& finding, const Schema& actual) {
  const auto among = finding.kind->named_among;
  if (!finding.expected || finding.attribute || among.empty() || finding.judgement.in_place_of)
    return nullptr;
  for (const auto* part : actual.of_relation(finding.name.schema, finding.name.relation))
    if (part->kind != finding.kind && part->kind->named_among == among &&
        part->name == finding.name)
      return part;
  return nullptr;
}

bool is_removed(const Object& object, const std::vector<Step>& steps,
                const std::vector<Finding>& findings) {
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    return std::any_of(step.findings.begin(), step.findings.end(), [&](std::size_t position) {
      const auto& finding = findings[position];
      return finding.is_removal() && finding.kind == object.kind && finding.name == object.name;
    });
  });
}

bool leave_out_what_gets_no_name(std::vector<Step>& steps, std::vector<Finding>& findings,
                                 const Schema& actual) {
  return leave_out(steps, findings, [&](std::size_t step) -> std::optional<Reason> {
    for (const auto position : steps[step].findings)
      if (const auto* other = namesake(findings[position], actual);
          other && !is_removed(*other, steps, findings))
        return Reason{fmt::format("its name is taken by {}", words(*other)),
                      "rename or drop what has the name"};
    return std::nullopt;
  });
}

bool leave_out_what_is_of_another_sort(std::vector<Step>& steps, std::vector<Finding>& findings) {
  const auto grounds = of_another_sort(findings);
  return leave_out(steps, findings, [&](std::size_t step) -> std::optional<Reason> {
    for (const auto position : steps[step].findings)
      if (const auto* ground = stands_in_the_way(findings[position], grounds))
        return Reason{fmt::format("{} would have to be of another sort first", words(*ground)),
                      "see there"};
    return std::nullopt;
  });
}

bool leave_out_what_is_needed(std::vector<Step>& steps, std::vector<Finding>& findings,
                              const Schema& actual) {
  const bool removes = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    return std::any_of(step.findings.begin(), step.findings.end(),
                       [&](std::size_t position) { return findings[position].is_removal(); });
  });
  if (!removes) return false;
  const auto needed = still_needed(steps, findings, actual);
  return leave_out(steps, findings, [&](std::size_t step) -> std::optional<Reason> {
    const auto found = needed.find(step);
    if (found == needed.end()) return std::nullopt;
    return Reason{fmt::format("{} rests on it, and stays", words(*found->second)),
                  "what rests on it goes first: change or remove that, then run again"};
  });
}

}  // namespace

void leave_out_impossible(std::vector<Step>& steps, std::vector<Finding>& findings,
                          const Schema& actual) {
  while (leave_out_what_lacks(steps, findings) ||
         leave_out_what_is_of_another_sort(steps, findings) ||
         leave_out_what_gets_no_name(steps, findings, actual) ||
         leave_out_what_is_needed(steps, findings, actual)) {
  }
}

}  // namespace pgmend::engine
