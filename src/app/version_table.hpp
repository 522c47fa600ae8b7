// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "model/kind.hpp"

namespace pgmend::app {

/// Whether a table of that name belongs to a migration tool, not to the application.
bool is_version_table(std::string_view name);

/// The same for one that stands in `schema`; env.py may have given Alembic's another name, but its
/// one column is always called version_num.
bool is_version_table(const Name& table, const Schema& schema);

}  // namespace pgmend::app
