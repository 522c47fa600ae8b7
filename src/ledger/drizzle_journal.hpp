// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

#include "model/ledger.hpp"

namespace pgmend::ledger {

/// Holds Drizzle's table against the journal of its migrations, if one of these folders has it
/// (drizzle/meta/_journal.json). Drizzle runs only what is newer than its newest row: an entry that
/// is older and not recorded will never run, which is a trouble; a newer one is pending.
void hold_drizzle(std::vector<Ledger>& ledgers, const std::vector<std::filesystem::path>& folders);

}  // namespace pgmend::ledger
