// SPDX-License-Identifier: MIT
#include "support/database.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "util/sql.hpp"

namespace pgmend::test {

namespace {

bool keep() {
  return std::getenv("PGMEND_TEST_KEEP") != nullptr;
}

std::string unique_name(const std::string& prefix) {
  static int number = 0;
  return fmt::format("{}_{}_{}", prefix, ::getpid(), ++number);
}

std::string percent_encoded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.')
      result += c;
    else
      result += fmt::format("%{:02X}", byte);
  }
  return result;
}

std::string conninfo(const pg::ConnectionParameters& parameters) {
  std::string result;
  for (const auto& [keyword, value] : parameters) result += fmt::format("{}='{}' ", keyword, value);
  return result;
}

/// pg::Connection takes one statement at a time, on purpose. Scripts go past it.
void run_script(const pg::ConnectionParameters& parameters, const std::string& script) {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> conn(PQconnectdb(conninfo(parameters).c_str()),
                                                        PQfinish);
  PQsetNoticeProcessor(
      conn.get(), [](void*, const char*) {}, nullptr);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(conn.get(), script.c_str()),
                                                              PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
    throw std::runtime_error(PQerrorMessage(conn.get()) + script);
}

}  // namespace

Database::Database(PrivateServer& server, const std::string& options, const std::string& original)
    : m_server(server), m_name(unique_name("test")) {
  // To write all of it to the WAL, as is usual since 15, takes twice as long.
  const auto* strategy = server.version_major() >= 15 ? "STRATEGY file_copy" : "";
  run_script(server.parameters(), fmt::format("CREATE DATABASE {} TEMPLATE {} {} {}", m_name,
                                              original, strategy, options));
}

Database::~Database() {
  if (keep()) {
    fmt::print(stderr, "kept: psql '{}'\n", url());
    return;
  }
  try {
    run_script(m_server.parameters(), fmt::format("DROP DATABASE {} WITH (FORCE)", m_name));
  } catch (const std::exception& error) {
    fmt::print(stderr, "database {} is not dropped: {}\n", m_name, error.what());
  }
}

std::string Database::url(const std::string& user) const {
  return fmt::format("postgresql://{}@{}:{}/{}", percent_encoded(user),
                     percent_encoded(m_server.folder()), m_server.port(), m_name);
}

pg::ConnectionParameters Database::parameters(const std::string& user) const {
  auto result = m_server.parameters(m_name);
  result["user"] = user;
  return result;
}

pg::Connection Database::connect(const std::string& user) const {
  return pg::Connection::open(parameters(user), {});
}

void Database::exec(const std::string& script) const {
  run_script(parameters(), script);
}

Database::Rows Database::rows(const std::string& sql) const {
  auto connection = connect();
  const auto result = connection.query(sql);
  Rows rows;
  for (int row = 0; row < result.rows(); ++row) {
    auto& fields = rows.emplace_back();
    for (int field = 0; field < result.fields(); ++field)
      fields.emplace_back(result.get(row, field));
  }
  return rows;
}

std::string Database::value(const std::string& sql) const {
  const auto all = rows(sql);
  return all.empty() || all[0].empty() ? "" : all[0][0];
}

Role::Role(const Database& database, const std::string& options, const std::string& prefix)
    : m_database(database), m_name(unique_name(prefix)) {
  database.exec(fmt::format("CREATE ROLE {} {}", sql::quote_ident(m_name), options));
}

Role::~Role() {
  if (keep()) return;
  try {
    const std::string name = sql::quote_ident(m_name);
    m_database.exec(fmt::format("DROP OWNED BY {0} CASCADE; DROP ROLE {0}", name));
  } catch (const std::exception& error) {
    fmt::print(stderr, "role {} is not dropped: {}\n", m_name, error.what());
  }
}

}  // namespace pgmend::test
