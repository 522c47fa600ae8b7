// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/inspect.hpp"
#include "engine/planner.hpp"
#include "model/object.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// What a new object comes with: no more than is said of it (Kind::strip), and what the others of
/// its kind have in common (Kind::heritage_query), unless the expected schema has its say on that.
class Heritage {
 public:
  /// Both live as long as this.
  Heritage(pg::Connection& connection, const PlanInput& input)
      : m_connection(connection), m_input(input) {}

  /// Adds that to what creates the object, so that it is so from its first moment on. Throws
  /// pg::Error.
  void add_to(const Object& created, Recipe& recipe);

 private:
  void strip(const Object& created, Recipe& recipe);
  void share(const Object& created, Recipe& recipe);
  std::vector<std::string> shared_by(const Object& created);
  std::vector<std::string> ask(const Kind& kind, const std::string& schema,
                               const std::string& name);
  std::vector<const Object*> said_of(const Object& object);

  pg::Connection& m_connection;
  const PlanInput& m_input;
  using Siblings = std::pair<const Kind*, std::string>;              // those of a kind in a schema
  std::map<Siblings, std::vector<std::string>> m_shared;             // with k_new for the name
  std::optional<std::multimap<RelationName, const Object*>> m_said;  // by what it is said of
};

}  // namespace pgmend::engine
