// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/compare/expectation.hpp"
#include "kinds/catalogs/catalog_state.hpp"
#include "ledger/own_names.hpp"
#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::app {

/// Remembers that a database was exactly as expected, so that it need not be read again as long as
/// its catalogs have not changed (kinds/catalogs/catalog_state.hpp says how that is known). Where
/// no file can be kept, nothing is remembered; no failure of this is one of the run.
class Unchanged {
 public:
  /// `question`: all that the answer depends on and that is not in the database.
  Unchanged(std::filesystem::path file, std::string question)
      : m_file(std::move(file)), m_question(std::move(question)) {}

  /// Looks at the database as it is now. True if that is how it was when it was as expected.
  bool look(pg::Connection& connection, Kinds kinds);
  /// After look(): whether nothing has changed since then.
  bool is_still(pg::Connection& connection) const;
  /// When it was read last: "2026-01-31 12:00:00 UTC".
  const std::string& read_at() const { return m_read_at; }
  /// It was read after look(), and it is as expected.
  void remember() const;

 private:
  std::filesystem::path m_file;
  std::string m_question;
  std::string m_read_at;
  std::optional<kinds::CatalogState> m_state;  // before it was read
};

/// All that the answer depends on and that is not in the database.
std::string unchanged_question(const Expectation& expectation,
                               const std::vector<ledger::OwnName>& own_names, bool strict);

/// Where to remember that: a file of the user's own, one for each target and source; nothing if
/// there is no place for it.
std::optional<std::filesystem::path> unchanged_file(const std::string& target,
                                                    const std::string& source);

}  // namespace pgmend::app
