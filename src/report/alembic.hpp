// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "model/document.hpp"

namespace pgmend::report {

/// A revision for the project's Alembic that makes what the plan would: what runs in every
/// database, whether that has it already or not.
std::string alembic(const Document& document);

/// Why there is none.
std::optional<Unwritten> no_alembic(const Document& document);

}  // namespace pgmend::report
