// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/planner.hpp"

namespace pgmend::engine {

/// Findings that become one step by being part of a relation that is created. Refers to both.
class Creation {
 public:
  Creation(const PlanInput& input, const std::vector<Finding>& findings)
      : m_input(input), m_findings(findings) {}

  /// The positions of the finding's parts that stand inside its own statement, in the order of the
  /// list of kinds, so that what names others comes after them.
  std::vector<std::size_t> parts_of(const Finding& owner) const;
  std::vector<std::string> elements_of(const std::vector<std::size_t>& parts) const;
  std::vector<std::string> after_elements_of(const std::vector<std::size_t>& parts,
                                             const Facts& facts) const;

  static bool is_part(const Finding& finding, const Finding& owner) {
    return finding.consequence && owner.expected && finding.name.is_part_of(owner.name);
  }

 private:
  std::ptrdiff_t place(const Kind* kind) const;

  const PlanInput& m_input;
  const std::vector<Finding>& m_findings;
};

}  // namespace pgmend::engine
