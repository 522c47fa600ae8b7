// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/inspect.hpp"
#include "model/declaration.hpp"
#include "pg/transaction.hpp"

namespace pgmend::engine {

/// A transaction in which the server is asked what texts mean: on temporary twins of the real
/// relations, and always rolled back.
///
/// Texts are parsed under the declared search path with pg_temp last, or a twin would shadow the
/// real relation of its name; they are deparsed under the pinned one.
class ProbeTransaction {
 public:
  /// Throws pg::Error where writing is not possible, for example on a standby.
  ProbeTransaction(pg::Connection& connection, Kinds kinds, const Declarations& declarations,
                   std::chrono::milliseconds lock_timeout);

  pg::Connection& connection() { return m_connection; }
  Kinds kinds() const { return m_kinds; }
  const Declarations& declarations() const { return m_declarations; }

  /// Where texts of `schema` are looked up: the schema itself, then the declared path.
  void parse_in(const std::string& schema);
  /// The schemas that parse_in(schema) looks through.
  std::vector<std::string> path_of(const std::string& schema) const;
  /// The path that the server prints names under, and that rendered SQL is written for.
  void deparse();

  /// Creates the twin of `relation` from its elements, under the relation's own name or another
  /// one. Throws pg::Error.
  void create_twin(const Object& relation, const std::vector<std::string>& elements,
                   const std::string& name = {});

  /// Creates the twin of `relation` that parts of it are put on.
  void create_ground(const Object& relation, const std::vector<std::string>& elements);

  /// Reads back what was created in pg_temp beside relations, as if it stood in `schema`.
  Schema read_beside(const Kind& kind, const std::string& schema);

  /// Reads the twins with these names back, as if each stood in the schema it is the twin of.
  Schema read_twins(const std::vector<RelationName>& names);

 private:
  void create_twin(const std::string& statement, const Object& relation, const std::string& name);

  pg::Connection& m_connection;
  Kinds m_kinds;
  const Declarations& m_declarations;
  std::map<std::string, RelationName> m_originals;  // by the twin's name
  pg::Transaction m_transaction;
};

/// The name under which the twin of a relation is reached: "pg_temp"."name".
std::string twin_name(const std::string& relation);

/// The object moved to the twin of its relation; `twin` where that has a name of its own.
Object on_twin(Object object, const std::string& twin = {});

/// The bare elements of a relation as it is, leaving out the objects named in `except`.
std::vector<std::string> twin_elements(const Schema& actual, const Name& relation,
                                       const std::vector<Name>& except);

/// Whether the plain statement that creates the object rewrites its relation: rehearsed on an empty
/// twin, by looking whether its file changed.
bool rewrites_relation(ProbeTransaction& probe, const Schema& actual, const Object& object);

}  // namespace pgmend::engine
