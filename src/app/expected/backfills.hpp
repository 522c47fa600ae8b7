// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/compare/expectation.hpp"

namespace pgmend::app {

/// "users.score=length(email)": what rows that are there get in a column that is missing. The name
/// as in SQL, with its schema or without, where one table of that name has such a column.
struct Backfill {
  std::string schema;  // empty: any
  std::string table;
  std::string column;
  std::string expression;
};

/// Throws UsageError for what has another form.
Backfill parse_backfill(const std::string& text);

/// Says in the expectation what such rows get. Throws UsageError where it has no such column, or
/// has it in several schemas.
void add_backfills(Expectation& expectation, const std::vector<Backfill>& backfills);

}  // namespace pgmend::app
