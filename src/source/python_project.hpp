// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/spec_error.hpp"
#include "pg/connection.hpp"
#include "util/expand.hpp"

/// What only a project's own Python can tell: its models, and what its migrations build.
namespace pgmend::source {

struct PythonProject {
  std::string source;               // for messages: "alembic:", "sqlalchemy:app.models:Base"
  std::string interpreter;          // or a file of answers, see find_python()
  std::filesystem::path folder;     // in which the code is run and from which it imports
  std::chrono::seconds timeout{0};  // for each run; 0: none
  bool is_watched = false;          // what it is made of is asked for, which takes a little longer
};

/// The project's code failed, or could not be run. `where` is its own line if it got that far.
class PythonError : public SpecError {
 public:
  PythonError(Fault fault, std::string sqlstate)
      : SpecError(std::move(fault)), m_sqlstate(std::move(sqlstate)) {}
  /// Of the server's error, if it was one.
  const std::string& sqlstate() const { return m_sqlstate; }

 private:
  std::string m_sqlstate;
};

/// The first of: `option` (--python), $VIRTUAL_ENV, .venv or venv in `folder`, $PGMEND_PYTHON (the
/// Python that pgmend was installed for by pip), the one that runs the `alembic` on PATH, python3
/// on PATH. Throws SpecError if there is none.
///
/// `option` may also be a file NAME.json of answers that were given beforehand, which is read in
/// place of asking: `{"models": {"0": ANSWER, "18": ANSWER}}`, by the major version of the server
/// since which it is so. The Python package hands over metadata that is in its own process so.
std::string find_python(const std::optional<std::string>& option,
                        const std::filesystem::path& folder, const env::Environment& environment);

/// What the project's code has read and asked for while it ran (python/watch.py).
struct PythonMadeOf {
  std::timespec began = {};
  bool is_known = false;
  std::vector<std::pair<char, std::string>> ingredients;  // letters of util/ingredients.hpp
  std::vector<std::string> ran;                           // SQL
};

struct ModelsDdl {
  std::vector<std::string> statements;
  std::vector<std::string> notes;  // what was added or left out, for the report
  PythonMadeOf made_of;
};

/// The DDL of SQLAlchemy models for a server of that version. `names`: "package.module:Base", or
/// "package.module" for all that is declared there or to have it imported. Nothing is connected to.
/// Throws PythonError.
ModelsDdl read_models(const PythonProject& project, const std::vector<std::string>& names,
                      int server_major);

struct Replay {
  struct VersionTable {
    std::string schema;  // empty: the first of the search_path
    std::string name;
  };
  std::vector<std::string> heads;
  std::vector<VersionTable> version_tables;
  int connections = 0;  // that the project's code made to the scratch database
  PythonMadeOf made_of;
};

/// Runs `alembic upgrade heads` of the project on a scratch database and on no other: whatever its
/// env.py connects to is led there. Throws PythonError.
Replay replay_migrations(const PythonProject& project, const std::filesystem::path& config,
                         const pg::ConnectionParameters& scratch);

}  // namespace pgmend::source
