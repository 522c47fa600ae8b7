// SPDX-License-Identifier: MIT
#pragma once

#include "model/kind.hpp"

namespace pgmend::app {

/// Whether a table that stands in `schema` belongs to a migration tool, not to the application.
bool is_version_table(const Name& table, const Schema& schema);

}  // namespace pgmend::app
