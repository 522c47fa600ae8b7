// SPDX-License-Identifier: MIT
#include "engine/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "util/sql_spelling.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// Different texts that mean the same on every server.
bool are_alike(const Attribute& attribute, const Difference& difference) {
  if (!difference.wanted.is_present() || !difference.found.is_present()) return false;
  if (!attribute.verbatim &&
      sql::same_but_for_quotes(difference.wanted.text(), difference.found.text()))
    return true;
  return attribute.alike && attribute.alike(difference);
}

bool differs(const Object& expected, const Object& actual, std::size_t position) {
  const auto& wanted = expected.values[position];
  const auto& found = actual.values[position];
  const auto& attribute = expected.kind->attributes[position];
  if (attribute.form == Attribute::Form::fault) return wanted.is_specified() && found.is_present();
  if (attribute.is_shortcoming && !found.is_present()) return false;
  if (attribute.is_detail && !(wanted.is_present() && found.is_present())) return false;
  return attribute.form != Attribute::Form::directive && wanted.is_specified() &&
         found.is_specified() && wanted != found &&
         !are_alike(attribute, {expected, actual, wanted, found});
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

/// The relation it is part of, if that is expected and not there: the rest is a consequence.
const Object* missing_relation(const Object& object, const Schema& expected, const Schema& actual) {
  if (object.name.relation.empty()) return nullptr;
  const auto* relation = expected.relation(object.name.schema, object.name.relation);
  return relation && !actual.find(*relation->kind, relation->name) ? relation : nullptr;
}

Finding whole_object(const Object& expected, Judgement judgement) {
  Finding finding;
  finding.kind = expected.kind;
  finding.name = expected.name;
  finding.judgement = std::move(judgement);
  finding.expected = std::make_shared<const Object>(expected);
  finding.where = expected.where;
  return finding;
}

Judgement judge_missing(const Object& expected) {
  if (expected.kind->judge_missing) return expected.kind->judge_missing(expected);
  return {.sort = Sort::missing, .consent = Consent::add};
}

void compare_object(const Object& wanted, const Schema& expected, const Schema& actual,
                    Comparison& comparison) {
  if (missing_relation(wanted, expected, actual)) {
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

/// Objects that were found to be, or may turn out to be, an expected one under another name.
std::set<std::pair<const Kind*, Name>> named_otherwise(const Comparison& comparison) {
  std::set<std::pair<const Kind*, Name>> names;
  for (const auto& finding : comparison.findings)
    if (!finding.attribute && finding.actual)
      names.emplace(finding.actual->kind, finding.actual->name);
  for (const auto& lookalikes : comparison.lookalikes)
    for (const auto* candidate : lookalikes.candidates)
      names.emplace(candidate->kind, candidate->name);
  return names;
}

/// Part of a relation that is extra itself, or has the name of an expected one of another kind.
bool is_of_an_extra(const Object& object, const Schema& expected, const Schema& actual) {
  if (object.name.relation.empty()) return false;
  const auto* own = actual.relation(object.name.schema, object.name.relation);
  return own ? !expected.find(*own->kind, own->name)
             : !expected.relation(object.name.schema, object.name.relation);
}

/// Everything of the relation that is extra itself says no more than the relation does.
void find_extras(const Schema& expected, const Schema& actual, Comparison& comparison) {
  const auto named = named_otherwise(comparison);
  for (const auto& object : actual.objects()) {
    if (expected.find(*object.kind, object.name) || named.contains({object.kind, object.name}))
      continue;
    if (!is_of_an_extra(object, expected, actual)) comparison.findings.push_back(extra(object));
  }
}

}  // namespace

Comparison compare(const Schema& expected, const Schema& actual, Extent extent) {
  Comparison comparison;
  for (const auto& object : expected.objects())
    compare_object(object, expected, actual, comparison);
  if (extent == Extent::complete) find_extras(expected, actual, comparison);
  return comparison;
}

Finding difference(const Object& expected, const Object& actual, std::size_t attribute) {
  auto finding = whole_object(expected, {});
  finding.judgement = expected.kind->attributes[attribute].judge(
      {expected, actual, expected.values[attribute], actual.values[attribute]});
  finding.attribute = attribute;
  finding.actual = std::make_shared<const Object>(actual);
  return finding;
}

Finding extra(const Object& actual) {
  Finding finding;
  finding.kind = actual.kind;
  finding.name = actual.name;
  finding.judgement = actual.kind->judge_extra ? actual.kind->judge_extra(actual)
                                               : Judgement{.sort = Sort::extra,
                                                           .consent = Consent::drop,
                                                           .weight = Weight::information,
                                                           .reason = "it is not expected"};
  finding.actual = std::make_shared<const Object>(actual);
  return finding;
}

Finding missing(const Object& expected) {
  return whole_object(expected, judge_missing(expected));
}

Finding under_another_name(const Object& expected, const Object& same) {
  auto finding = whole_object(
      expected,
      {.sort = Sort::missing,
       .consent = expected.kind->renaming && !expected.any_name ? Consent::alter : Consent::never,
       .weight = Weight::information,
       .reason = fmt::format("it is there under the name {}", text::visible(same.name.name))});
  finding.actual = std::make_shared<const Object>(same);
  return finding;
}

bool equal(const Object& expected, const Object& actual) {
  for (std::size_t position = 0; position < expected.values.size(); ++position)
    if (differs(expected, actual, position)) return false;
  return true;
}

bool agree(const Object& expected, const Object& actual, std::size_t attribute) {
  return !differs(expected, actual, attribute);
}

}  // namespace pgmend::engine
