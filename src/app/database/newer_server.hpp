// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "pg/connection.hpp"

namespace pgmend::app {

/// What the catalogs of a server hold that is newer than `newest_known` (a major version), and so
/// is not compared; nothing for servers that are known.
std::optional<std::string> newer_server_note(pg::Connection& connection, int newest_known);

}  // namespace pgmend::app
