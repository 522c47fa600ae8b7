// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.hpp"

/// Alembic's own operations (Alembic documentation, "Operation Reference").
namespace pgmend::report::revision {

struct Operation {
  std::string name;                    // "op.add_column"
  std::vector<std::string> arguments;  // in Python
};

/// The operation that says exactly what this statement of the finding's repair says, with an
/// Alembic of 1.7 and a SQLAlchemy of 1.4 or newer: the statement is held against what the
/// operation sends. Nothing where there is none.
std::optional<Operation> operation(const Finding& finding, std::string_view statement);

/// The same of a statement that creates a table with these parts.
std::optional<Operation> table_operation(const Finding& table,
                                         const std::vector<const Finding*>& parts,
                                         std::string_view statement);

}  // namespace pgmend::report::revision
