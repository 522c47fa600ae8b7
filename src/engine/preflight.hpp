// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
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
/// takes, whether the connection is fit for it, and the relation not too large.
class Preflight {
 public:
  /// `max_size` in bytes: larger relations are read, built on and rewritten by people only; 0:
  /// there is no such size.
  Preflight(pg::Connection& connection, unsigned long long max_size)
      : m_connection(connection), m_max_size(max_size) {}

  /// Asks at once who owns the relations of these findings.
  void look_up(const std::vector<const Finding*>& findings);

  std::optional<Obstacle> obstacle(const Finding& finding, const Recipe& recipe);

 private:
  std::optional<Obstacle> in_relation(const Finding& finding);
  std::optional<Obstacle> in_schema(const Finding& finding);
  std::optional<Obstacle> in_schema(const std::string& name);
  std::optional<Obstacle> in_database(const Finding& finding);
  std::optional<Obstacle> in_what_it_refers_to(const Finding& finding);
  std::optional<Obstacle> in_referring_to(const std::string& relation);

  std::optional<Obstacle> in_size(const Finding& finding, const Recipe& recipe);
  std::optional<Obstacle> in_role(const Recipe& recipe);

  struct Ownership {
    std::string owner;
    std::string role;
    bool is_enough = false;  // the role owns it, or has the right that it takes
    bool is_member = false;
  };
  using Wanted = std::pair<std::string, std::string>;  // relation, right to create
  static Wanted wanted(const Finding& finding);

  pg::Connection& m_connection;
  unsigned long long m_max_size;
  std::map<Wanted, std::optional<Ownership>> m_ownerships;  // none: there is no such relation
  std::map<std::string, std::optional<Obstacle>> m_schemas;
  std::map<std::string, std::optional<Obstacle>> m_referred_to;  // by relation, as it is written
  std::optional<std::pair<std::string, bool>> m_role;            // and whether it is a superuser
};

}  // namespace pgmend::engine
