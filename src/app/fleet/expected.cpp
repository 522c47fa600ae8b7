// SPDX-License-Identifier: MIT
#include "app/fleet/expected.hpp"

#include <fmt/format.h>

#include <map>

#include "app/compare/unread.hpp"
#include "app/errors.hpp"
#include "engine/dependencies.hpp"
#include "engine/inspect.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "model/schema_mapping.hpp"
#include "pg/transaction.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// How many objects it speaks of in each schema; "" for what stands in none.
std::map<std::string, std::size_t> schemas_of(const Expectation& expectation) {
  std::map<std::string, std::size_t> schemas;
  for (const auto& relation : expectation.declarations.relations)
    schemas[relation.self.name.schema] += 1 + relation.parts.size();
  if (expectation.complete)
    for (const auto& object : expectation.complete->objects()) ++schemas[object.name.schema];
  return schemas;
}

std::string listed(const std::map<std::string, std::size_t>& schemas) {
  std::vector<std::string> names;
  for (const auto& [name, count] : schemas)
    if (!name.empty()) names.push_back(text::visible(name));
  return text::join(names, ", ");
}

std::string only_one(const Expectation& expectation,
                     const std::map<std::string, std::size_t>& schemas) {
  if (schemas.size() - schemas.count("") == 1) return schemas.rbegin()->first;
  throw UsageError(
      fmt::format("{} speaks of more than one schema: {}", expectation.source, listed(schemas)),
      fmt::format("say which one is each member's: --map {}=TENANT", schemas.rbegin()->first));
}

}  // namespace

FleetExpectation expected_of_schemas(Expectation expectation, const std::string& schema) {
  refuse_empty(expectation);
  const auto schemas = schemas_of(expectation);
  if (schemas.empty() || (schemas.size() == 1 && schemas.contains("")))
    throw UsageError(fmt::format("{} speaks of no schema", expectation.source));
  FleetExpectation all;
  all.schema = schema.empty() ? only_one(expectation, schemas) : schema;
  if (!schemas.contains(all.schema))
    throw UsageError(fmt::format("{} says nothing of the schema {}", expectation.source,
                                 text::visible(all.schema)),
                     fmt::format("it speaks of: {}", listed(schemas)));
  all.words = fmt::format("{}, its schema {} for each", expectation.source, all.schema);
  std::size_t others = 0;
  for (const auto& [name, count] : schemas)
    if (name != all.schema) others += count;
  if (others > 0)
    all.notes.push_back(fmt::format(
        "{} of {} in no schema or in others than {}: no member's, and not compared here",
        text::count(others, "object"), expectation.source, all.schema));
  all.expectation = std::move(expectation);
  return all;
}

FleetExpectation expected_like(Session& session, const std::string& schema,
                               const std::vector<const Kind*>& kinds, const std::string& words) {
  auto& connection = session.target.connection;
  try {
    const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
    engine::Scope scope;
    if (!schema.empty()) scope = engine::scope_of(connection, engine::Selection::within(schema));
    scope.locked_along_query = kinds::k_locked_along_query;
    auto read = engine::inspect(connection, kinds, scope);
    engine::read_dependencies(connection, read, schema.empty());
    FleetExpectation all;
    all.schema = schema;
    all.words = words;
    all.expectation.source = words;
    all.expectation.complete = std::make_shared<const Schema>(std::move(read));
    all.expectation.kinds = kinds;
    all.expectation.server_major = connection.server_major();
    return all;
  } catch (const pg::Error& error) {
    throw unverified(connection, error);
  }
}

Expectation expected_of(const FleetExpectation& all, const std::string& schema) {
  if (all.schema.empty()) return all.expectation;
  const SchemaMapping mapping(all.schema, schema);
  auto mapped = all.expectation;
  mapped.digest.clear();
  if (mapped.complete)
    mapped.complete = std::make_shared<const Schema>(mapping.map(*mapped.complete));
  mapped.declarations = mapping.map(std::move(mapped.declarations));
  std::erase_if(mapped.left_to_tools,
                [&](const ToolTable& each) { return each.table.schema != all.schema; });
  for (auto& each : mapped.left_to_tools) each.table.schema = schema;
  return mapped;
}

}  // namespace pgmend::app
