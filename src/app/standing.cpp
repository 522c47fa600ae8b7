// SPDX-License-Identifier: MIT
#include "app/standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "app/errors.hpp"
#include "app/project.hpp"
#include "kinds/kinds.hpp"
#include "ledger/alembic_history.hpp"
#include "ledger/drizzle_journal.hpp"
#include "ledger/presence.hpp"
#include "ledger/version_tables.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

using Obstacle = Standing::Obstacle;
using ledger::Presence;

/// The first obstacle that is not overridden holds: the most specific ones come first.
void set_obstacle(Standing& standing, Obstacle obstacle, std::string reason, std::string remedy) {
  if (standing.forbids()) return;
  standing.obstacle = obstacle;
  standing.reason = std::move(reason);
  standing.remedy = std::move(remedy);
}

std::string ids_of(const std::vector<Revision>& revisions) {
  constexpr std::size_t k_shown = 4;
  std::vector<std::string> ids;
  for (const auto& revision : revisions) ids.push_back(revision.id);
  if (ids.size() <= k_shown) return text::join(ids, ", ");
  const auto more = ids.size() - k_shown;
  ids.resize(k_shown);
  return fmt::format("{} and {} more", text::join(ids, ", "), more);
}

std::string words_of(const ledger::Deed& deed) {
  if (deed.name.empty()) return deed.table;
  return deed.table.empty() ? deed.name : deed.table + "." + deed.name;
}

/// What the database has of one revision that is not recorded.
struct Traces {
  const Revision* revision;
  std::vector<std::string> there;
  std::vector<std::string> missing;

  std::string line() const {
    auto words = fmt::format("{}: {} {} there", revision->id, text::join(there, ", "),
                             there.size() == 1 ? "is" : "are");
    if (!missing.empty())
      words += fmt::format("; {} {} missing", text::join(missing, ", "),
                           missing.size() == 1 ? "is" : "are");
    return words;
  }
};

std::vector<Traces> find_traces(pg::Connection& connection, const ledger::AlembicHistory& history,
                                const Ledger& ledger) {
  // What an applied revision made as well says nothing of a later one.
  std::set<std::pair<std::string, std::string>> known;
  for (const auto& id : history.graph().with_ancestors(ledger.recorded))
    for (const auto& deed : history.made_by(id)) known.emplace(deed.table, deed.name);
  std::vector<Traces> all;
  for (const auto& revision : ledger.pending) {
    auto deeds = history.made_by(revision.id);
    std::erase_if(deeds,
                  [&](const auto& deed) { return !known.emplace(deed.table, deed.name).second; });
    const auto presence = ledger::look_for(connection, deeds);
    Traces traces{&revision, {}, {}};
    for (std::size_t i = 0; i < deeds.size(); ++i) {
      const auto words = words_of(deeds[i]);
      if (presence[i] == Presence::missing)
        traces.missing.push_back(words);
      else
        traces.there.push_back(presence[i] == Presence::invalid ? words + " (INVALID)" : words);
    }
    all.push_back(std::move(traces));
  }
  return all;
}

/// The last of them whose objects, and those of all before it, are all there.
std::string best_match(const std::vector<Traces>& all, const ledger::AlembicHistory& history) {
  std::set<std::string> incomplete;
  std::string best;
  for (const auto& traces : all)
    if (!traces.missing.empty()) incomplete.insert(traces.revision->id);
  for (const auto& traces : all) {
    const auto line = history.graph().with_ancestors({traces.revision->id});
    const bool complete = std::none_of(
        line.begin(), line.end(), [&](const std::string& id) { return incomplete.contains(id); });
    if (complete && !traces.there.empty()) best = traces.revision->id;
  }
  return best;
}

void judge_traces(Standing& standing, const Ledger& ledger, std::vector<Traces> all,
                  const ledger::AlembicHistory& history) {
  const auto best = best_match(all, history);
  std::erase_if(all, [](const Traces& traces) { return traces.there.empty(); });
  if (all.empty()) return;
  for (const auto& traces : all) standing.evidence.push_back(traces.line());
  standing.consequence = "alembic upgrade fails: what it would create already exists";
  const auto& first = all.front();
  if (ledger.recorded.empty()) {
    standing.looks_like = best;
    const auto how = ledger.table.empty() ? "there is no version table"
                                          : fmt::format("{} is empty", ledger.table);
    return set_obstacle(
        standing, Obstacle::unclear,
        fmt::format("{}, but objects of {} are there", how, text::count(all.size(), "migration")),
        best.empty()
            ? "is this the right database? nothing of it was recorded by alembic"
            : fmt::format("if create_all made them, record it by hand: alembic stamp {}", best));
  }
  const auto reason = first.missing.empty()
                          ? fmt::format("{} is not recorded as applied, but all it makes is there",
                                        first.revision->id)
                          : fmt::format("{} is half-applied and not recorded", first.revision->id);
  const auto remedy = first.missing.empty()
                          ? fmt::format(
                                "alembic upgrade would fail on what is there (42701, "
                                "42P07); if it is right, record it by hand: alembic "
                                "stamp {}",
                                first.revision->id)
                          : fmt::format(
                                "alembic upgrade would fail on what is there (42701, "
                                "42P07): drop that and upgrade again, or complete it "
                                "(pgmend ensure --even-if-unclear) and record it by "
                                "hand: alembic stamp {}",
                                first.revision->id);
  set_obstacle(standing, Obstacle::unclear, reason, remedy);
}

void judge_pending(Standing& standing) {
  for (const auto& ledger : standing.ledgers)
    if (!ledger.pending.empty())
      set_obstacle(
          standing, Obstacle::pending,
          fmt::format("{} to run first: {}", text::count(ledger.pending.size(), "migration"),
                      ids_of(ledger.pending)),
          ledger.tool == "Alembic"
              ? "alembic upgrade head, or: pgmend migrate -- alembic upgrade head"
              : "run the migrations, then: pgmend ensure");
}

void judge_unknown(Standing& standing, const Ledger& ledger) {
  if (ledger.unknown.empty()) return;
  standing.consequence = fmt::format("alembic fails: Can't locate revision identified by '{}'",
                                     ledger.unknown.front());
  set_obstacle(standing, Obstacle::unclear,
               fmt::format("{} says {}, which no migration script has", ledger.table,
                           text::join(ledger.unknown, ", ")),
               "deploy the code that has it, or correct the row by hand; older code beside a newer "
               "database is well if nothing is missing: --even-if-unclear");
}

bool is_missing_table(const Finding& finding) {
  return finding.kind == &kinds::k_table && finding.judgement.sort == Sort::missing &&
         !finding.attribute && finding.is_drift();
}

void judge_elsewhere(Standing& standing, const Pass& pass) {
  for (const auto& finding : pass.findings)
    if (is_missing_table(finding) && finding.judgement.elsewhere)
      set_obstacle(standing, Obstacle::unclear,
                   fmt::format("table {} stands in schema {}: search_path?", display(finding.name),
                               finding.judgement.elsewhere->schema),
                   "compare the search_path of the migrations' role and database "
                   "(pg_db_role_setting) with that of the application");
}

/// Whoever says `create: true`, says that the table may be missing.
bool may_be_created(const Finding& finding, bool is_partial) {
  return is_partial && finding.judgement.consent == Consent::add;
}

void judge_count(Standing& standing, const Pass& pass, bool is_partial) {
  const auto expected = std::count_if(pass.checked.begin(), pass.checked.end(),
                                      [](const Checked& c) { return c.kind == &kinds::k_table; });
  const auto missing =
      std::count_if(pass.findings.begin(), pass.findings.end(), [&](const Finding& finding) {
        return is_missing_table(finding) && !may_be_created(finding, is_partial);
      });
  if (missing < 2 || missing * 2 <= expected) return;
  set_obstacle(standing, Obstacle::unclear,
               fmt::format("{} of {} expected tables are missing: is this the right database?",
                           missing, expected),
               "check the connection named above; to create them all the same: pgmend ensure "
               "--even-if-unclear");
}

/// The tool would run it again, and find in its way what a repair has created.
void judge_troubles(Standing& standing, const Pass& pass) {
  if (!pass.has_drift()) return;
  for (const auto& ledger : standing.ledgers)
    if (!ledger.troubles.empty() && ledger.tool != "Drizzle")
      set_obstacle(
          standing, Obstacle::unclear,
          fmt::format("{} has a migration that failed: {}", ledger.table, ledger.troubles.front()),
          fmt::format("settle it with {}, then: pgmend ensure", ledger.tool));
}

}  // namespace

MigrationSearch usual_places() {
  MigrationSearch search;
  const auto here = std::filesystem::current_path();
  search.folders.push_back(here);
  if (const auto spec = find_spec(here); spec && spec->parent_path() != here)
    search.folders.push_back(spec->parent_path());
  return search;
}

Migrations::Migrations(MigrationSearch search) : m_search(std::move(search)) {
  if (m_search.folders.empty()) return;
  auto named = m_search.alembic_config;
  if (const char* variable = std::getenv("ALEMBIC_CONFIG"); variable && !named) named = variable;
  try {
    if (const auto config = ledger::find_alembic_config(named, m_search.folders))
      m_alembic = std::make_unique<const ledger::AlembicHistory>(
          ledger::read_alembic_scripts(*config, m_search.folders.front()), m_search.version_table);
  } catch (const std::runtime_error& error) {
    if (m_search.alembic_config)
      throw UsageError(error.what(), "name the project's alembic.ini with --alembic-config FILE");
    m_config_fault = error.what();
  }
}

Migrations::~Migrations() = default;

std::optional<SourceLocation> Migrations::early_statement() const {
  return m_alembic ? m_alembic->early_statement() : std::nullopt;
}

Standing Migrations::read(pg::Connection& connection) const {
  Standing standing;
  standing.goes_on_if_pending = m_search.even_if_pending;
  standing.goes_on_if_unclear = m_search.even_if_unclear;
  if (m_search.folders.empty()) return standing;
  standing.ledgers = ledger::read_version_tables(connection);
  ledger::hold_drizzle(standing.ledgers, m_search.folders);
  const bool has_alembic = std::any_of(standing.ledgers.begin(), standing.ledgers.end(),
                                       [](const Ledger& l) { return l.tool == "Alembic"; });
  if (m_config_fault && has_alembic) standing.ledgers.front().faults.push_back(*m_config_fault);
  if (m_alembic) m_alembic->hold(standing.ledgers);
  compare_with_scripts(connection, standing);
  judge_pending(standing);
  return standing;
}

void Migrations::compare_with_scripts(pg::Connection& connection, Standing& standing) const {
  for (const auto& ledger : standing.ledgers) {
    if (ledger.faults.empty()) continue;
    standing.evidence = ledger.faults;
    standing.consequence = fmt::format("{} cannot work with it either", ledger.tool);
    return set_obstacle(standing, Obstacle::unclear,
                        "the migrations cannot be read: " + ledger.faults.front(),
                        "mend that first: it is not known what is pending");
  }
  if (!m_alembic) return;
  const auto& ledger = standing.ledgers.front();
  judge_unknown(standing, ledger);
  if (!ledger.pending.empty() && ledger.unknown.empty())
    judge_traces(standing, ledger, find_traces(connection, *m_alembic, ledger), *m_alembic);
}

void Migrations::judge(Standing& standing, Pass& pass) const {
  if (m_alembic) {
    const auto& graph = m_alembic->graph();
    const auto applied = graph.with_ancestors(standing.ledgers.front().recorded);
    std::set<std::string> incomplete;
    for (auto& finding : pass.findings) {
      if (!finding.is_drift()) continue;
      finding.origin = m_alembic->origin_of(finding, applied);
      if (finding.origin && finding.origin->is_applied &&
          finding.judgement.sort != Sort::different && finding.judgement.sort != Sort::extra)
        incomplete.insert(finding.origin->revision);
    }
    standing.incomplete.clear();
    for (const auto* revision : graph.ordered()) {
      if (incomplete.contains(revision->id)) standing.incomplete.push_back(revision->id);
      if (incomplete.empty() || !applied.contains(revision->id)) continue;
      const auto line = graph.with_ancestors({revision->id});
      if (std::none_of(line.begin(), line.end(),
                       [&](const std::string& id) { return incomplete.contains(id); }))
        standing.looks_like = revision->id;
    }
  }
  judge_elsewhere(standing, pass);
  judge_count(standing, pass, pass.is_partial);
  judge_troubles(standing, pass);
}

}  // namespace pgmend::app
