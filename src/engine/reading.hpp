// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "engine/catalog_query.hpp"
#include "engine/inspect.hpp"
#include "engine/locked_along.hpp"

namespace pgmend::engine {

/// What is sent to read all that is within a scope, in one go.
class Reading {
 public:
  Reading(const Scope& scope, int server_major) : m_scope(scope), m_server_major(server_major) {}

  /// All objects of the kind; in parts, each in a savepoint that is rolled back, where to print
  /// them takes more locks than should be held at once.
  void add(const Kind& kind, const LockedAlong& locked_along);

  const std::vector<std::string>& statements() const { return m_statements; }
  /// Whose objects the answer to a statement holds, as copy_rows() has them sent; null if
  /// it holds none.
  const Kind* kind_of(std::size_t statement) const { return m_kinds[statement]; }

 private:
  void push(std::string statement, const Kind* kind = nullptr);
  void push_rows(const Kind& kind, Reach reach, const std::vector<unsigned>& oids);
  /// Of what is not everything.
  Reach reach() const { return m_scope.is_all_of_schemas ? Reach::within : Reach::some; }
  void add_part(const Kind& kind, const std::vector<unsigned>& oids);
  void add_rest(const Kind& kind, std::vector<unsigned> but);

  const Scope& m_scope;
  int m_server_major;
  std::vector<std::string> m_statements;
  std::vector<const Kind*> m_kinds;
};

}  // namespace pgmend::engine
