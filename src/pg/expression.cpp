// SPDX-License-Identifier: MIT
#include "pg/expression.hpp"

#include <fmt/format.h>

#include <string_view>

#include "pg/error.hpp"
#include "pg/transaction.hpp"

namespace pgmend::pg {

namespace {

constexpr std::string_view k_value_table = "pg_temp.\"pgmend value\"";

}  // namespace

bool is_constant(Connection& connection, const std::string& expression) {
  const Savepoint scope(connection);
  try {
    connection.query(fmt::format("CREATE TABLE {} (a integer)", k_value_table));
    connection.query(
        fmt::format("CREATE INDEX ON {} (a) WHERE ({}) IS NOT NULL", k_value_table, expression));
    return true;
  } catch (const Error&) {
    if (!connection.is_alive()) throw;
    return false;
  }
}

/// The column has the type of the expression itself, since the constraints of a domain have the
/// table rewritten as well.
bool is_volatile(Connection& connection, const std::string& expression) {
  const Savepoint scope(connection);
  connection.query(fmt::format("CREATE TABLE {} AS SELECT ({}) AS value WITH NO DATA",
                               k_value_table, expression));
  const auto look = [&] {
    return connection.query(
        "SELECT pg_catalog.pg_relation_filenode(a.attrelid) AS file, "
        "pg_catalog.format_type(a.atttypid, a.atttypmod) AS type "
        "FROM pg_catalog.pg_attribute a WHERE a.attrelid = $1::pg_catalog.regclass "
        "AND a.attnum = 1",
        {std::string(k_value_table)});
  };
  const auto before = look();
  connection.query(fmt::format("ALTER TABLE {} ADD COLUMN another {} DEFAULT ({})", k_value_table,
                               before.str(0, "type"), expression));
  return look().str(0, "file") != before.str(0, "file");
}

std::optional<std::optional<std::string>> value_in_a_row(Connection& connection,
                                                         const std::string& column) {
  const Savepoint scope(connection);
  try {
    connection.query(fmt::format("CREATE TABLE {} ({})", k_value_table, column));
    const auto row =
        connection.query(fmt::format("INSERT INTO {} DEFAULT VALUES RETURNING *", k_value_table));
    if (row.is_null(0, 0)) return std::optional<std::string>();
    return std::optional<std::string>(row.get(0, 0));
  } catch (const Error& error) {
    const bool is_of_the_text =
        error.in_class("22") || error.in_class("23") || error.is("42804") || error.is("42846");
    if (!connection.is_alive() || !is_of_the_text) throw;
    return std::nullopt;
  }
}

}  // namespace pgmend::pg
