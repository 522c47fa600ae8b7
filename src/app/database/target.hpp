// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/database/locate_database.hpp"
#include "pg/connection.hpp"

namespace pgmend::app {

/// The database being verified.
struct Target {
  pg::Connection connection;
  std::string description;  // "shop on db.example:5432 as app, PostgreSQL 15.20"
  bool is_standby = false;
};

/// Connects and looks at what is there. Throws pg::ConnectionError, or pg::Error for a server that
/// is too old.
Target open_target(const DatabaseLocation& location, pg::Connection::Options options);

/// What a person can do about a failed connection.
std::string connection_hint(const pg::Error& error);

}  // namespace pgmend::app
