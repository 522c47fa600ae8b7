// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/database.hpp"

namespace pgmend::test {

/// One change to a schema, such as "not null gone: users.name".
struct Mutation {
  std::string label;
  std::string statement;
};

/// Does it in the transaction that is open: a mutation is any number of statements, and the
/// connection takes one. Throws pg::Error where other things rest on it, or it is of the wrong
/// type.
void apply(pg::Connection& connection, const Mutation& mutation);

/// The same in a session of its own.
void apply(const Database& database, const Mutation& mutation);

/// Of this folder.
std::string sweep_file(const std::string& name);

/// All that mutations.sql makes of this database. Those whose label matches PGMEND_SWEEP_ONLY, if
/// that is set.
std::vector<Mutation> mutations(const Database& database);

}  // namespace pgmend::test
