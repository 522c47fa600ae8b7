// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/findings_by_relation.hpp"
#include "engine/planner.hpp"

namespace pgmend::engine {

/// Findings that become one step by being part of a relation that is created. Refers to all three.
class Creation {
 public:
  Creation(const PlanInput& input, const std::vector<Finding>& findings,
           const FindingsByRelation& by_relation)
      : m_input(input), m_findings(findings), m_by_relation(by_relation) {}

  /// The positions of the finding's parts that stand inside its own statement, in the order of the
  /// list of kinds, so that what names others comes after them.
  std::vector<std::size_t> parts_of(const Finding& owner) const;
  std::vector<std::string> elements_of(const std::vector<std::size_t>& parts) const;
  std::vector<std::string> after_elements_of(const std::vector<std::size_t>& parts,
                                             const Facts& facts) const;

 private:
  std::ptrdiff_t place(const Kind* kind) const;

  const PlanInput& m_input;
  const std::vector<Finding>& m_findings;
  const FindingsByRelation& m_by_relation;
};

}  // namespace pgmend::engine
