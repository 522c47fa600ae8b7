// SPDX-License-Identifier: MIT
#include "rows.hpp"

#include <fmt/format.h>

#include "util/sql.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_tables =
    "SELECT n.nspname, c.relname, "
    "       string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' "
    "AND n.nspname <> 'information_schema' AND c.relname <> ALL ('{0}') "
    "AND c.relname || '.' || a.attname <> ALL ('{0}') "
    "GROUP BY 1, 2 ORDER BY 1, 2";

}  // namespace

Rows::Rows(const Database& database, const std::vector<std::string>& except)
    : m_database(database) {
  const auto tables = database.rows(fmt::format(fmt::runtime(k_tables), sql::format_array(except)));
  for (const auto& table : tables)
    m_queries.push_back(fmt::format(
        "SELECT {} || ' ' || count(*) || ' ' || coalesce(md5(string_agg(r::text, ',' ORDER BY "
        "r::text)), '') FROM (SELECT {} FROM ONLY {}) r",
        sql::quote_literal(table[1]), table[2], sql::quote_qualified(table[0], table[1])));
}

std::string Rows::digest() const {
  std::string result;
  for (const auto& query : m_queries) result += m_database.value(query) + "\n";
  return result;
}

}  // namespace pgmend::test
