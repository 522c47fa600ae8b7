// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/database.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::test {

/// A copy of the project in shop/ with an empty database of its own: an application with its
/// Alembic migrations and a pgmend.yaml. All commands run in the project's folder, as a user
/// would type them.
class Shop {
 public:
  Shop();

  /// python3 -m alembic ..., with DATABASE_URL set unless it is in alembic.ini.
  RunResult alembic(const std::vector<std::string>& args) const;
  /// alembic(), which must succeed.
  RunResult migrate(const std::vector<std::string>& args) const;
  RunResult pgmend(const std::vector<std::string>& args) const;
  /// Lists the keys with their webhooks; exit code 0 if the database is as its models need it.
  RunResult app() const;

  const Database& database() const { return m_database; }
  const TempFolder& folder() const { return m_folder; }
  /// As the application's .env would have it: postgresql+asyncpg://...
  std::string application_url() const;
  /// From now on the commands find it in alembic.ini and not in the environment.
  void move_url_to_alembic_ini();

  /// The row of alembic_version.
  std::string version() const;
  /// Some thousands of keys, none of them twice. Needs revision create_users.
  void load_rows() const;
  /// Of all that load_rows() wrote; equal texts: no row was lost or changed.
  std::string checksum() const;
  /// Those of revision add_webhook_fields that are not there, with commas.
  std::string missing_columns() const;

 private:
  RunResult python(std::vector<std::string> args) const;
  RunOptions options() const;

  Database m_database;
  TempFolder m_folder;
  bool m_url_in_environment = true;
};

/// What pg_dump shows of a database that was migrated without accident.
const std::string& dump_of_fresh_shop();

}  // namespace pgmend::test
