// SPDX-License-Identifier: MIT
#include "engine/impossible.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "engine/inspect.hpp"
#include "engine/order.hpp"
#include "model/lacking_consent.hpp"
#include "util/sql_words.hpp"

namespace pgmend::engine {

namespace {

/// Why a step cannot be done, and what helps.
struct Reason {
  std::string why;
  std::string hint;
};

void refuse(Finding& finding, const Reason& reason) {
  finding.outcome = Outcome::refused;
  finding.outcome_text = reason.why;
  finding.outcome_hint = reason.hint;
}

/// Takes out the steps for whose positions there is a reason; whether there was any.
template <typename Find>
bool leave_out(std::vector<Step>& steps, std::vector<Finding>& findings, Find reason_of) {
  std::set<std::size_t> impossible;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    const std::optional<Reason> reason = reason_of(step);
    if (!reason) continue;
    impossible.insert(step);
    for (const auto position : steps[step].findings) refuse(findings[position], *reason);
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

/// What is there, and stays of another sort than others take it to be (Attribute::is_ground).
std::set<ObjectKey> of_another_sort(const std::vector<Finding>& findings) {
  std::set<ObjectKey> keys;
  for (const auto& finding : findings)
    if (finding.attribute && finding.kind->attributes[*finding.attribute].is_ground &&
        finding.outcome == Outcome::refused)
      keys.insert({finding.kind, finding.name});
  return keys;
}

/// What is missing and will not be made, or what others refer to and will not be as they need it:
/// that of a relation of another sort.
std::set<ObjectKey> not_to_be_made(const std::vector<Finding>& findings) {
  const auto grounds = of_another_sort(findings);
  const auto is_of_one = [&](const Finding& finding) {
    return finding.kind->referable &&
           std::any_of(grounds.begin(), grounds.end(), [&](const ObjectKey& ground) {
             return finding.name.is_part_of(ground.second);
           });
  };
  std::set<ObjectKey> keys;
  for (const auto& finding : findings)
    if (finding.expected && finding.outcome == Outcome::refused &&
        (!finding.attribute || is_of_one(finding)))
      keys.insert({finding.kind, finding.name});
  return keys;
}

/// Whether the finding is about something that takes the object to be of the expected sort: a child
/// of it or a piece of its rows, a part of it that goes, or one that is built on it.
bool takes_for_granted(const Finding& finding, const ObjectKey& ground, const Schema& actual) {
  const auto* there = finding.expected ? nullptr : actual.find(*finding.kind, finding.name);
  const auto& object = finding.expected ? *finding.expected : there ? *there : *finding.actual;
  const bool is_part = finding.name.is_part_of(ground.second);
  const auto& below = object.depends_on;
  const bool rests =
      std::find(below.begin(), below.end(), Reference{ground.first, ground.second}) != below.end();
  if (finding.is_removal())
    return is_part || (rests && finding.kind->is_piece && finding.kind->is_piece(object));
  if (is_part && finding.kind->carried_along) return true;
  return !finding.attribute && rests && (finding.kind == ground.first || ground.first->referable);
}

/// The object of another sort that stands in the step's way.
const ObjectKey* stands_in_the_way(const Finding& finding, const std::set<ObjectKey>& grounds,
                                   const Schema& actual) {
  const auto found = std::find_if(grounds.begin(), grounds.end(), [&](const ObjectKey& ground) {
    return takes_for_granted(finding, ground, actual);
  });
  return found == grounds.end() ? nullptr : &*found;
}

Reason to_be_changed_first(const ObjectKey& ground) {
  return {fmt::format("{} would have to be changed first", words(ground)), "see there"};
}

/// What is said of the object when its parts are there, and names one that is not made.
std::optional<ObjectKey> names_what_lacks(const Finding& finding,
                                          const std::set<ObjectKey>& missing) {
  if (!finding.attribute || !finding.expected ||
      !finding.kind->attributes[*finding.attribute].comes_last ||
      !finding.expected_value().is_present())
    return std::nullopt;
  const auto words = sql::words(finding.expected_value().text());
  const auto found = std::find_if(missing.begin(), missing.end(), [&](const ObjectKey& key) {
    return key.second.is_part_of(finding.name) &&
           std::any_of(words.begin(), words.end(), [&](const sql::Word& word) {
             return word.is_name() && word.text == key.second.name;
           });
  });
  return found == missing.end() ? std::nullopt : std::optional(*found);
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
  for (const auto position : step.findings)
    if (auto found = names_what_lacks(findings[position], missing)) return found;
  return first_of(step.recipe.also_needs);
}

bool leave_out_what_lacks(std::vector<Step>& steps, std::vector<Finding>& findings) {
  const auto lacking = not_to_be_made(findings);
  return leave_out(steps, findings, [&](std::size_t step) -> std::optional<Reason> {
    const auto needed = lacks(steps[step], findings, lacking);
    if (!needed) return std::nullopt;
    const bool is_missing =
        std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
          return !finding.attribute && finding.kind == needed->first &&
                 finding.name == needed->second;
        });
    return Reason{
        fmt::format("it rests on {}, which {}", words(*needed),
                    is_missing ? "is missing and not made" : "differs and is not changed"),
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

bool leave_out_what_is_of_another_sort(std::vector<Step>& steps, std::vector<Finding>& findings,
                                       const Schema& actual) {
  const auto grounds = of_another_sort(findings);
  return leave_out(steps, findings, [&](std::size_t step) -> std::optional<Reason> {
    for (const auto position : steps[step].findings)
      if (const auto* ground = stands_in_the_way(findings[position], grounds, actual))
        return to_be_changed_first(*ground);
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

/// To allow it would not help where something stands in its way that is not only to be allowed.
void tell_what_consent_does_not_help(std::vector<Finding>& findings, const Schema& actual) {
  auto grounds = of_another_sort(findings);
  for (const auto& finding : findings)
    if (!lacking_consents(finding).empty()) grounds.erase({finding.kind, finding.name});
  for (auto& finding : findings) {
    if (lacking_consents(finding).empty()) continue;
    const auto* ground = stands_in_the_way(finding, grounds, actual);
    if (ground) refuse(finding, to_be_changed_first(*ground));
  }
}

}  // namespace

void leave_out_impossible(std::vector<Step>& steps, std::vector<Finding>& findings,
                          const Schema& actual) {
  while (leave_out_what_lacks(steps, findings) ||
         leave_out_what_is_of_another_sort(steps, findings, actual) ||
         leave_out_what_gets_no_name(steps, findings, actual) ||
         leave_out_what_is_needed(steps, findings, actual)) {
  }
  tell_what_consent_does_not_help(findings, actual);
}

}  // namespace pgmend::engine
