// SPDX-License-Identifier: MIT
#include "engine/second_opinion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/ask_relation.hpp"
#include "engine/twin.hpp"

namespace pgmend::engine {

namespace {

/// The relation that the object is part of, as it is.
const Object* relation_of(const Object& object, const Schema& actual) {
  for (const auto* member : actual.of_relation(object.name.schema, object.name.group()))
    if (member->name.relation.empty() && member->name.name == object.name.group()) return member;
  return nullptr;
}

/// The object as it reads back after one more round through the server. Two spellings that a
/// dump and reload would make one are one afterwards.
std::optional<Object> reread(ProbeTransaction& probe, const Schema& actual, const Object& object) {
  const pg::Savepoint scope(probe.connection());
  const auto* relation = relation_of(object, actual);
  if (!relation) return std::nullopt;
  probe.deparse();
  auto elements = twin_elements(actual, relation->name, {object.name});
  const bool is_element = object.kind->element != nullptr;
  if (is_element) elements.push_back(object.kind->element(object));
  probe.create_twin(*relation, elements);
  if (!is_element) probe.connection().query(object.kind->statement(on_twin(object), {}));
  const auto read = probe.read_twins({{relation->name.schema, relation->name.name}});
  const auto* found = read.find(*object.kind, object.name);
  return found ? std::optional(*found) : std::nullopt;
}

/// Two expressions that are not volatile and give the same value at the same moment, such as now()
/// and CURRENT_TIMESTAMP: worth a remark, not an alarm. A volatile one is never evaluated: that
/// could have effects. Whether it is shows in whether adding it rewrites the twin.
bool same_value(ProbeTransaction& probe, const Schema& actual, const Doubt& doubt) {
  if (!doubt.expected->kind->may_rewrite) return false;
  for (const auto* side : {doubt.expected, doubt.actual})
    if (rewrites_relation(probe, actual, *side)) return false;
  const pg::Savepoint scope(probe.connection());
  probe.deparse();
  const auto result =
      probe.connection().query(fmt::format("SELECT ({}) IS NOT DISTINCT FROM ({}) AS same",
                                           doubt.expected->values[doubt.attribute].text(),
                                           doubt.actual->values[doubt.attribute].text()));
  return result.boolean(0, "same");
}

std::optional<Finding> settle(ProbeTransaction& probe, const Schema& actual, const Doubt& doubt) {
  const auto expected = reread(probe, actual, *doubt.expected);
  const auto found = reread(probe, actual, *doubt.actual);
  if (expected && found && expected->values[doubt.attribute] == found->values[doubt.attribute])
    return std::nullopt;
  auto finding = difference(*doubt.expected, *doubt.actual, doubt.attribute);
  if (same_value(probe, actual, doubt)) {
    finding.judgement.weight = Weight::information;
    finding.judgement.reason = "written differently, the value is the same";
  }
  return finding;
}

Finding unconfirmed(const Doubt& doubt, const std::string& reason) {
  auto finding = difference(*doubt.expected, *doubt.actual, doubt.attribute);
  finding.judgement.weight = Weight::unconfirmed;
  finding.judgement.reason = "the texts differ, and the server could not be asked: " + reason;
  return finding;
}

}  // namespace

std::vector<Finding> second_opinion(pg::Connection& connection, Kinds kinds, const Schema& actual,
                                    const std::vector<Doubt>& doubts,
                                    std::chrono::milliseconds lock_timeout) {
  std::vector<Finding> findings;
  if (doubts.empty()) return findings;
  std::optional<ProbeTransaction> probe;
  std::string reason;
  try {
    probe.emplace(connection, kinds, std::vector<std::string>{}, lock_timeout);
  } catch (const pg::Error& error) {
    if (!connection.is_alive()) throw;
    reason = error.what();
  }
  for (const auto& doubt : doubts) {
    if (!probe) {
      findings.push_back(unconfirmed(doubt, reason));
      continue;
    }
    try {
      if (auto finding = settle(*probe, actual, doubt)) findings.push_back(std::move(*finding));
    } catch (const pg::Error& error) {
      if (!connection.is_alive()) throw;
      findings.push_back(unconfirmed(doubt, error.what()));
    }
  }
  return findings;
}

}  // namespace pgmend::engine
