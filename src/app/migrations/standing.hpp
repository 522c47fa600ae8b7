// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/compare/pass.hpp"
#include "ledger/own_names.hpp"
#include "ledger/project_files.hpp"
#include "model/invocation.hpp"
#include "model/ledger.hpp"

namespace pgmend::ledger {
class AlembicHistory;
}

namespace pgmend::app {

/// Where a project's migrations are looked for.
struct MigrationSearch {
  std::vector<std::filesystem::path> folders;  // the first is where the tools are run
  std::optional<std::string> alembic_config;   // the file; nothing: the one that Alembic would find
  /// The one that the expected schema comes from, where none is named.
  std::optional<std::filesystem::path> source_config = {};
  std::optional<std::string> version_table;  // "schema.name" or "name"
  std::string schema = {};                   // only what stands there is looked at; empty: all
  std::vector<std::string> schemas = {};     // that are looked at (globs); none: all
  bool even_if_pending = false;              // go on in spite of what stands against repairing
  bool even_if_unclear = false;
  Invocation invocation = {};  // for the commands that remedies name
};

/// The project's folder and, if a spec was found elsewhere, that one's.
MigrationSearch usual_places();

/// Names that the project there gives to tables of its migration tools.
std::vector<ledger::OwnName> own_names_of_project();

/// What the migrations claim, held against the database and against what was found there. The
/// scripts are read once, the database at each call.
class Migrations {
 public:
  /// Nothing is looked for, and nothing stands against repairing, if there are no folders. Throws
  /// UsageError for an --alembic-config that cannot be read; a broken one that was found by itself
  /// is an obstacle of the run instead.
  explicit Migrations(MigrationSearch search);
  ~Migrations();
  Migrations(const Migrations&) = delete;
  Migrations& operator=(const Migrations&) = delete;

  /// The version tables, and what they alone say: pending, unknown, half-applied. Throws pg::Error.
  /// In a hurry, only those of the usual names are looked for, and the one that a configuration
  /// names.
  Standing read(pg::Connection& connection, bool in_a_hurry = false) const;

  /// What version tables record, by the schemas that they stand in: all in a few round trips, and
  /// of most tools only the newest. Those that read() finds in a hurry. Throws pg::Error.
  std::map<std::string, std::vector<Ledger>> read_all_schemas(pg::Connection& connection) const;

  /// Adds what the findings say: which revision each belongs to, how far the schema is complete,
  /// and whether this may be the wrong database. Throws pg::Error.
  void judge(pg::Connection& connection, Standing& standing, Pass& pass) const;

  /// Names that the project gives to version tables.
  const std::vector<ledger::OwnName>& own_names() const { return m_own_names; }

  /// Where env.py runs a statement that makes SQLAlchemy 2 swallow the commit.
  std::optional<SourceLocation> early_statement() const;

 private:
  void read_scripts();
  std::optional<std::string> named_table() const;
  std::vector<Ledger> read_named(pg::Connection& connection) const;
  std::vector<Ledger> read_all(pg::Connection& connection) const;
  std::vector<Ledger> read_of_schema(pg::Connection& connection) const;
  void add_config_fault(std::vector<Ledger>& ledgers) const;
  void compare_with_scripts(pg::Connection& connection, Standing& standing) const;
  void find_origins(Standing& standing, Pass& pass) const;
  bool tell_all(const Ledger& ledger) const;

  MigrationSearch m_search;
  ledger::ProjectFiles m_files;
  std::vector<ledger::OwnName> m_own_names;
  std::unique_ptr<const ledger::AlembicHistory> m_alembic;
  std::optional<std::string> m_config_fault;
};

}  // namespace pgmend::app
