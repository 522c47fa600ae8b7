// SPDX-License-Identifier: MIT
#include "app/schema_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

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
  auto read = read_database(session.target, {}, request.with);
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

/// What was not asked for is left out; what was must be in it.
Expectation from_lock_file(const std::string& text, const SourceRequest& request) {
  auto lock = source::parse_lock_file(text, *request.source, kinds::all());
  for (const auto& word : request.with)
    if (std::none_of(lock.kinds.begin(), lock.kinds.end(),
                     [&](const Kind* kind) { return kind->asked_for == word; }))
      throw SpecError(
          Fault{.where = {*request.source},
                .message = fmt::format("it was written without {}", word),
                .hint = fmt::format("write it again: pgmend snapshot --with {} --output {}",
                                    fmt::join(request.with, ","), *request.source)});
  std::erase_if(lock.kinds, [&](const Kind* kind) {
    return !kind->asked_for.empty() && !request.with.contains(std::string(kind->asked_for));
  });
  auto schema = std::make_shared<Schema>();
  for (const auto& object : lock.schema.objects())
    if (std::find(lock.kinds.begin(), lock.kinds.end(), object.kind) != lock.kinds.end())
      schema->add(object);
  return {*request.source, {}, std::move(schema), std::move(lock.kinds)};
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
    return {from_lock_file(*text, request), nearest_project()};
  }
  if (!request.with.empty())
    throw SpecError(
        Fault{.where = {request.source.value_or(k_spec_name)},
              .message = fmt::format("it states no {}", *request.with.begin()),
              .hint = "a whole schema does: pgmend snapshot --with " + *request.with.begin()});
  auto project = load_project(request.source);
  auto declarations = std::move(project.declarations);
  auto name = declarations.file;
  return {{std::move(name), std::move(declarations), nullptr, kinds_with({})}, std::move(project)};
}

std::vector<const Kind*> kinds_with(const std::set<std::string>& with) {
  std::vector<const Kind*> kinds;
  for (const auto* kind : kinds::all())
    if (kind->asked_for.empty() || with.contains(std::string(kind->asked_for)))
      kinds.push_back(kind);
  return kinds;
}

source::LockFile read_database(Target& target, const Filter& filter,
                               const std::set<std::string>& with) {
  try {
    const pg::Transaction snapshot(target.connection, pg::Transaction::Mode::read_only_snapshot,
                                   {.lock_timeout = std::chrono::milliseconds(1000)});
    auto known = kinds_with(with);
    auto schema = engine::inspect(target.connection, known, {});
    engine::read_dependencies(target.connection, schema, true);
    return {target.connection.server_major(), filtered(schema, filter), std::move(known)};
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
}

}  // namespace pgmend::app
