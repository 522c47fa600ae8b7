// SPDX-License-Identifier: MIT
#include "app/jobs/init.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/compare/unread.hpp"
#include "app/compare/version_table.hpp"
#include "app/errors.hpp"
#include "app/expected/schema_source.hpp"
#include "engine/inspect.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "kinds/kinds.hpp"
#include "source/yaml_writer.hpp"

namespace pgmend::app {

namespace {

/// What pgmend.yaml has no section for is left out.
bool is_wanted(const Object& object, const Schema& all, const Filter& filter) {
  if (!object.kind->section || !filter.accepts(object) ||
      !filter.accepts_relation(object.name.schema, object.name.group()))
    return false;
  const bool asked_for = !filter.tables.empty();
  return asked_for || !is_version_table({object.name.schema, "", object.name.group()}, all);
}

/// public first, then every schema that something stands in.
std::vector<std::string> search_path(const Schema& schema) {
  std::vector<std::string> path;
  for (const auto& object : schema.objects())
    if (std::find(path.begin(), path.end(), object.name.schema) == path.end())
      path.push_back(object.name.schema);
  const auto home = std::find(path.begin(), path.end(), "public");
  if (home != path.end()) std::rotate(path.begin(), home, home + 1);
  return path;
}

}  // namespace

std::string draft_spec(Target& target, const Filter& filter) {
  check_filter(filter, kinds::all(), Expectation{});
  Schema wanted;
  try {
    const auto inspection =
        engine::inspect_target(target.connection, kinds_with({}), kinds::k_locked_along_query,
                               engine::Selection::whole(), std::chrono::milliseconds(1000));
    for (const auto& unread : inspection.unread)
      if (filter.accepts_relation(unread.schema, unread.group)) throw unread_error(unread);
    for (const auto& object : inspection.schema.objects())
      if (is_wanted(object, inspection.schema, filter)) wanted.add(object);
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
  if (wanted.objects().empty())
    throw SpecError(Fault{.where = {target.description},
                          .message = "there is no table to write a spec from",
                          .hint = "is this the right database? if it is new, run the migrations "
                                  "first; look at --table and --schema-name"});
  return source::write_yaml({target.description, search_path(wanted), wanted}, kinds::all());
}

}  // namespace pgmend::app
