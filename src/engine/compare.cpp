// SPDX-License-Identifier: MIT
#include "engine/compare.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pgmend::engine {

namespace {

bool differs(const Object& expected, const Object& actual, std::size_t position) {
  const auto& wanted = expected.values[position];
  const auto& found = actual.values[position];
  return expected.kind->attributes[position].form != Attribute::Form::directive &&
         wanted.is_specified() && found.is_specified() && wanted != found;
}

/// Whether anything is known of what it should be, beyond its name.
bool is_described(const Object& expected) {
  for (std::size_t position = 0; position < expected.values.size(); ++position)
    if (expected.kind->attributes[position].form != Attribute::Form::directive &&
        expected.values[position].is_specified())
      return true;
  return false;
}

/// Both have the attribute, in texts that differ: only the server can tell what that means.
bool differs_in_text(const Object& expected, const Object& actual, std::size_t position) {
  return differs(expected, actual, position) && expected.values[position].is_present() &&
         actual.values[position].is_present() &&
         expected.kind->attributes[position].form == Attribute::Form::text;
}

bool may_be_equal(const Object& expected, const Object& actual) {
  for (std::size_t position = 0; position < expected.values.size(); ++position)
    if (differs(expected, actual, position) && !differs_in_text(expected, actual, position))
      return false;
  return true;
}

/// Objects of other names that are, or may be, what we are looking for; the surest first.
std::vector<const Object*> find_others(const Object& expected, const Schema& expected_schema,
                                       const Schema& actual) {
  std::vector<const Object*> found;
  if (!is_described(expected)) return found;
  for (const auto* candidate : actual.of_relation(expected.name.schema, expected.name.group())) {
    if (candidate->kind != expected.kind || !may_be_equal(expected, *candidate)) continue;
    // One that is itself expected under its own name is spoken for.
    const bool spoken_for =
        candidate->name != expected.name && expected_schema.find(*expected.kind, candidate->name);
    if (!spoken_for) found.push_back(candidate);
  }
  std::stable_partition(found.begin(), found.end(),
                        [&](const Object* candidate) { return equal(expected, *candidate); });
  return found;
}

/// The owner, if it is expected and not there: what belongs to it is then a consequence.
const Object* missing_owner(Kinds kinds, const Object& object, const Schema& expected,
                            const Schema& actual) {
  if (object.name.relation.empty()) return nullptr;
  const Name owner = {object.name.schema, "", object.name.relation};
  for (const auto* kind : kinds) {
    if (kind->name != object.kind->owner || actual.find(*kind, owner)) continue;
    return expected.find(*kind, owner);
  }
  return nullptr;
}

Finding whole_object(const Object& expected, Judgement judgement) {
  Finding finding;
  finding.kind = expected.kind;
  finding.name = expected.name;
  finding.judgement = std::move(judgement);
  finding.expected = expected;
  finding.where = expected.where;
  return finding;
}

Judgement judge_missing(const Object& expected) {
  if (expected.kind->judge_missing) return expected.kind->judge_missing(expected);
  return {.sort = Sort::missing, .consent = Consent::add};
}

void compare_object(Kinds kinds, const Object& wanted, const Schema& expected, const Schema& actual,
                    Comparison& comparison) {
  if (missing_owner(kinds, wanted, expected, actual)) {
    auto finding = whole_object(wanted, {.sort = Sort::missing, .consent = Consent::add});
    finding.consequence = true;
    comparison.findings.push_back(std::move(finding));
    return;
  }
  const auto* found = actual.find(*wanted.kind, wanted.name);
  const bool by_name = found != nullptr;
  // Where queries and other texts use the name, an equal object of another name is no substitute.
  const bool name_matters = wanted.kind->twin_element && !wanted.any_name;
  std::vector<const Object*> others;
  if ((!found && !name_matters) || (found && wanted.any_name && !equal(wanted, *found)))
    others = find_others(wanted, expected, actual);
  if (!others.empty() && equal(wanted, *others.front())) found = others.front();
  if (!found && !others.empty()) {
    comparison.lookalikes.push_back({&wanted, std::move(others)});
    return;
  }
  if (!found) {
    comparison.findings.push_back(missing(wanted));
    return;
  }
  if (!by_name && !wanted.any_name)
    comparison.findings.push_back(under_another_name(wanted, *found));
  for (std::size_t position = 0; position < wanted.values.size(); ++position) {
    if (!differs(wanted, *found, position)) continue;
    if (differs_in_text(wanted, *found, position))
      comparison.doubts.push_back({&wanted, found, position});
    else
      comparison.findings.push_back(difference(wanted, *found, position));
  }
}

}  // namespace

Comparison compare(Kinds kinds, const Schema& expected, const Schema& actual) {
  Comparison comparison;
  for (const auto& object : expected.objects())
    compare_object(kinds, object, expected, actual, comparison);
  return comparison;
}

Finding difference(const Object& expected, const Object& actual, std::size_t attribute) {
  auto finding = whole_object(expected, {});
  finding.judgement = expected.kind->attributes[attribute].judge(
      {expected, actual, expected.values[attribute], actual.values[attribute]});
  finding.attribute = attribute;
  finding.actual = actual;
  return finding;
}

Finding missing(const Object& expected) {
  return whole_object(expected, judge_missing(expected));
}

Finding under_another_name(const Object& expected, const Object& same) {
  auto finding = whole_object(
      expected, {.sort = Sort::missing,
                 .consent = Consent::never,
                 .weight = Weight::information,
                 .reason = fmt::format("it is there under the name {}", same.name.name)});
  finding.actual = same;
  return finding;
}

bool equal(const Object& expected, const Object& actual) {
  for (std::size_t position = 0; position < expected.values.size(); ++position)
    if (differs(expected, actual, position)) return false;
  return true;
}

}  // namespace pgmend::engine
