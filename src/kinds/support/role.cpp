// SPDX-License-Identifier: MIT
#include "kinds/support/role.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// Looks at catalogs that are the server's, not at tables.
Stage catalog_precondition(std::string query, std::string refusal, std::string hint) {
  auto stage = precondition(std::move(query), std::move(refusal), std::move(hint));
  stage.lock = Lock::none;
  stage.cost = Cost::catalog;
  return stage;
}

}  // namespace

Stage role_exists(const std::string& role) {
  return catalog_precondition(
      fmt::format("SELECT 1 WHERE {0} <> 'PUBLIC' AND NOT EXISTS (SELECT 1 FROM "
                  "pg_catalog.pg_roles WHERE rolname = {0})",
                  sql::quote_literal(role)),
      fmt::format("the role {} does not exist here", sql::display_ident(role)),
      "create it first: roles belong to the server, and pgmend makes none");
}

std::string role_sql(const std::string& role) {
  return role == "PUBLIC" ? role : sql::quote_ident(role);
}

std::vector<Stage> privilege_exists(std::string_view privilege) {
  if (privilege != "MAINTAIN") return {};
  return {catalog_precondition(
      "SELECT 1 WHERE pg_catalog.current_setting('server_version_num')::int < 170000",
      "this server has no privilege MAINTAIN", "it is there since PostgreSQL 17")};
}

}  // namespace pgmend::kinds
