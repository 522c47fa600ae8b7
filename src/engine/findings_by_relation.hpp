// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <string>
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

  /// Positions, in their order.
  const std::vector<std::size_t>& of(const std::string& schema, const std::string& relation) const;
  /// Those on the relation that the named object is, or is part of.
  const std::vector<std::size_t>& near(const Name& name) const {
    return of(name.schema, name.group());
  }
  /// The first that is the same (Finding::same_as); null if none is.
  const Finding* same_as(const Finding& finding) const;

 private:
  const std::vector<Finding>& m_findings;
  std::map<RelationName, std::vector<std::size_t>> m_positions;
};

}  // namespace pgmend::engine
