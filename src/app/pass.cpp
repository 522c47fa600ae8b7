// SPDX-License-Identifier: MIT
#include "app/pass.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ask.hpp"
#include "engine/compare.hpp"
#include "engine/inspect.hpp"
#include "engine/lookaround.hpp"
#include "engine/second_opinion.hpp"
#include "model/spec_error.hpp"

namespace pgmend::app {

namespace {

using engine::RelationName;

std::vector<RelationName> names_of(const Declarations& declarations) {
  std::vector<RelationName> names;
  for (const auto& relation : declarations.relations)
    names.emplace_back(relation.self.name.schema, relation.self.name.name);
  return names;
}

const Kind* kind_of(Kinds kinds, const Section* section) {
  return *std::find_if(kinds.begin(), kinds.end(),
                       [&](const Kind* kind) { return kind->section == section; });
}

/// Takes relations that somebody holds locked out of the declarations; each becomes a finding.
Declarations without_held(Declarations declarations, const std::vector<engine::HeldRelation>& held,
                          Kinds kinds, std::vector<Finding>& findings) {
  std::erase_if(declarations.relations, [&](const Declarations::Relation& relation) {
    const auto& self = relation.self;
    const auto found = std::find_if(held.begin(), held.end(), [&](const auto& h) {
      return h.name == RelationName{self.name.schema, self.name.name};
    });
    if (found == held.end()) return false;
    Finding finding;
    finding.kind = kind_of(kinds, self.section);
    finding.name = self.name;
    finding.where = self.where;
    finding.judgement = {.sort = Sort::different,
                         .consent = Consent::never,
                         .weight = Weight::unconfirmed,
                         .reason =
                             "it is locked (ACCESS EXCLUSIVE, which blocks reads and writes) "
                             "by " +
                             found->holder,
                         .hint = "run again when that transaction has ended"};
    findings.push_back(std::move(finding));
    return true;
  });
  return declarations;
}

Schema accepted(const Schema& schema, const Filter& filter) {
  Schema out;
  for (const auto& object : schema.objects())
    if (filter.accepts(object)) out.add(object);
  return out;
}

/// A declaration that could not be put before the server is open; if its object is missing, it
/// must not be created from half a definition.
void add_unasked(const std::vector<engine::Unasked>& unasked, std::vector<Finding>& findings,
                 const Filter& filter) {
  for (const auto& [object, reason] : unasked) {
    if (!filter.accepts(object)) continue;
    const auto text = "its definition could not be put before the server: " + reason;
    bool is_missing = false;
    for (auto& finding : findings) {
      if (finding.kind != object.kind || finding.name != object.name || finding.attribute) continue;
      is_missing = true;
      finding.judgement.consent = Consent::never;
      finding.judgement.reason = text;
      finding.judgement.hint = "run ensure on the primary, as a role with the TEMP right";
    }
    if (is_missing) continue;
    Finding finding;
    finding.kind = object.kind;
    finding.name = object.name;
    finding.where = object.where;
    finding.judgement = {.sort = Sort::different,
                         .consent = Consent::never,
                         .weight = Weight::unconfirmed,
                         .reason = text,
                         .hint =
                             "it exists; to compare the rest, run as a role that may create "
                             "temporary tables, on a server that can be written to"};
    findings.push_back(std::move(finding));
  }
}

std::vector<Finding> compare(pg::Connection& connection, const PassInput& input,
                             const Schema& expected, const Schema& actual) {
  auto comparison = engine::compare(input.kinds, expected, actual);
  auto opinions =
      engine::second_opinion(connection, input.kinds, actual, comparison, input.lock_timeout);
  auto findings = std::move(comparison.findings);
  for (auto& opinion : opinions) findings.push_back(std::move(opinion));
  return findings;
}

}  // namespace

bool Pass::has_drift() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.is_drift(); });
}

bool Pass::is_open() const {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.judgement.weight == Weight::unconfirmed;
  });
}

Pass run_pass(pg::Connection& connection, const PassInput& input) {
  Pass pass;
  auto inspection = engine::inspect_target(connection, input.kinds, names_of(input.declarations),
                                           input.lock_timeout);
  pass.actual = std::move(inspection.schema);
  const auto declarations =
      without_held(input.declarations, inspection.held, input.kinds, pass.findings);
  auto answer = engine::ask(connection, input.kinds, declarations, pass.actual, input.lock_timeout);
  if (!answer.faults.empty()) throw SpecError(std::move(answer.faults));
  pass.expected = accepted(answer.expected, input.filter);
  for (const auto& object : pass.expected.objects())
    pass.checked.push_back({object.kind, object.name});
  for (auto& finding : compare(connection, input, pass.expected, pass.actual))
    pass.findings.push_back(std::move(finding));
  engine::look_around(connection, pass.findings);
  add_unasked(answer.unasked, pass.findings, input.filter);
  return pass;
}

std::vector<Finding> recheck(pg::Connection& connection, const PassInput& input,
                             const std::vector<Object>& expected) {
  Schema some;
  std::vector<RelationName> names;
  for (const auto& object : expected) {
    some.add(object);
    names.emplace_back(object.name.schema, object.name.group());
  }
  const auto inspection =
      engine::inspect_target(connection, input.kinds, names, input.lock_timeout);
  return compare(connection, input, some, inspection.schema);
}

std::vector<Finding> confirmed(std::vector<Finding> second, const std::vector<Finding>& first) {
  std::erase_if(second, [&](const Finding& finding) {
    return std::none_of(first.begin(), first.end(),
                        [&](const Finding& other) { return finding.same_as(other); });
  });
  return second;
}

}  // namespace pgmend::app
