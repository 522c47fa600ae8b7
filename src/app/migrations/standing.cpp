// SPDX-License-Identifier: MIT
#include "app/migrations/standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "app/database/project.hpp"
#include "app/errors.hpp"
#include "app/migrations/obstacles.hpp"
#include "app/migrations/other_schemas.hpp"
#include "ledger/alembic_history.hpp"
#include "ledger/hold.hpp"
#include "ledger/tools.hpp"
#include "ledger/version_tables.hpp"

namespace pgmend::app {

namespace {

bool is_alembics(const Ledger& ledger) {
  return ledger.tool == ledger::k_alembic.name;
}

bool is_pending(const Ledger& ledger, const std::string& id) {
  return std::any_of(ledger.pending.begin(), ledger.pending.end(),
                     [&](const Revision& revision) { return revision.id == id; });
}

/// What somebody has to make who expects it.
bool is_to_be_made(const Finding& finding) {
  return finding.judgement.sort == Sort::missing || finding.judgement.sort == Sort::different;
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

std::vector<ledger::OwnName> own_names_of_project() {
  return ledger::own_names(ledger::ProjectFiles(usual_places().folders));
}

Migrations::Migrations(MigrationSearch search)
    : m_search(std::move(search)), m_files(m_search.folders) {
  if (m_search.folders.empty()) return;
  m_own_names = ledger::own_names(m_files);
  read_scripts();
}

/// What the command line names comes first, then what the expected schema was made from, then what
/// Alembic itself would find.
void Migrations::read_scripts() {
  auto named = m_search.alembic_config;
  if (!named && m_search.source_config) named = m_search.source_config->string();
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

Standing Migrations::read(pg::Connection& connection, bool in_a_hurry) const {
  Standing standing;
  standing.goes_on_if_pending = m_search.even_if_pending;
  standing.goes_on_if_unclear = m_search.even_if_unclear;
  if (m_search.folders.empty()) return standing;
  standing.ledgers = !m_search.schema.empty() ? read_of_schema(connection)
                     : in_a_hurry             ? read_named(connection)
                                              : read_all(connection);
  if (m_config_fault) add_config_fault(standing.ledgers);
  if (m_alembic) m_alembic->hold(standing.ledgers, m_search.schemas);
  ledger::hold_files(standing.ledgers, m_files);
  leave_out_other_schemas(standing.ledgers, m_search.schemas);
  compare_with_scripts(connection, standing);
  // Whoever goes on although it is unclear knows that there is something left to run.
  if (standing.obstacle == Standing::Obstacle::none) judge_pending(standing);
  if (standing.obstacle == Standing::Obstacle::pending && early_statement())
    standing.evidence.push_back(
        fmt::format("{} sends a statement before context.configure(): SQLAlchemy 2 then commits "
                    "nothing, and alembic exits with 0",
                    display(*early_statement())));
  standing.remedy = m_search.invocation.completed(standing.remedy);
  return standing;
}

/// Where each schema has books of its own, those of others are not its; where it has none, all of
/// them may be written down in one place.
std::vector<Ledger> Migrations::read_of_schema(pg::Connection& connection) const {
  auto ledgers = ledger::read_version_tables_of(connection, m_search.schema, m_own_names);
  if (ledgers.empty()) ledgers = ledger::read_version_tables_of(connection, "public", m_own_names);
  return ledgers;
}

/// If the table of the project's own tool is not among those, it has yet another name.
std::vector<Ledger> Migrations::read_named(pg::Connection& connection) const {
  auto ledgers = ledger::read_named_version_tables(connection, named_table(), m_own_names);
  if (ledgers.empty() && ledger::has_signs(m_files)) return read_all(connection);
  const bool has_alembic = m_alembic || m_config_fault;
  if (!has_alembic || std::any_of(ledgers.begin(), ledgers.end(), is_alembics)) return ledgers;
  return read_all(connection);
}

std::vector<Ledger> Migrations::read_all(pg::Connection& connection) const {
  return ledger::read_version_tables(connection, m_own_names);
}

std::map<std::string, std::vector<Ledger>> Migrations::read_all_schemas(
    pg::Connection& connection) const {
  return ledger::read_all_records(connection, named_table(), m_own_names);
}

/// The one that a configuration, or the command line, names.
std::optional<std::string> Migrations::named_table() const {
  if (m_alembic) return m_alembic->table_name();
  const auto& given = m_search.version_table;
  return given ? std::optional(given->substr(given->rfind('.') + 1)) : std::nullopt;
}

/// A project that has a configuration has migrations, recorded or not.
void Migrations::add_config_fault(std::vector<Ledger>& ledgers) const {
  auto alembic = std::find_if(ledgers.begin(), ledgers.end(), is_alembics);
  if (alembic == ledgers.end()) {
    alembic = ledgers.insert(ledgers.begin(), Ledger{});
    alembic->tool = ledger::k_alembic.name;
  }
  alembic->faults.push_back(*m_config_fault);
}

void Migrations::compare_with_scripts(pg::Connection& connection, Standing& standing) const {
  for (const auto& ledger : standing.ledgers) {
    if (ledger.faults.empty()) continue;
    standing.evidence = ledger.faults;
    const auto& fault = ledger.faults.front();
    // Otherwise it is the version table that is at fault, for us alone.
    const bool is_scripts = !m_alembic || !m_alembic->faults().empty();
    standing.consequence = is_scripts
                               ? fmt::format("{} fails on it too, or works by chance", ledger.tool)
                               : "it cannot be told which migrations have run";
    return set_obstacle(standing, Standing::Obstacle::unclear,
                        is_scripts ? "the migrations cannot be read: " + fault : fault,
                        ledger.right.empty()
                            ? "correct that first: what is pending is not known until then"
                            : fmt::format("let {} be read: {}", ledger.table, ledger.right));
  }
  if (!m_alembic) return;
  const auto& ledger = standing.ledgers.front();
  judge_unknown(standing, ledger);
  // What one tenant has says nothing of another.
  const auto& all = standing.ledgers;
  const auto number_held = std::count_if(
      all.begin(), all.end(), [](const Ledger& l) { return is_alembics(l) && !l.scripts.empty(); });
  if (!ledger.pending.empty() && ledger.unknown.empty() && number_held == 1)
    judge_traces(standing, ledger, find_traces(connection, *m_alembic, ledger, m_search.schema),
                 *m_alembic);
}

/// Whether the scripts say all that was to be made: they have all run, and it is not they that what
/// is expected was read from, in which case they make it whatever they call it.
bool Migrations::tell_all(const Ledger& ledger) const {
  return !m_search.source_config && ledger.faults.empty() && !ledger.is_unread &&
         !ledger.recorded.empty() && ledger.pending.empty() && ledger.unknown.empty();
}

void Migrations::find_origins(Standing& standing, Pass& pass) const {
  const auto& graph = m_alembic->graph();
  const auto& ledger = standing.ledgers.front();
  auto applied = graph.with_ancestors(ledger.recorded);
  const auto applied_in = [&](const std::string& schema) {
    for (const auto& each : standing.ledgers)
      if (is_alembics(each) && !each.scripts.empty() && each.table.starts_with(schema + "."))
        return graph.with_ancestors(each.recorded);
    return applied;
  };
  std::set<std::string> incomplete;
  for (auto& finding : pass.findings) {
    if (!finding.is_drift()) continue;
    auto& origin = finding.origin = m_alembic->origin_of(finding, applied_in(finding.name.schema));
    finding.in_no_migration = !origin && is_to_be_made(finding) && tell_all(ledger);
    if (!origin) continue;
    origin->is_known = origin->is_applied || is_pending(ledger, origin->revision);
    if (origin->is_applied && finding.judgement.sort != Sort::different &&
        finding.judgement.sort != Sort::extra)
      incomplete.insert(origin->revision);
  }
  standing.incomplete.clear();
  for (const auto* revision : graph.ordered()) {
    if (incomplete.contains(revision->id)) standing.incomplete.push_back(revision->id);
    if (incomplete.empty() || !applied.contains(revision->id)) continue;
    if (graph.is_free_of(incomplete, revision->id)) standing.looks_like = revision->id;
  }
}

void Migrations::judge(pg::Connection& connection, Standing& standing, Pass& pass) const {
  if (m_search.folders.empty()) return;
  if (m_alembic) {
    find_origins(standing, pass);
    count_shortfall(connection, *m_alembic, standing, pass, m_search.schema);
  }
  note_unnamed(standing, pass);
  judge_elsewhere(standing, pass);
  judge_unmigrated(connection, standing, pass);
  judge_count(connection, standing, pass);
  judge_troubles(standing, pass);
  standing.remedy = m_search.invocation.completed(standing.remedy);
}

}  // namespace pgmend::app
