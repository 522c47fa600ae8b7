// SPDX-License-Identifier: MIT
#pragma once

#include "app/schema_source.hpp"
#include "model/report.hpp"

namespace pgmend::app {

/// Compares two complete schemas, each a database or a lock file. What only the second has counts
/// as a difference as well. Throws UsageError if one of them is a partial source.
Report diff(const SourceRequest& expected, const SourceRequest& actual, const Filter& filter,
            Reporter& reporter);

}  // namespace pgmend::app
