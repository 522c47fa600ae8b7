// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/kind.hpp"
#include "model/report.hpp"

/// Parts of the model, made by hand.
namespace pgmend::test {

using Texts = std::map<std::string, std::string>;

/// An object with these attributes present and all others absent.
inline Object object(const Kind& kind, Name name, const Texts& values = {}) {
  Object made;
  made.kind = &kind;
  made.name = std::move(name);
  made.values = std::vector(kind.attributes.size(), Value::absent());
  for (const auto& [attribute, text] : values) made.set(attribute, Value::present(text));
  return made;
}

/// An object with nothing said about what is not among these attributes.
inline Object partial(const Kind& kind, Name name, const Texts& values = {}) {
  auto made = object(kind, std::move(name), values);
  for (std::size_t i = 0; i < made.values.size(); ++i)
    if (!made.values[i].is_present()) made.values.set(i, Value::unspecified());
  return made;
}

inline Schema schema(const std::vector<Object>& objects) {
  Schema made;
  for (const auto& each : objects) made.add(each);
  return made;
}

using Names = std::vector<std::pair<const Kind*, Name>>;

/// For the objects that a report says were checked: only their names count.
inline std::shared_ptr<const Schema> checked(const Names& names) {
  auto made = std::make_shared<Schema>();
  for (const auto& [kind, name] : names) made->add(object(*kind, name));
  return made;
}

inline Finding missing(const Object& expected) {
  Finding made;
  made.kind = expected.kind;
  made.name = expected.name;
  made.judgement = {.sort = Sort::missing, .consent = Consent::add};
  made.expected = std::make_shared<const Object>(expected);
  return made;
}

inline Finding different(const Object& expected, const Object& actual, std::string_view attribute,
                         Judgement judgement) {
  auto made = missing(expected);
  made.judgement = std::move(judgement);
  made.attribute = expected.kind->attribute_position(attribute);
  made.actual = std::make_shared<const Object>(actual);
  return made;
}

inline Finding with_outcome(Finding finding, Outcome outcome, std::string text = {},
                            std::string hint = {}) {
  finding.outcome = outcome;
  finding.outcome_text = std::move(text);
  finding.outcome_hint = std::move(hint);
  return finding;
}

/// One action of ALTER TABLE.
inline Stage action(std::string head, std::string statement) {
  Stage made;
  made.statements = {std::move(statement)};
  made.head = std::move(head);
  return made;
}

inline Step step(std::string relation, std::vector<std::size_t> findings,
                 std::vector<Stage> stages) {
  Step made;
  made.schema = "public";
  made.relation = std::move(relation);
  made.findings = std::move(findings);
  made.recipe.stages = std::move(stages);
  return made;
}

/// Every statement of a recipe, in order, with preconditions.
inline std::vector<std::string> all_sql(const Recipe& recipe) {
  std::vector<std::string> out;
  for (const auto& stage : recipe.stages)
    for (auto& statement : stage.sql()) out.push_back(statement);
  return out;
}

}  // namespace pgmend::test
