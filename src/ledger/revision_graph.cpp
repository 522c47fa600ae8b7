// SPDX-License-Identifier: MIT
#include "ledger/revision_graph.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/text.hpp"

namespace pgmend::ledger {

RevisionGraph::RevisionGraph(std::vector<Revision> revisions) : m_revisions(std::move(revisions)) {
  link();
  order();
}

void RevisionGraph::link() {
  for (const auto& revision : m_revisions) {
    const auto [known, is_new] = m_by_id.emplace(revision.id, &revision);
    if (!is_new)
      m_faults.push_back(fmt::format("revision {} is in two files: {} and {}", revision.id,
                                     known->second->where.file, revision.where.file));
    for (const auto& label : revision.labels) m_by_label.emplace(label, revision.id);
  }
  for (const auto& revision : m_revisions)
    for (const auto& id : before(revision))
      if (!m_by_id.contains(id))
        m_faults.push_back(fmt::format("{}: revision {} comes after {}, which no file has",
                                       display(revision.where), revision.id, id));
}

/// `depends_on` may name a branch, or a revision within one.
std::vector<std::string> RevisionGraph::before(const Revision& revision) const {
  auto ids = revision.parents;
  for (const auto& need : revision.needs) {
    const auto label = m_by_label.find(need);
    ids.push_back(label == m_by_label.end() ? need.substr(need.find('@') + 1) : label->second);
  }
  return ids;
}

void RevisionGraph::order() {
  // In the order of their files as long as that agrees with the graph: a round takes what has all
  // of its predecessors.
  std::set<std::string> done;
  std::vector<const Revision*> waiting;
  for (const auto& [id, revision] : m_by_id) waiting.push_back(revision);
  std::sort(waiting.begin(), waiting.end(), [](const auto* a, const auto* b) { return a < b; });
  while (!waiting.empty()) {
    std::vector<const Revision*> later;
    for (const auto* revision : waiting) {
      const auto needed = before(*revision);
      const bool ready = std::all_of(needed.begin(), needed.end(), [&](const std::string& id) {
        return done.contains(id) || !m_by_id.contains(id);
      });
      if (!ready) {
        later.push_back(revision);
        continue;
      }
      m_ordered.push_back(revision);
      done.insert(revision->id);
    }
    if (later.size() == waiting.size()) {
      std::vector<std::string> ids;
      for (const auto* revision : later) ids.push_back(revision->id);
      m_faults.push_back("these revisions follow each other in a circle: " + text::join(ids, ", "));
      return;
    }
    waiting = std::move(later);
  }
}

std::vector<std::string> RevisionGraph::heads() const {
  std::set<std::string> followed;
  for (const auto& revision : m_revisions)
    followed.insert(revision.parents.begin(), revision.parents.end());
  std::vector<std::string> heads;
  for (const auto* revision : m_ordered)
    if (!followed.contains(revision->id)) heads.push_back(revision->id);
  return heads;
}

const Revision* RevisionGraph::find(const std::string& id) const {
  const auto found = m_by_id.find(id);
  return found == m_by_id.end() ? nullptr : found->second;
}

std::set<std::string> RevisionGraph::with_ancestors(const std::vector<std::string>& ids) const {
  std::set<std::string> all;
  std::vector<std::string> open = ids;
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    const auto* revision = find(id);
    if (!revision || !all.insert(id).second) continue;
    for (const auto& next : before(*revision)) open.push_back(next);
  }
  return all;
}

bool RevisionGraph::is_free_of(const std::set<std::string>& ids,
                               const std::string& revision) const {
  const auto line = with_ancestors({revision});
  return std::none_of(line.begin(), line.end(),
                      [&](const std::string& id) { return ids.contains(id); });
}

}  // namespace pgmend::ledger
