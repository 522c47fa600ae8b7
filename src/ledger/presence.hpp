// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "ledger/deeds.hpp"
#include "pg/connection.hpp"

namespace pgmend::ledger {

enum class Presence { missing, there, invalid };

/// Whether the database has what these deeds make, in any schema; parallel to them. An index is
/// invalid when its build failed. Throws pg::Error.
std::vector<Presence> look_for(pg::Connection& connection, const std::vector<Deed>& deeds);

/// Whether the database has any table or view that is no extension's. Throws pg::Error.
bool has_relations(pg::Connection& connection);

}  // namespace pgmend::ledger
