// SPDX-License-Identifier: MIT
#include "engine/descent.hpp"

#include <algorithm>

namespace pgmend::engine {

bool follows_parent(const Object& part, const Object& relation) {
  return part.kind->follows_parent && part.kind->follows_parent(part, relation);
}

bool follows_parent(const Object& part, const Schema& schema) {
  if (!part.kind->follows_parent) return false;
  const auto* relation = schema.relation(part.name.schema, part.name.relation);
  return relation && follows_parent(part, *relation);
}

namespace {

/// On the part of that name of another relation.
bool is_same_on(const Name& parent, const Finding& other, const Finding& finding) {
  return other.kind == finding.kind && other.attribute == finding.attribute &&
         other.judgement.sort == finding.judgement.sort && !other.consequence &&
         other.name.is_part_of(parent) && other.name.name == finding.name.name;
}

bool is_settled_by(const Finding& parents, const Finding& finding, const Object& relation) {
  if (finding.attribute)
    return !finding.kind->attributes[*finding.attribute].is_own_in_children &&
           parents.expected_value() == finding.expected_value();
  const auto& part = finding.expected ? *finding.expected : *finding.actual;
  return follows_parent(part, relation);
}

}  // namespace

std::vector<Name> parents_of(const Object& relation) {
  std::vector<Name> parents;
  for (const auto& needed : relation.depends_on)
    if (needed.kind == relation.kind) parents.push_back(needed.name);
  return parents;
}

Descent::Descent(const std::vector<Finding>& findings, const FindingsByRelation& by_relation,
                 const Schema& actual)
    : m_findings(findings) {
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (const auto leader = find_leader(i, by_relation, actual)) m_leaders.emplace(i, *leader);
}

std::optional<std::size_t> Descent::find_leader(std::size_t finding,
                                                const FindingsByRelation& by_relation,
                                                const Schema& actual) const {
  const auto& its = m_findings[finding];
  if (its.name.relation.empty() || its.consequence) return std::nullopt;
  const auto* relation = actual.relation(its.name.schema, its.name.relation);
  if (!relation) return std::nullopt;
  for (const auto& parent : parents_of(*relation)) {
    const auto& near = by_relation.near(parent);
    const auto same = std::find_if(near.begin(), near.end(), [&](std::size_t other) {
      return is_same_on(parent, m_findings[other], its);
    });
    if (same != near.end() && is_settled_by(m_findings[*same], its, *relation)) return *same;
  }
  return std::nullopt;
}

std::optional<std::size_t> Descent::leader_of(std::size_t finding) const {
  const auto found = m_leaders.find(finding);
  return found == m_leaders.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace pgmend::engine
