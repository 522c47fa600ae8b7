// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "support/database.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::test {

/// Debian's Python with its SQLAlchemy 1.4, or the one that PGMEND_TEST_PYTHON names.
inline std::string chosen_python() {
  const char* chosen = std::getenv("PGMEND_TEST_PYTHON");
  return chosen ? chosen : PGMEND_PYTHON;
}

/// A copy of a project with Alembic migrations or SQLAlchemy models, and an empty database of its
/// own: the real one. All commands run in the project's folder.
class Project {
 public:
  struct Options {
    std::string folder = {};  // to copy, from the repository's root; none: an empty one
    std::string url_variable = "DATABASE_URL";  // empty: the URL stands in alembic.ini
    std::string scheme = "postgresql";          // of the URL in that variable
    subprocess::Environment env = {};           // further variables
    std::string python = chosen_python();
  };
  Project() : Project(Options()) {}
  explicit Project(Options options);

  /// With --python where sources are read, and --scratch on the tests' server.
  RunResult pgmend(const std::vector<std::string>& args) const {
    return pgmend_on(m_database, args);
  }
  RunResult pgmend_on(const Database& target, const std::vector<std::string>& args) const;
  RunResult pgmend_in(const std::string& folder, const std::vector<std::string>& args) const;
  /// `scratch`: what --scratch says; empty: a private server.
  RunResult pgmend_with_scratch(const std::string& scratch,
                                const std::vector<std::string>& args) const;
  /// Without any of that: as it is where there is neither Python nor a right to create databases.
  RunResult plain_pgmend(const std::vector<std::string>& args) const;
  /// A program of the project's own Python: "-m", "alembic", ...
  RunResult python(std::vector<std::string> args) const;
  /// The same, which must succeed.
  void must_run(std::vector<std::string> args) const;

  /// A further variable of the environment, from now on.
  void set(const std::string& name, const std::string& value) { m_options.env[name] = value; }

  const Database& database() const { return m_database; }
  const TempFolder& folder() const { return m_folder; }
  /// The real database as the application is told.
  std::string application_url() const;

 private:
  RunOptions run_options() const;
  RunResult run(std::vector<std::string> args, const std::string& scratch, const Database& target,
                const RunOptions& options) const;
  void write_url_into_alembic_ini() const;

  Options m_options;
  Database m_database;
  TempFolder m_folder;
};

}  // namespace pgmend::test
