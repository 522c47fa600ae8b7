// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/cli.hpp"

/// Many tenants in one database, each a schema of its own.
namespace pgmend::test {

/// What each tenant has, by names without schemas.
inline constexpr const char* k_tenant_sql =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    "CREATE TABLE users (id bigserial PRIMARY KEY, mail text NOT NULL UNIQUE,"
    "  feels mood DEFAULT 'ok', country int REFERENCES shared.countries);"
    "CREATE TABLE orders (id bigserial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users,"
    "  total numeric(10,2) CHECK (total >= 0));"
    "CREATE INDEX ix_orders_user ON orders (user_id);"
    "CREATE VIEW large AS SELECT o.id, u.mail FROM orders o JOIN users u ON u.id = o.user_id"
    "  WHERE o.total > 100;"
    "CREATE FUNCTION feeling(m mood) RETURNS text LANGUAGE sql AS 'SELECT m::text';"
    "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
    "INSERT INTO alembic_version VALUES ('a3');";

/// Runs `pgmend fleet`, and reads what it wrote as JSON.
struct FleetRun {
  RunResult result;
  nlohmann::json report;

  /// "drift" of the member with that name; empty if there is none.
  std::string state(const std::string& name) const;
  const nlohmann::json& member(const std::string& name) const;
  /// The ids and names of what was found, each "table.missing t1.orders".
  std::vector<std::string> findings(const std::string& name) const;
  int count(const std::string& state) const { return report["counts"][state]; }
};

class FleetTest : public CliTest {
 protected:
  /// t_01 to t_NN, all alike.
  explicit FleetTest(int tenants = 6);

  void tenant(const std::string& schema) const;
  /// schema.lock, of one of them.
  void lock_file(const std::string& schema = "t_01") const;
  /// Migrations of Alembic: a2, and a3, which adds users.feels.
  void alembic_history() const;
  FleetRun fleet(Arguments args) const;
  FleetRun verify(Arguments args = {}) const;
  FleetRun ensure(Arguments args = {}) const;
};

}  // namespace pgmend::test
