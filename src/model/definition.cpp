// SPDX-License-Identifier: MIT
#include "model/definition.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/kind.hpp"

namespace pgmend {

namespace {

/// A partial expectation may only say that it is there, and what could not be put before the server
/// says nothing.
bool is_known(const Object& object) {
  return std::any_of(object.values.begin(), object.values.end(),
                     [](const Value& value) { return value.is_present(); });
}

std::vector<std::string> elements_of(const Object& object, const Schema& side) {
  std::vector<std::string> elements;
  for (const auto* part : side.of_relation(object.name.schema, object.name.name)) {
    if (part->is_part_of(object) && is_element(*part))
      elements.push_back(part->kind->element(*part));
  }
  return elements;
}

Value value_of(std::string text) {
  return text.empty() ? Value::absent() : Value::present(std::move(text));
}

}  // namespace

std::string definition(const Object& object, const Schema& side) {
  const auto& kind = *object.kind;
  if (!is_known(object)) return "";
  if (kind.definition) return kind.definition(object);
  if (!kind.statement) return "";
  return kind.statement(
      object, object.is_relation() ? elements_of(object, side) : std::vector<std::string>());
}

bool is_fault(const Finding& finding) {
  return finding.attribute &&
         finding.kind->attributes[*finding.attribute].form == Attribute::Form::fault;
}

bool is_element(const Object& part) {
  const auto& kind = *part.kind;
  return kind.element && (!kind.is_element || kind.is_element(part));
}

bool is_told_by_owner(const Finding& finding) {
  return finding.consequence && is_missing(finding) && is_element(*finding.expected);
}

bool is_missing(const Finding& finding) {
  return finding.is_drift() && !finding.attribute && finding.expected && !finding.actual &&
         finding.judgement.sort == Sort::missing;
}

Value expected_of(const Finding& finding, const Schema& expected) {
  if (finding.attribute) return finding.expected_value();
  return finding.expected ? value_of(definition(*finding.expected, expected)) : Value::absent();
}

Value actual_of(const Finding& finding) {
  if (finding.attribute) return finding.actual_value();
  // What a relation of the other side is made of is not at hand.
  if (!finding.actual || finding.actual->is_relation()) return Value::absent();
  return value_of(definition(*finding.actual, {}));
}

}  // namespace pgmend
