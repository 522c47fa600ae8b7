// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace pgmend::app {

/// "users.score=length(email)": what rows that are there get in a column that is missing. The name
/// as in SQL, with its schema or without, where one table of that name has such a column.
struct Backfill {
  std::string schema;  // empty: any
  std::string table;
  std::string column;
  std::string expression;
  std::string said_by;  // "--backfill"
};

/// Throws UsageError, whose message begins with `said_by`, for what has another form.
Backfill parse_backfill(const std::string& text, const std::string& said_by);

}  // namespace pgmend::app
