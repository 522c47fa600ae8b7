// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "ledger/deeds.hpp"
#include "pg/connection.hpp"

namespace pgmend::ledger {

enum class Presence { missing, there, invalid };

/// Whether the database has what these deeds make, in that schema, or in any if it is empty;
/// parallel to them. An index is invalid when its build failed. Throws pg::Error.
std::vector<Presence> look_for(pg::Connection& connection, const std::vector<Deed>& deeds,
                               const std::string& schema = {});

/// Whether the database has any table or view that is no extension's. Throws pg::Error.
bool has_relations(pg::Connection& connection);

}  // namespace pgmend::ledger
