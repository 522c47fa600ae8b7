// SPDX-License-Identifier: MIT
#include "app/schema_source.hpp"

#include "app/errors.hpp"
#include "engine/dependencies.hpp"
#include "engine/inspect.hpp"
#include "kinds/kinds.hpp"
#include "pg/database_url.hpp"
#include "pg/transaction.hpp"
#include "util/file.hpp"

namespace pgmend::app {

namespace {

Expectation from_database(const SourceRequest& request) {
  auto session =
      connect({request.source, std::nullopt, request.connect_timeout_seconds, request.log_sql});
  auto read = read_database(session.target, {});
  return {session.subject.target,
          {},
          std::make_shared<Schema>(std::move(read.schema)),
          std::move(read.kinds)};
}

/// The text of the file if it is a lock file.
std::optional<std::string> lock_file_text(const std::string& path) {
  try {
    auto text = file::read_if_exists(path);
    if (text && source::is_lock_file(*text)) return text;
  } catch (const std::runtime_error&) {
    // Reading it as a spec says what is wrong with it.
  }
  return std::nullopt;
}

/// The settings of a pgmend.yaml beside another source: used if there is one.
Project nearest_project() {
  if (!find_spec(std::filesystem::current_path())) return {};
  return load_project(std::nullopt);
}

}  // namespace

LoadedSource load_source(const SourceRequest& request) {
  if (request.source && pg::is_url(*request.source)) {
    auto project = nearest_project();
    return {from_database(request), std::move(project)};
  }
  if (const auto text = request.source ? lock_file_text(*request.source) : std::nullopt) {
    auto lock = source::parse_lock_file(*text, *request.source, kinds::all());
    return {{*request.source,
             {},
             std::make_shared<Schema>(std::move(lock.schema)),
             std::move(lock.kinds)},
            nearest_project()};
  }
  auto project = load_project(request.source);
  auto declarations = std::move(project.declarations);
  auto name = declarations.file;
  return {{std::move(name), std::move(declarations), nullptr, {}}, std::move(project)};
}

source::LockFile read_database(Target& target, const Filter& filter) {
  try {
    const pg::Transaction snapshot(target.connection, pg::Transaction::Mode::read_only_snapshot,
                                   {.lock_timeout = std::chrono::milliseconds(1000)});
    auto schema = engine::inspect(target.connection, kinds::all(), {});
    engine::read_dependencies(target.connection, schema, true);
    const auto known = kinds::all();
    return {
        target.connection.server_major(), filtered(schema, filter), {known.begin(), known.end()}};
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
}

}  // namespace pgmend::app
