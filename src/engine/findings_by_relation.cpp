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

const std::vector<std::size_t>& FindingsByRelation::of(const std::string& schema,
                                                       const std::string& relation) const {
  static const std::vector<std::size_t> k_none;
  const auto found = m_positions.find({schema, relation});
  return found == m_positions.end() ? k_none : found->second;
}

const Finding* FindingsByRelation::same_as(const Finding& finding) const {
  for (const auto position : near(finding.name))
    if (m_findings[position].same_as(finding)) return &m_findings[position];
  return nullptr;
}

}  // namespace pgmend::engine
