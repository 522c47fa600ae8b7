// SPDX-License-Identifier: MIT
#include "app/database/read_database.hpp"

#include <memory>
#include <utility>

#include "app/compare/tools_own.hpp"
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

namespace {

source::LockFile read(Target& target, const std::set<std::string>& with, bool is_careful) {
  const pg::Transaction snapshot(target.connection, pg::Transaction::Mode::read_only_snapshot,
                                 {.lock_timeout = std::chrono::milliseconds(1000)});
  auto known = kinds_with(with);
  engine::Scope everything;
  everything.is_careful = is_careful;
  everything.locked_along_query = kinds::k_locked_along_query;
  auto schema = engine::inspect(target.connection, known, everything);
  engine::read_dependencies(target.connection, schema, true);
  return {target.connection.server_major(), std::move(schema), std::move(known)};
}

}  // namespace

source::LockFile read_database(Target& target, const std::set<std::string>& with) {
  for (bool is_careful : {false, true}) {
    try {
      return read(target, with, is_careful);
    } catch (const pg::Error& error) {
      if (is_careful || !engine::may_come_of_rows(error))
        throw unverified(target.connection, error);
    }
  }
  throw std::logic_error("read_database: neither read nor failed");
}

source::LockFile read_to_write_down(Target& target, const Filter& filter,
                                    const std::set<std::string>& with,
                                    const std::vector<ledger::OwnName>& own) {
  auto lock = read_database(target, with);
  const auto all = std::make_shared<Schema>(std::move(lock.schema));
  auto rest = without_tools_own(all, *all, own);
  lock.schema = rest.schema == all
                    ? filtered(std::move(*all), filter)  // large ones are dear to copy
                    : filtered(*rest.schema, filter);
  lock.left_to_tools = filtered(std::move(rest.left_out), filter);
  return lock;
}

}  // namespace pgmend::app
