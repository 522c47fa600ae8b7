// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/compare/expectation.hpp"
#include "support/database.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::test {

/// A folder tests/cases/<kind>/<case>/. In its text files, lines that begin with # are remarks.
///
///   actual.sql    what the database has; run statement by statement, as psql does
///   data.sql      rows, loaded afterwards (optional)
///   pgmend.yaml   what should be there; without it, all of a database made of wanted.sql should be
///   expect.txt    what verify must find, one a line and nothing else:
///                 "missing column api_keys.webhook_url", "different column api_keys.name type",
///                 "broken index i_name state", "information …", "unconfirmed …"; "nothing";
///                 or "error TEXT": the spec is refused, with these words in the message
///   ensure.txt    (optional) "flags: --allow alter", "exit: 1", "says: TEXT" in the output,
///                 "fills: table.column" whose NULLs a repair is to fill, "drops: table" or
///                 "drops: table.column" that go, with all else that is not expected, "leaves:
///                 WHAT" other than wanted.sql has it
///   wanted.sql    (optional) a database made of this equals the repaired one
///   requires.txt  (optional) the oldest major version of the server that has what it is about
///   with.txt      (optional) what is compared only when asked for, such as "owners"
///   check.sql     (optional) queries that yield nothing but t after the repair
class Case {
 public:
  explicit Case(std::string name) : m_name(std::move(name)) {}

  /// "column/add_with_default" and all others, in order.
  static std::vector<Case> all();

  const std::string& name() const { return m_name; }
  /// The name as GoogleTest takes it.
  std::string test_name() const;
  std::string folder() const;
  std::string path(const std::string& file) const { return folder() + "/" + file; }
  bool has(const std::string& file) const;
  /// A whole schema is expected, not a partial spec.
  bool is_complete() const { return !has("pgmend.yaml"); }
  /// The lines that are neither empty nor remarks; none if there is no such file.
  std::vector<std::string> lines(const std::string& file) const;

  std::vector<std::string> expected_findings() const;
  /// The words that the refusal of the spec must hold, if it is to be refused.
  std::optional<std::string> expected_error() const;
  /// What stands behind "key:" in ensure.txt, once for each such line.
  std::vector<std::string> ensure(const std::string& key) const;
  std::vector<std::string> ensure_flags() const;
  int ensure_exit_code() const;
  /// The major version from requires.txt; 0 if any will do.
  int required_server() const;
  std::set<std::string> with() const;

 private:
  std::string m_name;
};

/// What the case expects: its pgmend.yaml, or, by way of a lock file, a database made of
/// wanted.sql.
app::Expectation expectation_of(const Case& one);

/// Whether the case is about something that this server does not have yet.
bool is_too_old(const Database& database, const Case& one);

/// A database as a case has it and, where a whole schema is expected, one as it should be.
class LoadedCase {
 public:
  /// Makes an empty database.
  explicit LoadedCase(Case one) : m_case(std::move(one)) {}

  void load();

  /// What tells pgmend of it all, for a run in the folder of the case: --database and so on.
  std::vector<std::string> arguments() const;
  app::Expectation expectation() const;
  const Database& database() const { return m_database; }
  /// Null for a case with a spec.
  const Database* wanted() const { return m_wanted ? &*m_wanted : nullptr; }

 private:
  Case m_case;
  Database m_database;
  TempFolder m_folder;
  std::string m_lock_file;
  std::optional<Database> m_wanted;
};

void PrintTo(const Case& one, std::ostream* out);  // NOLINT: the name is GoogleTest's

}  // namespace pgmend::test
