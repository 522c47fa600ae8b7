// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/ledger.hpp"
#include "pg/connection.hpp"

namespace pgmend::ledger {

/// The version tables of all tools, in whatever schema they stand, with what is written in them. In
/// one read-only transaction. A table that may not be read is among them, with the reason in its
/// notes. Throws pg::Error where the catalogs cannot be read.
std::vector<Ledger> read_version_tables(pg::Connection& connection);

}  // namespace pgmend::ledger
