// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// What stands against a repair before it is begun.
struct Obstacle {
  std::string text;
  std::string hint;
};

/// Looks whether a repair can be finished, so that none is begun that cannot: the rights that it
/// takes, and whether the connection is fit for it.
class Preflight {
 public:
  explicit Preflight(pg::Connection& connection) : m_connection(connection) {}

  std::optional<Obstacle> obstacle(const Finding& finding, const Recipe& recipe);

 private:
  std::optional<Obstacle> in_relation(const Finding& finding);
  std::optional<Obstacle> in_schema(const Finding& finding);
  std::optional<Obstacle> in_database(const Finding& finding);
  std::optional<Obstacle> in_what_it_refers_to(const Finding& finding);

  pg::Connection& m_connection;
};

}  // namespace pgmend::engine
