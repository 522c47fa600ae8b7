// SPDX-License-Identifier: MIT
#include "app/migrations/traces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ledger/presence.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

using ledger::Presence;

std::string words_of(const ledger::Deed& deed) {
  if (deed.name.empty()) return deed.table;
  return deed.table.empty() ? deed.name : deed.table + "." + deed.name;
}

/// "a, b and 7 more are": a revision may make hundreds of columns.
std::string list_of(const std::vector<std::string>& names) {
  return text::first_of(names) + (names.size() == 1 ? " is" : " are");
}

}  // namespace

std::string Traces::line() const {
  auto words = fmt::format("{}: {} there", revision->id, list_of(there));
  if (!missing.empty()) words += fmt::format("; {} missing", list_of(missing));
  return words;
}

std::vector<Traces> find_traces(pg::Connection& connection, const ledger::AlembicHistory& history,
                                const Ledger& ledger, const std::string& schema) {
  // What an applied revision made as well says nothing of a later one.
  std::set<std::pair<std::string, std::string>> known;
  for (const auto& id : history.graph().with_ancestors(ledger.recorded))
    for (const auto& deed : history.made_by(id)) known.emplace(deed.table, deed.name);
  std::vector<Traces> all;
  std::vector<ledger::Deed> deeds;
  std::vector<std::size_t> makers;  // parallel to deeds: whose they are, as a position in `all`
  for (const auto& revision : ledger.pending) {
    for (const auto& deed : history.made_by(revision.id))
      if (known.emplace(deed.table, deed.name).second) {
        deeds.push_back(deed);
        makers.push_back(all.size());
      }
    all.push_back({&revision, {}, {}});
  }
  const auto presence = ledger::look_for(connection, deeds, schema);
  for (std::size_t i = 0; i < deeds.size(); ++i) {
    auto& traces = all[makers[i]];
    const auto words = words_of(deeds[i]);
    const bool is_invalid = presence[i] == Presence::invalid;
    traces.has_invalid = traces.has_invalid || is_invalid;
    if (presence[i] == Presence::missing) {
      traces.missing.push_back(words);
      continue;
    }
    traces.there.push_back(is_invalid ? words + " (INVALID)" : words);
    traces.collides = traces.collides || !deeds[i].if_missing;
  }
  return all;
}

std::string best_match(const std::vector<Traces>& all, const ledger::AlembicHistory& history) {
  std::set<std::string> incomplete;
  std::string best;
  for (const auto& traces : all)
    if (!traces.is_complete()) incomplete.insert(traces.revision->id);
  for (const auto& traces : all)
    if (!traces.there.empty() && history.graph().is_free_of(incomplete, traces.revision->id))
      best = traces.revision->id;
  return best;
}

void count_shortfall(pg::Connection& connection, const ledger::AlembicHistory& history,
                     Standing& standing, const Pass& pass, const std::string& schema) {
  standing.shortfall.clear();
  if (standing.incomplete.empty()) return;
  const auto& revision = standing.incomplete.front();
  const auto is_its = [&](const Finding& finding) {
    return finding.is_drift() && finding.origin && finding.origin->revision == revision &&
           finding.judgement.sort != Sort::different && finding.judgement.sort != Sort::extra;
  };
  const auto is_there = [](const Finding& finding) {
    return finding.attribute || finding.judgement.sort == Sort::broken;
  };
  const auto deeds = history.made_by(revision);
  const auto presence = ledger::look_for(connection, deeds, schema);
  const auto gone = std::count(presence.begin(), presence.end(), Presence::missing);
  if (gone > 0 && gone == std::ssize(presence)) return;
  const auto& findings = pass.findings;
  const auto lacking = std::count_if(findings.begin(), findings.end(), is_its);
  const bool only_missing = std::none_of(
      findings.begin(), findings.end(), [&](const Finding& f) { return is_its(f) && is_there(f); });
  // What is made by SQL that no rule reads is not counted.
  const auto whole = std::max(lacking, std::ssize(deeds));
  const auto of_all = deeds.empty() ? fmt::format("{} of what", lacking)
                                    : fmt::format("{} of the {} things that", lacking, whole);
  standing.shortfall =
      fmt::format("{} {} makes {} {}", of_all, revision, lacking == 1 ? "is" : "are",
                  only_missing ? "missing" : "not whole");
}

}  // namespace pgmend::app
