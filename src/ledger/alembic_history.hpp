// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/alembic_scripts.hpp"
#include "ledger/revision_graph.hpp"
#include "model/finding.hpp"

namespace pgmend::ledger {

/// A project's Alembic migrations: what there is to be applied, and what each of them makes.
class AlembicHistory {
 public:
  /// `table`: the version table as the user names it (--version-table), "schema.name" or "name".
  AlembicHistory(AlembicScripts scripts, std::optional<std::string> table);

  const RevisionGraph& graph() const { return m_graph; }
  const std::vector<std::string>& faults() const { return m_faults; }
  const std::optional<SourceLocation>& early_statement() const { return m_early_statement; }

  /// What the version table is called, without its schema, where it is not the usual name.
  std::optional<std::string> table_name() const;

  /// Finds the version table of these scripts among all ledgers, or adds one that has none, holds
  /// it against the scripts, and moves it to the front. There may be one in the schema of each
  /// tenant: of those in the schemas that are looked at (globs), the front is that which is
  /// furthest behind.
  void hold(std::vector<Ledger>& ledgers, const std::vector<std::string>& looked_at = {}) const;

  /// The revision that should have made this, or changed it; nothing if no script speaks of it.
  std::optional<Origin> origin_of(const Finding& finding,
                                  const std::set<std::string>& applied) const;

  /// What a revision makes and does not drop again itself.
  std::vector<Deed> made_by(const std::string& revision) const;

 private:
  std::vector<std::size_t> choose(const std::vector<Ledger>& ledgers,
                                  const std::vector<std::string>& looked_at,
                                  std::vector<std::string>& faults) const;
  bool are_tenants(const std::vector<Ledger>& ledgers, const std::vector<std::size_t>& which) const;
  void hold(Ledger& ledger, std::vector<std::string> faults) const;
  bool is_named(const Ledger& ledger) const;
  const Script* script(const std::string& revision) const;

  std::string m_folder;
  std::vector<Script> m_scripts;
  std::optional<std::string> m_table;
  std::optional<SourceLocation> m_early_statement;
  RevisionGraph m_graph;
  std::vector<std::string> m_faults;
};

}  // namespace pgmend::ledger
