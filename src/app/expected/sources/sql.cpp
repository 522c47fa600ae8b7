// SPDX-License-Identifier: MIT
#include "util/sql.hpp"

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "app/database/read_database.hpp"
#include "app/errors.hpp"
#include "app/expected/build_schema.hpp"
#include "app/expected/merge_sources.hpp"
#include "app/expected/sources/sources.hpp"
#include "pg/server_ingredients.hpp"
#include "source/sql_failures.hpp"
#include "source/sql_loader.hpp"

namespace pgmend::app {

namespace {

source::LockFile read_all(const pg::ScratchDatabase& database, const SourceRequest& request) {
  try {
    Target target = {database.connect(), database.name(), false};
    return read_database(target, request.with);
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
}

void add_script(pg::Connection& connection, const source::SqlScript& script,
                Ingredients& ingredients) {
  for (const auto& [path, digest] : script.files) ingredients.add_text(path, digest);
  if (ingredients.is_known()) add_loaded(connection, source::running_code(script), ingredients);
}

std::vector<std::string> load(const pg::ScratchDatabase& database, const source::SqlScript& script,
                              const SourceContext& context) {
  try {
    auto connection = database.connect();
    auto notes = source::load_sql(connection, script,
                                  {.is_private = database.server().is_private(),
                                   .server = database.server().description(),
                                   .wanted_major = context.scratch.like().major,
                                   .needs_privileges = !context.request.with.empty()});
    if (context.made_of) add_script(connection, script, *context.made_of);
    return notes;
  } catch (const pg::ConnectionError& error) {
    throw UnverifiedError(error);
  }
}

SourcePart part_of(const std::string& name, source::LockFile read,
                   std::shared_ptr<pg::ScratchDatabase> database) {
  SourcePart part;
  part.expectation = {
      name, {}, std::make_shared<Schema>(std::move(read.schema)), std::move(read.kinds)};
  part.server_major = read.server_major;
  part.scratch = std::move(database);
  return part;
}

/// On top of what the sources before it make. What it changes of that is a conflict.
SourcePart read_on_top(const source::SqlScript& script, SourceContext& context) {
  auto database = std::make_shared<pg::ScratchDatabase>(context.scratch.make());
  build_schema(*database, context.before->expectation);
  const auto before = read_all(*database, context.request);
  auto notes = load(*database, script, context);
  auto after = read_all(*database, context.request);
  check_unchanged(before.schema, after.schema, context.before->expectation.source, script.name);
  auto part = part_of(script.name, std::move(after), std::move(database));
  part.notes = std::move(notes);
  part.is_on_top = true;
  return part;
}

}  // namespace

bool is_sql_source(const std::string& source) {
  std::error_code ignored;
  return source == "-" || source.ends_with(".sql") ||
         std::filesystem::is_directory(source, ignored);
}

void add_loaded(pg::Connection& connection, const source::RunningCode& code,
                Ingredients& ingredients) {
  if (!code.is_known) return ingredients.add_unknown();
  try {
    // Whatever was left set.
    for (const auto* sql : {"RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL"})
      connection.query(sql);
    const auto words = sql::format_array({code.words.begin(), code.words.end()});
    if (!code.words.empty() &&
        connection.query(source::k_is_fickle, {words}).boolean(0, "is_fickle"))
      return ingredients.add_unknown();
  } catch (const pg::ConnectionError&) {
    throw;
  } catch (const pg::Error&) {
    return ingredients.add_unknown();
  }
  pg::add_server(connection, ingredients);
}

SourcePart read_scratch(const std::string& name, std::shared_ptr<pg::ScratchDatabase> database,
                        SourceContext& context) {
  auto read = read_all(*database, context.request);
  return part_of(name, std::move(read), std::move(database));
}

namespace {

std::uintmax_t size_of(const source::SqlScript& script) {
  std::uintmax_t size = 0;
  for (const auto& item : script.items) size += item.text.size();
  return size;
}

}  // namespace

SourcePart read_script(source::SqlScript script, SourceContext& context) {
  context.scratch.expect(size_of(script));
  auto database = std::make_shared<pg::ScratchDatabase>(context.scratch.make());
  try {
    auto notes = load(*database, script, context);
    script.items = std::vector<source::ScriptItem>();  // {} would keep the room
    auto part = read_scratch(script.name, std::move(database), context);
    part.notes = std::move(notes);
    return part;
  } catch (const source::MissingError&) {
    if (!context.before) throw;
  }
  return read_on_top(script, context);
}

SourcePart read_sql_source(const std::string& source, SourceContext& context) {
  return read_script(source::read_sql(source), context);
}

}  // namespace pgmend::app
