// SPDX-License-Identifier: MIT
#include "app/expected/schema_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/expected/kept.hpp"
#include "app/expected/merge_sources.hpp"
#include "pg/database_url.hpp"

namespace pgmend::app {

namespace {

/// A URL, or libpq's own words: `host=db dbname=shop`. A file may have such a name.
bool is_database_source(const std::string& source) {
  std::error_code ignored;
  return pg::is_url(source) ||
         (source.find('=') != std::string::npos && !std::filesystem::exists(source, ignored));
}

bool is_whole_source(const std::string& source) {
  return is_database_source(source) || is_models_source(source) || is_migrations_source(source) ||
         is_sql_source(source) || is_lock_source(source);
}

/// A Python file or module is no spec, and says so.
void refuse_python(const std::string& source) {
  const bool is_file = source.ends_with(".py");
  const bool is_module = source.find(':') != std::string::npos &&
                         source.find('/') == std::string::npos && !source.ends_with(".yaml");
  if (!is_file && !is_module) return;
  auto module = source.substr(0, is_file ? source.size() - 3 : std::string::npos);
  std::replace(module.begin(), module.end(), '/', '.');
  throw SpecError(
      Fault{.where = {source},
            .message = is_file ? "it is a Python file, and no source by itself"
                               : "it names something in a Python module",
            .hint = fmt::format("models: --schema sqlalchemy:{}; migrations: --schema alembic:",
                                is_file ? module + ":Base" : module)});
}

SourcePart read_yaml_source(const std::optional<std::string>& source, SourceContext& context) {
  auto project = load_project(source);
  if (!context.request.with.empty())
    throw SpecError(Fault{
        .where = project.with.empty() ? SourceLocation{source.value_or(k_spec_name)}
                                      : project.with_where,
        .message = "it states no " + *context.request.with.begin(),
        .hint = "a whole schema does: pgmend snapshot --with " + *context.request.with.begin()});
  auto declarations = std::move(project.declarations);
  if (declarations.relations.empty())  // it names members, and not what is expected of them
    throw SpecError(Fault{.where = {declarations.file},
                          .message = "the spec names nothing to check",
                          .hint = "add `tables:` or `schema:`, or name a source with --schema"});
  auto name = declarations.file;
  SourcePart part;
  part.expectation = {std::move(name), std::move(declarations), nullptr, kinds_with({})};
  return part;
}

SourcePart read_source(const std::string& source, SourceContext& context) {
  if (is_database_source(source)) return read_database_source(source, context);
  if (is_models_source(source)) return read_models_source(source, context);
  if (is_migrations_source(source)) return read_migrations_source(source, context);
  if (is_lock_source(source)) return read_lock_source(source, context);
  if (is_sql_source(source)) return read_sql_source(source, context);
  return read_yaml_source(source, context);
}

}  // namespace

namespace {

/// Models and migrations that a spec names are those of the project that it stands in. One that
/// holds only settings is for those of the project's migrations.
void take_sources(SourceRequest& request, const Project& project) {
  const bool takes_migrations = request.takes_migrations && !project.names_schema();
  if (takes_migrations && !has_migrations(project.folder))
    throw SpecError(Fault{.where = {project.declarations.file},
                          .message = "it names no tables, and no source of the schema",
                          .hint = "name one in it (`schema: schema.sql`), or by --schema SOURCE; "
                                  "there is no Alembic configuration beside it"});
  if (project.sources.empty() && !takes_migrations) return;
  request.sources = takes_migrations ? std::vector<std::string>{"alembic:"} : project.sources;
  request.folder = project.folder;
}

}  // namespace

Project settle_request(SourceRequest& request) {
  for (const auto& source : request.sources)
    if (!is_whole_source(source)) refuse_python(source);
  if (request.sources.size() == 1 && !is_whole_source(request.sources.front())) {
    auto project = load_project(request.sources.front());
    request.with.insert(project.with.begin(), project.with.end());
    take_sources(request, project);
    return project;
  }
  const bool has_one = find_spec(std::filesystem::current_path()).has_value();
  if (!has_one && request.sources.empty() && request.takes_migrations &&
      has_migrations(request.folder))
    request.sources = {"alembic:"};
  if (!has_one && !request.sources.empty()) return {};
  auto project = load_project(std::nullopt);
  request.with.insert(project.with.begin(), project.with.end());
  if (request.sources.empty()) take_sources(request, project);
  return project;
}

SourcePart load_sources(const SourceRequest& request, Scratch& scratch) {
  Ingredients made_of;
  SourceContext context = {request, scratch, nullptr, request.keeps ? &made_of : nullptr};
  if (request.sources.empty()) return read_yaml_source(std::nullopt, context);
  Kept kept(request, scratch);
  if (auto part = kept.look()) return std::move(*part);
  std::optional<SourcePart> merged;
  for (const auto& source : request.sources) {
    auto part = read_source(source, context);
    part.expectation.server_major = part.server_major;
    merged =
        merged ? merge(std::move(*merged), std::move(part), request, scratch) : std::move(part);
    context.before = &*merged;
  }
  kept.remember(*merged, made_of);
  return std::move(*merged);
}

Expectation load_expectation(SourceRequest request) {
  Scratch scratch({});
  settle_request(request);
  return load_sources(request, scratch).expectation;
}

}  // namespace pgmend::app
