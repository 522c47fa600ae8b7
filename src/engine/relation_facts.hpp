// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "engine/inspect.hpp"
#include "model/kind.hpp"

namespace pgmend::engine {

/// What is looked up in the target before repairs are written, each relation once.
class RelationFacts {
 public:
  RelationFacts(pg::Connection& connection, Kinds kinds, const Schema& expected,
                const Schema& actual, std::chrono::milliseconds lock_timeout)
      : m_connection(connection),
        m_kinds(kinds),
        m_expected(expected),
        m_actual(actual),
        m_lock_timeout(lock_timeout) {}

  /// Facts for repairing `object`, which is missing as a whole or in part.
  Facts of(const Object& object, bool is_missing);

 private:
  using RowKey = decltype(Facts::row_key);

  bool has_rows(const RelationName& relation);
  bool rewrites(const Object& object);
  RowKey row_key(const RelationName& relation);
  std::vector<Partition> partitions(const RelationName& relation);

  pg::Connection& m_connection;
  Kinds m_kinds;
  const Schema& m_expected;
  const Schema& m_actual;
  std::chrono::milliseconds m_lock_timeout;
  std::map<RelationName, bool> m_has_rows;
  std::map<RelationName, RowKey> m_row_keys;
  std::map<RelationName, std::vector<Partition>> m_partitions;
};

}  // namespace pgmend::engine
