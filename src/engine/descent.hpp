// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/findings_by_relation.hpp"
#include "model/kind.hpp"
#include "model/report.hpp"

namespace pgmend::engine {

/// Whether this part of a relation comes and goes with the same part of its parent
/// (Kind::follows_parent).
bool follows_parent(const Object& part, const Object& relation);
/// The same where the relation is one of this schema; false if it is not there.
bool follows_parent(const Object& part, const Schema& schema);

/// Which findings on parts of a child or partition are settled by the statement that settles the
/// same finding on its parent: the server carries it down (documentation, section 5.10,
/// "Inheritance").
class Descent {
 public:
  /// The findings live as long as this. A relation's parents are those of its own sort that it
  /// rests on.
  Descent(const std::vector<Finding>& findings, const FindingsByRelation& by_relation,
          const Schema& actual);

  /// The same finding on the parent, if that settles this one.
  std::optional<std::size_t> leader_of(std::size_t finding) const;

 private:
  std::optional<std::size_t> find_leader(std::size_t finding, const FindingsByRelation& by_relation,
                                         const Schema& actual) const;

  const std::vector<Finding>& m_findings;
  std::map<std::size_t, std::size_t> m_leaders;
};

/// The relations of the same sort that this one inherits from, or is a partition of.
std::vector<Name> parents_of(const Object& relation);

}  // namespace pgmend::engine
