// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/compare/pass.hpp"
#include "app/migrations/traces.hpp"
#include "model/ledger.hpp"

/// What stands against repairing, one function for each reason. The first that is found and not
/// overridden holds, so they are called with the most specific one first.
namespace pgmend::app {

void set_obstacle(Standing& standing, Standing::Obstacle obstacle, std::string reason,
                  std::string remedy);

/// A row that no script knows.
void judge_unknown(Standing& standing, const Ledger& ledger);

/// Parts of pending revisions are there: half-applied, or made by something else than Alembic.
void judge_traces(Standing& standing, const Ledger& ledger, std::vector<Traces> all,
                  const ledger::AlembicHistory& history);

/// Migrations are to be run first.
void judge_pending(Standing& standing);

/// No obstacle, but told: what no script names was never written, or is of another release.
void note_unnamed(Standing& standing, const Pass& pass);

/// A missing table stands in another schema.
void judge_elsewhere(Standing& standing, const Pass& pass);

/// A version table is expected and the database is empty: its migrations have not run. Throws
/// pg::Error.
void judge_unmigrated(pg::Connection& connection, Standing& standing, const Pass& pass);

/// Most of the expected tables are missing, in a database that has others: the wrong one? An
/// empty one is a new deployment, if all of its schema is given. Throws pg::Error.
void judge_count(pg::Connection& connection, Standing& standing, const Pass& pass);

/// The tool would run a failed migration again, and find in its way what a repair has created.
void judge_troubles(Standing& standing, const Pass& pass);

}  // namespace pgmend::app
