// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/errors.hpp"
#include "app/expected/sources/python.hpp"
#include "util/file.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_alembic = "alembic:";

/// A chain may name many roles; each costs a replay.
constexpr int k_most_roles = 20;

bool configures_alembic(const fs::path& toml) {
  const auto text = file::read_if_exists(toml);
  return text && text->find("[tool.alembic") != std::string::npos;
}

/// alembic.ini files below the folder, for a hint.
std::string nearby(const fs::path& folder) {
  std::vector<std::string> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.is_directory() && fs::exists(entry.path() / "alembic.ini"))
      found.push_back("alembic:" + entry.path().filename().string() + "/alembic.ini");
  std::sort(found.begin(), found.end());
  return found.empty() ? "name it: alembic:path/alembic.ini"
                       : fmt::format("there is: {}", fmt::join(found, ", "));
}

/// The role that an error message says does not exist: role "app" does not exist.
std::optional<std::string> missing_role(const source::PythonError& error) {
  constexpr std::string_view k_before = "role \"";
  constexpr std::string_view k_behind = "\" does not exist";
  const std::string_view message = error.what();
  const auto begin = message.find(k_before);
  if (error.sqlstate().empty() || begin == std::string_view::npos) return std::nullopt;
  const auto name = message.substr(begin + k_before.size());
  const auto end = name.find(k_behind);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(name.substr(0, end));
}

/// What every driver takes: no service file, no default that only libpq knows.
pg::ConnectionParameters spelled_out(const pg::ScratchDatabase& database) {
  auto parameters = database.parameters();
  const auto connection = database.connect();
  for (const auto* keyword : {"host", "port", "user", "dbname"})
    if (auto value = connection.parameter(keyword); !value.empty())
      parameters[keyword] = std::move(value);
  parameters.erase("service");
  return parameters;
}

/// A path as the user would type it.
std::string shown(const fs::path& path) {
  return path.lexically_proximate(fs::current_path()).lexically_normal().string();
}

[[noreturn]] void fail(const std::string& config, std::string message, std::string hint) {
  throw SpecError(Fault{
      .where = {config, 0, 0}, .what = {}, .message = std::move(message), .hint = std::move(hint)});
}

std::string revisions(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  return text::join(ids, ", ");
}

/// Takes the version table away and returns what it held; nothing if there is none.
std::optional<std::vector<std::string>> take_version_table(
    pg::Connection& connection, const source::Replay::VersionTable& table) {
  const auto found = connection.query(
      "SELECT n.nspname FROM pg_catalog.pg_class c "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE c.relname = $1 AND c.relkind = 'r' AND ($2 = '' OR n.nspname = $2)",
      {table.name, table.schema});
  if (found.rows() == 0) return std::nullopt;
  const auto name =
      fmt::format("{}.{}", sql::quote_ident(found.get(0, 0)), sql::quote_ident(table.name));
  const auto rows = connection.query("SELECT version_num FROM " + name);
  std::vector<std::string> ids;
  for (int row = 0; row < rows.rows(); ++row) ids.emplace_back(rows.get(row, 0));
  connection.query("DROP TABLE " + name);
  return ids;
}

/// That Alembic says it is done does not mean that anything was committed, or here.
void must_have_arrived(pg::Connection& connection, const source::Replay& replay,
                       const std::string& config) {
  std::vector<std::string> stored;
  for (const auto& table : replay.version_tables)
    if (auto ids = take_version_table(connection, table))
      stored.insert(stored.end(), ids->begin(), ids->end());
  if (stored.empty() && replay.connections == 0)
    fail(config, "its env.py connected to no database, so nothing was migrated",
         "in online mode env.py has to connect and run context.run_migrations()");
  if (stored.empty())
    fail(config, "its migrations ran without an error, but nothing of them was committed",
         "does env.py execute a statement before context.configure()? SQLAlchemy 2 then rolls "
         "all of it back; commit it, or execute it within context.begin_transaction()");
  for (const auto& id : stored)
    if (std::find(replay.heads.begin(), replay.heads.end(), id) == replay.heads.end())
      fail(config,
           fmt::format("its migrations stopped at {}, the heads are {}", revisions(stored),
                       revisions(replay.heads)),
           "run `alembic upgrade heads` on an empty database to see why");
}

/// Where Alembic itself looks, and Flask-Migrate.
std::optional<fs::path> usual_config(const fs::path& folder) {
  if (fs::exists(folder / "alembic.ini")) return folder / "alembic.ini";
  if (configures_alembic(folder / "pyproject.toml")) return folder / "pyproject.toml";
  const auto flasks = folder / "migrations";
  if (fs::exists(flasks / "env.py") && fs::exists(flasks / "alembic.ini"))
    return flasks / "alembic.ini";
  return std::nullopt;
}

/// What the source names: a file, alembic.ini in a folder, or where Alembic itself looks.
fs::path find_config(std::string_view source, const fs::path& folder,
                     const env::Environment& environment) {
  auto named = std::string(source.substr(std::min(k_alembic.size(), source.size())));
  if (named.empty()) named = environment("ALEMBIC_CONFIG").value_or("");
  if (!named.empty()) {
    auto path = folder / named;
    if (fs::is_directory(path)) path /= "alembic.ini";
    if (!fs::exists(path)) fail(shown(path), "there is no such file", nearby(folder));
    return path;
  }
  if (auto usual = usual_config(folder)) return *usual;
  fail(shown(folder / "alembic.ini"), "there is no such file", nearby(folder));
}

struct Replayed {
  std::shared_ptr<pg::ScratchDatabase> database;
  std::vector<std::string> notes;
  source::Replay replay;
};

/// Migrations are alone in it: whoever waits for a lock there waits for ever.
void limit_waits(const pg::ScratchDatabase& database) {
  auto connection = database.connect();
  connection.query(fmt::format("ALTER DATABASE {} SET lock_timeout = '10s'",
                               sql::quote_ident(connection.parameter("dbname"))));
}

bool waited_for_itself(const source::PythonError& error) {
  return std::string_view(error.what()).find("lock timeout") != std::string_view::npos;
}

/// On a private server the roles are made that migrations speak of: the real one has had them since
/// long before. Each is found by failing, and costs a replay.
Replayed replay(const source::PythonProject& project, const fs::path& config, Scratch& scratch) {
  std::vector<std::string> notes;
  for (int attempt = 0;; ++attempt) {
    auto database = std::make_shared<pg::ScratchDatabase>(scratch.make());
    limit_waits(*database);
    try {
      auto replay = source::replay_migrations(project, config, spelled_out(*database));
      auto connection = database->connect();
      must_have_arrived(connection, replay, project.source);
      if (replay.heads.size() > 1)
        notes.push_back(fmt::format("{} has {} heads, all were applied: {}", project.source,
                                    replay.heads.size(), revisions(replay.heads)));
      return {std::move(database), std::move(notes), std::move(replay)};
    } catch (const source::PythonError& error) {
      if (waited_for_itself(error))
        fail(
            project.source,
            "its migrations wait for each other: env.py connects to several databases, and here "
            "they are all one",
            "a check is of one database: name a configuration of that one alone, or what it should "
            "be by a lock file (pgmend snapshot)");
      const auto role = missing_role(error);
      if (!role || !database->server().is_private() || attempt == k_most_roles) throw;
      // Whatever the real role may do (SET ROLE, CREATE TABLE), it may here.
      database->connect().query(fmt::format("CREATE ROLE {} SUPERUSER", sql::quote_ident(*role)));
      notes.push_back(fmt::format("role {} was made on the scratch server", *role));
    }
  }
}

/// What usual_config() and find_config() look at.
void add_choice_of_config(const fs::path& folder, Ingredients& ingredients) {
  using Of = Ingredient::Sort;
  const auto whole = fs::absolute(folder).lexically_normal();
  ingredients.add(Of::variable, "ALEMBIC_CONFIG");
  ingredients.add(Of::text, (whole / "pyproject.toml").string());
  for (const auto* file : {"alembic.ini", "migrations/env.py", "migrations/alembic.ini"})
    ingredients.add(Of::there, (whole / file).string());
}

/// Alembic's own, in its version table.
bool is_of_the_books(const std::string& sql, const source::Replay& replay) {
  const bool writes = sql.starts_with("INSERT INTO ") || sql.starts_with("UPDATE ") ||
                      sql.starts_with("DELETE FROM ");
  return writes && std::any_of(replay.version_tables.begin(), replay.version_tables.end(),
                               [&](const auto& table) {
                                 const auto first = sql.substr(0, sql.find_first_of("(=\n"));
                                 return first.find(table.name) != std::string::npos;
                               });
}

/// What the migrations sent, and the server that it was sent to.
void add_replay(const Replayed& replayed, Ingredients& ingredients) {
  std::string sent;
  for (const auto& sql : replayed.replay.made_of.ran)
    if (!is_of_the_books(sql, replayed.replay)) sent += sql + "\n;\n";
  try {
    const auto code = source::running_code(source::read_sql_text(sent, "migrations"), true);
    auto connection = replayed.database->connect();
    add_loaded(connection, code, ingredients);
  } catch (const SpecError&) {
    ingredients.add_unknown();
  }
}

}  // namespace

bool is_migrations_source(const std::string& source) {
  return source.starts_with(k_alembic) || source + ":" == k_alembic;
}

bool has_migrations(const fs::path& folder) {
  return env::process_environment()("ALEMBIC_CONFIG") || usual_config(folder);
}

SourcePart read_migrations_source(const std::string& source, SourceContext& context) {
  const auto config = find_config(source, context.request.folder, env::process_environment());
  const auto project = python_project(shown(config), context);
  try {
    auto replayed = replay(project, fs::absolute(config), context.scratch);
    if (context.made_of) {
      add_choice_of_config(context.request.folder, *context.made_of);
      add_python(project, replayed.replay.made_of, *context.made_of);
      if (context.made_of->is_known()) add_replay(replayed, *context.made_of);
    }
    auto part = read_scratch(source, std::move(replayed.database), context);
    part.notes = std::move(replayed.notes);
    part.expectation.is_written_for_its_server = true;
    part.alembic_config = fs::absolute(config).lexically_normal();
    return part;
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
}

}  // namespace pgmend::app
