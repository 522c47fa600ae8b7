// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "model/kind.hpp"

namespace pgmend::app {

/// The migration tool whose version table a table of `schema` is; empty if it is none.
std::string_view tool_of(const Name& table, const Schema& schema);

/// Whether a table that stands in `schema` belongs to a migration tool, not to the application.
bool is_version_table(const Name& table, const Schema& schema);

/// Whether there may be one of another name than the usual among the tables of `schema`.
bool may_hold_renamed(const Schema& schema);

}  // namespace pgmend::app
