// SPDX-License-Identifier: MIT
#include "engine/creation.hpp"

#include <algorithm>
#include <utility>

#include "model/definition.hpp"

namespace pgmend::engine {

namespace {

bool is_part(const Finding& finding, const Finding& owner) {
  return finding.consequence && owner.expected && finding.name.is_part_of(owner.name);
}

}  // namespace

std::vector<std::size_t> Creation::parts_of(const Finding& owner) const {
  std::vector<std::size_t> parts;
  for (const auto i : m_by_relation.near(owner.name))
    if (is_part(m_findings[i], owner) && m_findings[i].kind->element) parts.push_back(i);
  std::stable_sort(parts.begin(), parts.end(), [&](std::size_t a, std::size_t b) {
    return place(m_findings[a].kind) < place(m_findings[b].kind);
  });
  return parts;
}

std::vector<std::string> Creation::elements_of(const std::vector<std::size_t>& parts) const {
  std::vector<std::string> elements;
  for (const auto part : parts) {
    const auto& finding = m_findings[part];
    if (is_element(*finding.expected)) elements.push_back(finding.kind->element(*finding.expected));
  }
  return elements;
}

std::vector<std::string> Creation::after_elements_of(const std::vector<std::size_t>& parts,
                                                     const Facts& facts) const {
  std::vector<std::string> statements;
  for (const auto part : parts) {
    const auto& finding = m_findings[part];
    if (!finding.kind->after_element) continue;
    for (auto& statement : finding.kind->after_element(*finding.expected, facts))
      statements.push_back(std::move(statement));
  }
  return statements;
}

std::ptrdiff_t Creation::place(const Kind* kind) const {
  return std::find(m_input.kinds.begin(), m_input.kinds.end(), kind) - m_input.kinds.begin();
}

}  // namespace pgmend::engine
