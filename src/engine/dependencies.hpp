// SPDX-License-Identifier: MIT
#pragma once

#include "model/object.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Fills in what the objects depend on among each other, from pg_depend (PostgreSQL documentation,
/// sections 5.14 and 53.18). What hangs on things that are no objects of their own here (a
/// default, a rule, a row type) counts for the object those are part of. `whole`: the schema
/// holds everything of the database, so all rows are read at once.
void read_dependencies(pg::Connection& connection, Schema& schema, bool whole);

}  // namespace pgmend::engine
