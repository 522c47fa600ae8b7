// SPDX-License-Identifier: MIT
#include "app/pass.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/version_table.hpp"
#include "engine/ask.hpp"
#include "engine/catalog_query.hpp"
#include "engine/compare.hpp"
#include "engine/inspect.hpp"
#include "engine/lookaround.hpp"
#include "engine/second_opinion.hpp"
#include "kinds/kinds.hpp"
#include "model/spec_error.hpp"

namespace pgmend::app {

namespace {

using engine::RelationName;

engine::Selection selection_of(const Expectation& expectation) {
  engine::Selection selection;
  selection.everything = expectation.complete != nullptr;
  for (const auto& relation : expectation.declarations.relations)
    selection.relations.emplace_back(relation.self.name.schema, relation.self.name.name);
  return selection;
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
                             const Schema& expected, const Schema& actual, engine::Extent extent) {
  auto comparison = engine::compare(expected, actual, extent);
  auto opinions =
      engine::second_opinion(connection, input.kinds, actual, comparison, input.lock_timeout);
  auto findings = std::move(comparison.findings);
  for (auto& opinion : opinions) findings.push_back(std::move(opinion));
  if (input.strict) make_extras_drift(findings, actual);
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

namespace {

/// Some of it is compared when asked for.
bool is_compared(Kinds kinds, const std::string& what) {
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](const Kind* kind) { return kind->plural == what; });
}

std::vector<Unmodelled> read_unmodelled(pg::Connection& connection, Kinds kinds) {
  const auto result = connection.query(
      engine::render_catalog_query(kinds::k_unmodelled_query, connection.server_major(), false));
  std::vector<Unmodelled> all;
  for (int row = 0; row < result.rows(); ++row)
    if (!is_compared(kinds, result.str(row, "what")))
      all.push_back({result.str(row, "what"), result.integer(row, "count")});
  return all;
}

/// What the declared texts come to on the target's server.
void ask(pg::Connection& connection, const PassInput& input,
         const std::vector<engine::HeldRelation>& held, Pass& pass,
         std::vector<engine::Unasked>& unasked) {
  const auto declarations =
      without_held(input.expectation.declarations, held, input.kinds, pass.findings);
  auto answer = engine::ask(connection, input.kinds, declarations, pass.actual, input.lock_timeout);
  if (!answer.faults.empty()) throw SpecError(std::move(answer.faults));
  pass.expected = std::make_shared<Schema>(filtered(answer.expected, input.filter));
  unasked = std::move(answer.unasked);
}

}  // namespace

Pass run_pass(pg::Connection& connection, const PassInput& input) {
  Pass pass;
  const bool complete = input.expectation.complete != nullptr;
  pass.is_partial = !complete;
  auto inspection = engine::inspect_target(connection, input.kinds, selection_of(input.expectation),
                                           input.lock_timeout);
  pass.actual = std::move(inspection.schema);
  std::vector<engine::Unasked> unasked;
  if (complete) {
    pass.actual = filtered(pass.actual, input.filter);
    pass.expected = input.expectation.complete;
  } else {
    ask(connection, input, inspection.held, pass, unasked);
  }
  for (const auto& object : pass.expected->objects())
    pass.checked.push_back({object.kind, object.name});
  for (auto& finding : compare(connection, input, *pass.expected, pass.actual,
                               complete ? engine::Extent::complete : engine::Extent::partial))
    pass.findings.push_back(std::move(finding));
  if (complete) pass.unmodelled = read_unmodelled(connection, input.kinds);
  engine::look_around(connection, *pass.expected, pass.findings);
  add_unasked(unasked, pass.findings, input.filter);
  return pass;
}

void make_extras_drift(std::vector<Finding>& findings, const Schema& actual) {
  for (auto& finding : findings)
    if (finding.judgement.sort == Sort::extra &&
        !is_version_table({finding.name.schema, "", finding.name.group()}, actual))
      finding.judgement.weight = Weight::drift;
}

std::vector<Finding> recheck(pg::Connection& connection, const PassInput& input,
                             const std::vector<const Finding*>& findings) {
  Schema expected;
  engine::Selection selection;
  for (const auto* finding : findings) {
    selection.add(finding->expected ? *finding->expected : *finding->actual);
    if (finding->expected) expected.add(*finding->expected);
  }
  const auto inspection =
      engine::inspect_target(connection, input.kinds, selection, input.lock_timeout);
  auto left = compare(connection, input, expected, inspection.schema, engine::Extent::partial);
  for (const auto* finding : findings)
    if (!finding->expected && inspection.schema.find(*finding->kind, finding->name))
      left.push_back(*finding);
  return left;
}

std::vector<Finding> confirmed(std::vector<Finding> second, const std::vector<Finding>& first) {
  std::erase_if(second, [&](const Finding& finding) {
    return std::none_of(first.begin(), first.end(),
                        [&](const Finding& other) { return finding.same_as(other); });
  });
  return second;
}

}  // namespace pgmend::app
