// SPDX-License-Identifier: MIT
#include "engine/findings_by_relation.hpp"

namespace pgmend::engine {

FindingsByRelation::FindingsByRelation(const std::vector<Finding>& findings)
    : m_findings(findings) {
  // Those of a relation mostly stand together.
  std::vector<std::size_t>* positions = nullptr;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const auto& name = findings[i].name;
    const auto* before = i > 0 ? &findings[i - 1].name : nullptr;
    if (!before || before->schema != name.schema || before->group() != name.group())
      positions = &m_positions[{name.schema, name.group()}];
    positions->push_back(i);
  }
}

const std::vector<std::size_t>& FindingsByRelation::near(const Name& name) const {
  static const std::vector<std::size_t> k_none;
  const auto found = m_positions.find({name.schema, name.group()});
  return found == m_positions.end() ? k_none : found->second;
}

std::optional<std::size_t> FindingsByRelation::owner_of(const Finding& part) const {
  for (const auto position : near(part.name)) {
    const auto& owner = m_findings[position];
    if (owner.expected && !owner.attribute && part.name.is_part_of(owner.name)) return position;
  }
  return std::nullopt;
}

const Finding* FindingsByRelation::same_as(const Finding& finding) const {
  for (const auto position : near(finding.name))
    if (m_findings[position].same_as(finding)) return &m_findings[position];
  return nullptr;
}

}  // namespace pgmend::engine
