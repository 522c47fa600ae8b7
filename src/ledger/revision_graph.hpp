// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/ledger.hpp"

namespace pgmend::ledger {

/// Revisions by what they follow (Alembic documentation, "Working with Branches").
class RevisionGraph {
 public:
  explicit RevisionGraph(std::vector<Revision> revisions);
  RevisionGraph(RevisionGraph&&) noexcept = default;  // what points into the vector stays valid
  RevisionGraph& operator=(RevisionGraph&&) noexcept = default;
  RevisionGraph(const RevisionGraph&) = delete;
  RevisionGraph& operator=(const RevisionGraph&) = delete;
  ~RevisionGraph() = default;

  /// Two files of one revision, a revision that follows none that is there, a cycle: Alembic
  /// refuses to work with them, or works by chance.
  const std::vector<std::string>& faults() const { return m_faults; }
  /// Those that nothing follows, as `alembic heads`.
  std::vector<std::string> heads() const;
  const Revision* find(const std::string& id) const;
  /// Every revision behind those that it follows or waits for.
  const std::vector<const Revision*>& ordered() const { return m_ordered; }
  /// The revisions named and all that they follow or wait for. Unknown ones are left out.
  std::set<std::string> with_ancestors(const std::vector<std::string>& ids) const;

  /// Whether neither the revision nor any that it follows or waits for is among these.
  bool is_free_of(const std::set<std::string>& ids, const std::string& revision) const;

 private:
  void link();
  void order();
  std::vector<std::string> before(const Revision& revision) const;

  std::vector<Revision> m_revisions;
  std::map<std::string, const Revision*> m_by_id;
  std::map<std::string, std::string> m_by_label;
  std::vector<const Revision*> m_ordered;
  std::vector<std::string> m_faults;
};

}  // namespace pgmend::ledger
