// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "app/compare/expectation.hpp"
#include "app/database/backfill.hpp"

namespace pgmend::app {

/// Says in the expectation what such rows get. Throws UsageError where it has no such column, or
/// has it in several schemas.
void add_backfills(Expectation& expectation, const std::vector<Backfill>& backfills);

}  // namespace pgmend::app
