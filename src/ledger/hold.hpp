// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "ledger/project_files.hpp"
#include "model/ledger.hpp"

namespace pgmend::ledger {

/// Holds what version tables record against the migrations that the project's files hold: of each
/// tool but Alembic. Where there is no version table at all, and the files are one tool's without
/// doubt, all of them are pending: a ledger without a table is added.
void hold_files(std::vector<Ledger>& ledgers, const ProjectFiles& files);

/// Whether the project holds what only projects of one of these tools hold.
bool has_signs(const ProjectFiles& files);

}  // namespace pgmend::ledger
