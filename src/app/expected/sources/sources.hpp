// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/compare/expectation.hpp"
#include "app/database/project.hpp"
#include "app/database/scratch.hpp"
#include "source/lock_file.hpp"
#include "source/sql_certainty.hpp"
#include "source/sql_files.hpp"
#include "util/ingredients.hpp"

/// The sources of expected schemas, one file for each.
namespace pgmend::app {

/// What the user said of how sources are to be read.
struct SourceRequest {
  std::vector<std::string> sources;  // --schema; none: the nearest pgmend.yaml
  bool takes_migrations = false;     // where there is no such file: those of the project here
  int connect_timeout_seconds = 10;
  bool log_sql = false;
  std::set<std::string> with = {};         // what is compared only when asked for: Kind::asked_for
  std::filesystem::path folder = ".";      // of the project that models and migrations are in
  std::optional<std::string> python = {};  // --python
  std::chrono::seconds python_timeout{300};
  bool keeps = false;  // what was loaded is not loaded again while nothing of it has changed
};

/// One source, read.
struct SourcePart {
  Expectation expectation;
  std::vector<std::string> notes = {};  // for people
  int server_major = 0;                 // of the server that a whole schema was read from
  /// Where its schema stands, if it stands somewhere: questions about it can be asked there.
  std::shared_ptr<pg::ScratchDatabase> scratch = {};
  std::optional<std::string> url = {};
  /// The configuration of the migrations that it was read from.
  std::optional<std::filesystem::path> alembic_config = {};
  /// Read in a database that the sources before it were built in, and adds to them only.
  bool is_on_top = false;
};

/// What reading a source may need.
struct SourceContext {
  const SourceRequest& request;
  Scratch& scratch;
  const SourcePart* before = nullptr;  // the sources before this one, merged; null: none
  Ingredients* made_of = nullptr;      // gathers what they are made of; null: nobody asks
};

/// Whether the source is of this sort. `alembic` and `sqlalchemy` may do without the colon where
/// nothing follows.
bool is_sql_source(const std::string& source);
bool is_lock_source(const std::string& source);
bool is_models_source(const std::string& source);
bool is_migrations_source(const std::string& source);

/// A file, a folder or stdin with SQL. Throws SpecError; UsageError and UnverifiedError where there
/// is no scratch.
SourcePart read_sql_source(const std::string& source, SourceContext& context);
/// The same for SQL that was made.
SourcePart read_script(source::SqlScript script, SourceContext& context);
/// What the server is made of that this was loaded into, in the session that did, unless what ran
/// there may be different next time.
void add_loaded(pg::Connection& connection, const source::RunningCode& code,
                Ingredients& ingredients);
/// All of a scratch database that something was built in.
SourcePart read_scratch(const std::string& name, std::shared_ptr<pg::ScratchDatabase> database,
                        SourceContext& context);
/// A database, by its URL. Throws UsageError, UnverifiedError.
SourcePart read_database_source(const std::string& source, SourceContext& context);
/// A lock file. Throws SpecError.
SourcePart read_lock_source(const std::string& source, SourceContext& context);
/// "sqlalchemy:package.module:Base", further modules behind commas: what SQLAlchemy models declare.
/// Throws SpecError for what is wrong in the project.
SourcePart read_models_source(const std::string& source, SourceContext& context);
/// Whether a project with migrations is in this folder.
bool has_migrations(const std::filesystem::path& folder);
/// "alembic:" or "alembic:path/alembic.ini": what a project's migrations build. The version table
/// is left out: it belongs to Alembic. Throws SpecError for what is wrong in the project.
SourcePart read_migrations_source(const std::string& source, SourceContext& context);

}  // namespace pgmend::app
