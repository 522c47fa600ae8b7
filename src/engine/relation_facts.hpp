// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/inspect.hpp"
#include "engine/rehearsal.hpp"
#include "model/kind.hpp"
#include "pg/updates.hpp"

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

  /// Looks up all at once what is not known yet of the relations of these objects.
  void look_up(const std::vector<const Object*>& objects);
  /// What is removed before anything that it rests on is changed.
  void leave_out(const Kind& kind, const Name& name) { m_leaving.insert({&kind, name}); }
  bool leaves(const Object& object) const { return m_leaving.contains({object.kind, object.name}); }
  /// Finds out together whether creating these missing objects rewrites their relations. They
  /// outlive this, and their relations were looked up.
  void rehearse_together(const std::vector<const Object*>& missing);

  /// Facts for repairing `object`, which is missing as a whole or in part.
  Facts of(const Object& object, bool is_missing);
  /// What the room's recipe for the finding comes to, with these facts.
  Rehearsal rehearsal_of(const Finding& finding, const Facts& facts);

 private:
  using RowKey = decltype(Facts::row_key);

  void look_up_catalogs(const std::vector<RelationName>& relations);
  void look_up_rows(std::vector<RelationName> relations);
  bool rewrites(const Object& object);
  std::vector<InChild> in_children(const Object& object);

  pg::Connection& m_connection;
  Kinds m_kinds;
  const Schema& m_expected;
  const Schema& m_actual;
  std::chrono::milliseconds m_lock_timeout;
  std::set<ObjectKey> m_leaving;
  std::set<RelationName> m_seen;
  std::map<RelationName, bool> m_has_rows;
  std::map<RelationName, RowKey> m_row_keys;
  std::map<RelationName, std::vector<Partition>> m_partitions;
  std::map<RelationName, pg::Updates> m_updates;
  std::map<const Object*, bool> m_rewrites;
  std::map<std::string, Rehearsed> m_rehearsed;                  // by rehearsal_of_any()
  std::optional<std::multimap<Name, const Object*>> m_children;  // by the relation above
};

}  // namespace pgmend::engine
