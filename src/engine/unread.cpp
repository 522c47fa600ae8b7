// SPDX-License-Identifier: MIT
#include "engine/unread.hpp"

#include <algorithm>

#include "engine/catalog_query.hpp"
#include "engine/lock_holders.hpp"
#include "pg/transaction.hpp"

namespace pgmend::engine {

namespace {

std::vector<Unread> held_relations(pg::Connection& connection) {
  std::vector<Unread> unread;
  for (const auto& holder : find_lock_holders(connection))
    unread.push_back({nullptr, holder.relation, holder.schema, holder.name,
                      display(Name{holder.schema, "", holder.name}), holder.words});
  return unread;
}

/// What is printed together with a relation that is held.
void add_locked_along(pg::Connection& connection, Kinds kinds, std::string_view query,
                      std::vector<Unread>& unread) {
  std::vector<unsigned> held;
  for (const auto& each : unread) held.push_back(each.oid);
  const auto result = connection.query(
      render_catalog_query(query, connection.server_major(), Reach::some), {oid_array(held)});
  for (int row = 0; row < result.rows(); ++row) {
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind* candidate) {
      return candidate->name == result.get(row, "kind");
    });
    if (kind == kinds.end()) continue;
    const auto locked = static_cast<unsigned>(result.integer(row, "locked"));
    const auto by = std::find_if(unread.begin(), unread.end(),
                                 [&](const Unread& each) { return each.oid == locked; });
    const Name name = {result.str(row, "schema"), result.str(row, "relation"),
                       result.str(row, "name")};
    const Unread found = {*kind,       static_cast<unsigned>(result.integer(row, "oid")),
                          name.schema, name.group(),
                          by->held,    by->holder};
    unread.push_back(found);
  }
}

}  // namespace

bool Unread::covers(const Object& object) const {
  const bool is_its_kind = kind ? object.kind == kind : object.kind->home == Kind::Home::relation;
  return is_its_kind && object.name.schema == schema && object.name.group() == group;
}

std::vector<Unread> find_unread(pg::Connection& connection, Kinds kinds,
                                std::string_view locked_along_query) {
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  auto unread = held_relations(connection);
  if (!unread.empty()) add_locked_along(connection, kinds, locked_along_query, unread);
  return unread;
}

std::vector<unsigned> left_out(const std::vector<Unread>& unread, const Kind& kind) {
  std::vector<unsigned> oids;
  for (const auto& each : unread)
    if (each.kind ? each.kind == &kind : kind.home == Kind::Home::relation)
      oids.push_back(each.oid);
  return oids;
}

std::chrono::milliseconds ReadPatience::next() const {
  return std::max(m_left / 2, k_least);
}

std::chrono::milliseconds ReadPatience::left() const {
  return std::max(m_left, k_least);
}

}  // namespace pgmend::engine
