// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "ledger/own_names.hpp"
#include "model/kind.hpp"

namespace pgmend::app {

/// The migration tool whose table that one of a schema is; empty: none. `own`: names that the
/// project gives to such tables.
std::string_view tool_of(const Name& table, const Schema& schema,
                         const std::vector<ledger::OwnName>& own = {});

/// Whether it holds a version table of another name than the usual.
bool may_hold_renamed(const Schema& schema);

}  // namespace pgmend::app
