// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "engine/inspect.hpp"
#include "model/finding.hpp"

namespace pgmend::engine {

/// Where the findings on each relation and its parts stand: where most of a large schema is
/// missing, nothing may look through all of them for each. Refers to the findings; what is added
/// to them later is not in it.
class FindingsByRelation {
 public:
  explicit FindingsByRelation(const std::vector<Finding>& findings);

  /// The positions, in their order, of those on the relation that the named object is, or is part
  /// of.
  const std::vector<std::size_t>& near(const Name& name) const;
  /// Of the finding on the expected relation that the part belongs to, as a whole; nothing if there
  /// is none.
  std::optional<std::size_t> owner_of(const Finding& part) const;
  /// The first that is the same (Finding::same_as); null if none is.
  const Finding* same_as(const Finding& finding) const;

 private:
  const std::vector<Finding>& m_findings;
  std::map<RelationName, std::vector<std::size_t>> m_positions;
};

}  // namespace pgmend::engine
