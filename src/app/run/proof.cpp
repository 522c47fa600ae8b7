// SPDX-License-Identifier: MIT
#include "app/run/proof.hpp"

#include <algorithm>

#include "engine/findings_by_relation.hpp"

namespace pgmend::app {

namespace {

/// Somebody else made it in the meantime, and not as it should be.
bool is_otherwise_wrong(const Finding& finding, const std::vector<Finding>& left,
                        const engine::FindingsByRelation& by_relation) {
  const auto& near = by_relation.near(finding.name);
  return finding.outcome == Outcome::failed &&
         std::any_of(near.begin(), near.end(), [&](std::size_t position) {
           const auto& other = left[position];
           return other.kind == finding.kind && other.name == finding.name && other.is_drift();
         });
}

}  // namespace

void settle_by(const std::vector<Finding>& left, std::vector<Finding>& findings) {
  const engine::FindingsByRelation by_relation(left);
  for (auto& finding : findings) {
    const auto* still = by_relation.same_as(finding);
    if (still && finding.is_settled()) {
      finding.outcome = Outcome::failed;
      finding.outcome_text = "it was repaired, but is gone again";
    } else if (still && finding.outcome == Outcome::open) {
      finding.judgement = still->judgement;  // what was repaired may have made it another matter
      finding.expected = still->expected;
      finding.actual = still->actual;
    } else if (!still && !finding.is_settled() && !is_otherwise_wrong(finding, left, by_relation)) {
      finding.outcome = Outcome::gone;
    }
  }
  std::vector<Finding> further;
  const engine::FindingsByRelation known(findings);
  for (const auto& finding : left)
    if (!known.same_as(finding)) further.push_back(finding);
  findings.insert(findings.end(), further.begin(), further.end());
}

}  // namespace pgmend::app
