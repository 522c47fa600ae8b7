// SPDX-License-Identifier: MIT
#include "engine/repair_hints.hpp"

#include <fmt/format.h>

#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/sql_shown.hpp"

namespace pgmend::engine {

std::string error_words(const pg::Error& error) {
  auto words = std::string(error.what());
  if (!error.parts().detail.empty()) words += ": " + error.parts().detail;
  return words;
}

namespace {

/// Which role is needed, or what is to be granted.
std::string permission_hint(pg::Connection& connection, const Step& step) {
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto result = connection.query(
      "SELECT pg_catalog.pg_get_userbyid(c.relowner) AS owner, "
      "pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owns, "
      "pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS creates, "
      "pg_catalog.quote_ident(current_user) AS role "
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE n.nspname = $1 AND c.relname = $2",
      {step.schema, step.relation});
  if (result.rows() > 0 && !result.boolean(0, "owns"))
    return fmt::format("connect as {}, who owns it, or as a member of that role (--database)",
                       result.get(0, "owner"));
  if (result.rows() > 0 && !result.boolean(0, "creates"))
    return fmt::format("as the owner of the schema: GRANT CREATE ON SCHEMA {} TO {}",
                       sql::display_ident(step.schema), result.get(0, "role"));
  return "connect as the owner (--database), or grant what is missing";
}

}  // namespace

std::string hint_for(pg::Connection& connection, const Step& step, const pg::Error& error) {
  // The server's own speaks of the types of arguments.
  if (error.is("42883") && connection.server_major() >= 17)
    return "since PostgreSQL 17 such statements run with search_path pg_catalog: write the names "
           "inside of the functions that are used here with their schemas";
  if (!error.parts().hint.empty()) return error.parts().hint;
  if (error.is_permission()) return permission_hint(connection, step);
  if (error.is("25006")) return "the server is read-only: connect to the primary";
  if (error.is("53100")) return "free disk space on the server, then run again";
  return "the statement was: " + sql::printable(error.parts().query);
}

}  // namespace pgmend::engine
