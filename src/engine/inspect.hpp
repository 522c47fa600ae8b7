// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// What to read: everything, or the relations with these oids.
struct Scope {
  bool everything = true;
  std::vector<unsigned> relations;
};

using RelationName = std::pair<std::string, std::string>;  // schema, name

/// The oids of those relations that exist.
std::vector<unsigned> resolve(pg::Connection& connection, const std::vector<RelationName>& names);

/// Reads the catalogs, one query for each kind, in the transaction that is open. Throws pg::Error;
/// SQLSTATE 55P03 if a relation is held locked for longer than lock_timeout.
Schema inspect(pg::Connection& connection, Kinds kinds, const Scope& scope);

/// Fills in what the objects depend on among each other, from pg_depend.
void read_dependencies(pg::Connection& connection, Schema& schema);

/// A relation that could not be read because somebody holds it locked.
struct HeldRelation {
  RelationName name;
  std::string holder;  // in words: pid, application, since when
};

struct Inspection {
  Schema schema;
  std::vector<HeldRelation> held;
};

/// Reads the named relations, or everything if there are no names, in one read-only snapshot.
/// Relations that somebody holds locked for longer than the timeout are left out and named.
Inspection inspect_target(pg::Connection& connection, Kinds kinds,
                          const std::vector<RelationName>& names,
                          std::chrono::milliseconds lock_timeout);

}  // namespace pgmend::engine
