// SPDX-License-Identifier: MIT
#include "report/groups.hpp"

#include <set>

#include "model/kind.hpp"

namespace pgmend::report {

Groups::Groups(const Report& report) {
  std::set<std::pair<const Kind*, Name>> wrong;
  for (const auto& finding : report.findings) wrong.emplace(finding.kind, finding.name);
  for (const auto& checked : report.checked->objects()) {
    auto& group = of(*checked.kind, checked.name);
    if (!wrong.contains({checked.kind, checked.name})) group.correct.push_back(&checked);
  }
  for (const auto& finding : report.findings)
    of(*finding.kind, finding.name).findings.push_back(&finding);
}

Group& Groups::of(const Kind& kind, const Name& name) {
  const bool is_relation = kind.home == Kind::Home::relation;
  const auto [known, is_new] = m_positions.try_emplace(
      {is_relation ? nullptr : &kind, name.schema, name.group()}, m_all.size());
  if (is_new) m_all.push_back({Name{name.schema, "", name.group()}, is_relation, nullptr, {}, {}});
  auto& group = m_all[known->second];
  if (name.relation.empty()) group.kind = &kind;
  return group;
}

}  // namespace pgmend::report
