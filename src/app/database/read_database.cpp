// SPDX-License-Identifier: MIT
#include "app/database/read_database.hpp"

#include "app/compare/unread.hpp"
#include "engine/dependencies.hpp"
#include "engine/inspect.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "kinds/kinds.hpp"
#include "pg/transaction.hpp"

namespace pgmend::app {

std::vector<const Kind*> kinds_with(const std::set<std::string>& with) {
  std::vector<const Kind*> kinds;
  for (const auto* kind : kinds::all())
    if (kind->asked_for.empty() || with.contains(std::string(kind->asked_for)))
      kinds.push_back(kind);
  return kinds;
}

source::LockFile read_database(Target& target, const Filter& filter,
                               const std::set<std::string>& with) {
  try {
    const pg::Transaction snapshot(target.connection, pg::Transaction::Mode::read_only_snapshot,
                                   {.lock_timeout = std::chrono::milliseconds(1000)});
    auto known = kinds_with(with);
    engine::Scope everything;
    everything.locked_along_query = kinds::k_locked_along_query;
    auto schema = engine::inspect(target.connection, known, everything);
    engine::read_dependencies(target.connection, schema, true);
    return {target.connection.server_major(), filtered(schema, filter), std::move(known)};
  } catch (const pg::Error& error) {
    throw unverified(target.connection, error);
  }
}

}  // namespace pgmend::app
