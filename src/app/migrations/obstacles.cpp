// SPDX-License-Identifier: MIT
#include "app/migrations/obstacles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "kinds/kinds.hpp"
#include "ledger/presence.hpp"
#include "ledger/tools.hpp"
#include "report/words.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

using Obstacle = Standing::Obstacle;

std::string ids_of(const std::vector<Revision>& revisions) {
  std::vector<std::string> ids;
  for (const auto& revision : revisions) ids.push_back(revision.id);
  return text::first_of(ids);
}

bool is_missing_table(const Finding& finding) {
  return finding.kind == &kinds::k_table && finding.judgement.sort == Sort::missing &&
         !finding.attribute && finding.is_drift();
}

/// Runs what is pending, and repairs what it left out.
std::string how_to_run(std::string_view tool, const std::string& folder) {
  const auto* known = ledger::find_tool(tool);
  if (!known || known->run.empty()) return "run the migrations, then: pgmend ensure";
  return "pgmend migrate -- " + text::replace_all(std::string(known->run), "{folder}", folder);
}

/// Whoever says `create: true`, says that the table may be missing.
bool may_be_created(const Finding& finding, bool is_partial) {
  return is_partial && finding.judgement.consent == Consent::add;
}

}  // namespace

void set_obstacle(Standing& standing, Obstacle obstacle, std::string reason, std::string remedy) {
  if (standing.forbids()) return;
  standing.obstacle = obstacle;
  standing.reason = std::move(reason);
  standing.remedy = std::move(remedy);
}

void judge_traces(Standing& standing, const Ledger& ledger, std::vector<Traces> all,
                  const ledger::AlembicHistory& history) {
  const auto best = best_match(all, history);
  std::erase_if(all, [](const Traces& traces) { return !traces.collides; });
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
  const auto reason = first.is_complete()
                          ? fmt::format("{} is not recorded as applied, but all it makes is there",
                                        first.revision->id)
                          : fmt::format("{} is half-applied and not recorded", first.revision->id);
  const auto remedy = first.is_complete()
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
          how_to_run(ledger.tool, ledger.scripts));
}

void judge_unknown(Standing& standing, const Ledger& ledger) {
  if (ledger.unknown.empty()) return;
  standing.consequence = fmt::format("alembic fails: Can't locate revision identified by '{}'",
                                     ledger.unknown.front());
  set_obstacle(standing, Obstacle::unclear,
               fmt::format("{} says {}, which no migration script has", ledger.table,
                           text::join(ledger.unknown, ", ")),
               "deploy the code that has it, or correct the row by hand; older code beside a newer "
               "database may run if nothing is missing: --even-if-unclear");
}

void note_unnamed(Standing& standing, const Pass& pass) {
  std::vector<std::string> unnamed;
  for (const auto& finding : pass.findings)
    if (finding.in_no_migration && !finding.consequence)
      unnamed.push_back(report::object_words(*finding.kind, finding.name));
  if (unnamed.empty()) return;
  standing.evidence.push_back(
      fmt::format("no migration names {}: one is to be written, or what is expected is of another "
                  "release",
                  text::first_of(unnamed, 1)));
}

void judge_elsewhere(Standing& standing, const Pass& pass) {
  for (const auto& finding : pass.findings)
    if (const auto& other = finding.judgement.until_gone;
        is_missing_table(finding) && other && other->schema != finding.name.schema)
      set_obstacle(standing, Obstacle::unclear,
                   fmt::format("table {} stands in schema {}: search_path?", display(finding.name),
                               other->schema),
                   "compare the search_path of the migrations' role and database "
                   "(pg_db_role_setting) with that of the application");
}

void judge_unmigrated(pg::Connection& connection, Standing& standing, const Pass& pass) {
  if (pass.absent_books.empty() || standing.obstacle != Obstacle::none) return;
  if (ledger::has_relations(connection)) return;
  const auto& [tool, table] = pass.absent_books.front();
  standing.consequence =
      fmt::format("with the tables made and {} not there, {} would make them again, and fail",
                  display(table), tool);
  set_obstacle(standing, Obstacle::unclear,
               fmt::format("the database is empty: no migration of {} has run here", tool),
               fmt::format("{}; to have the tables without: --even-if-unclear",
                           how_to_run(tool, "migrations")));
}

void judge_count(pg::Connection& connection, Standing& standing, const Pass& pass) {
  const auto missing =
      std::count_if(pass.findings.begin(), pass.findings.end(), [&](const Finding& finding) {
        return is_missing_table(finding) && !may_be_created(finding, pass.is_partial);
      });
  if (missing < 2) return;
  const auto& objects = pass.expected->objects();
  const auto expected = std::count_if(objects.begin(), objects.end(), [](const Object& object) {
    return object.kind == &kinds::k_table;
  });
  if (missing * 2 <= expected) return;
  if (!pass.is_partial && !ledger::has_relations(connection)) return;
  set_obstacle(standing, Obstacle::unclear,
               fmt::format("{} of {} expected tables are missing: is this the right database?",
                           missing, expected),
               "check the connection named above");
}

void judge_troubles(Standing& standing, const Pass& pass) {
  if (!pass.has_drift()) return;
  for (const auto& ledger : standing.ledgers)
    if (!ledger.troubles.empty() && ledger.tool != "Drizzle")
      set_obstacle(standing, Obstacle::unclear,
                   fmt::format("{} is not settled: {}", ledger.table, ledger.troubles.front()),
                   fmt::format("settle it with {}, then: pgmend ensure", ledger.tool));
}

}  // namespace pgmend::app
