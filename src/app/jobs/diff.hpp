// SPDX-License-Identifier: MIT
#pragma once

#include "app/expected/schema_source.hpp"
#include "model/report.hpp"

namespace pgmend::app {

/// Compares two whole schemas, from whatever sources. Texts that differ are put before a server
/// that knows one of them: where neither side is a database, a scratch one is built. What only the
/// second has counts as a difference as well. Throws UsageError if one of them is a partial source.
/// `plans`: the report also says what would make the second like the first.
Report diff(const SourceRequest& expected, const SourceRequest& actual, const Filter& filter,
            Scratch& scratch, Reporter& reporter, bool plans = false);

/// The same for sources that are read already.
Report diff(SourcePart& expected, SourcePart& actual, const SourceRequest& request,
            Scratch& scratch, Reporter& reporter, bool plans = false);

}  // namespace pgmend::app
