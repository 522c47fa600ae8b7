// SPDX-License-Identifier: MIT
#include "app/fleet/look.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>

#include "engine/tally.hpp"
#include "kinds/catalogs/locked_along.hpp"

namespace pgmend::app {

namespace {

/// Whether an object counts. Filters look at objects, not at rows, and are asked only where there
/// are any.
std::function<bool(const Kind&, const NameView&)> accepted_by(const LookOptions& options) {
  auto filter = options.filter;
  filter.schemas.clear();
  if (filter.lets_all_through() && !options.relations) return nullptr;
  return [filter = std::move(filter), relations = options.relations](const Kind& kind,
                                                                     const NameView& name) {
    if (relations) {
      const auto group = name.relation.empty() ? name.name : name.relation;
      if (kind.home != Kind::Home::relation ||
          std::find(relations->begin(), relations->end(), group) == relations->end())
        return false;
    }
    if (filter.lets_all_through()) return true;
    Object object;
    object.kind = &kind;
    object.name = name.copy();
    if (kind.home == Kind::Home::relation &&
        !filter.accepts_relation(object.name.schema, object.name.group()))
      return false;
    return filter.accepts(object);
  };
}

engine::Tallied tally(pg::Connection& connection, const engine::Selection& selection,
                      bool is_by_shape, const LookOptions& options) {
  const engine::TallyOptions counted = {.is_by_shape = is_by_shape,
                                        .may_be_shared = options.may_be_shared,
                                        .accepts = accepted_by(options)};
  return engine::tally_target(connection, options.kinds, kinds::k_locked_along_query, selection,
                              options.lock_timeout, counted);
}

std::string words_of(const engine::Unread& unread) {
  return fmt::format("{} is locked by {}", unread.held, unread.holder);
}

}  // namespace

namespace {

constexpr const char* k_no_room = "53200";  // out_of_memory: also of locks

engine::Tallied tally_in_parts(pg::Connection& connection, std::span<const std::string> schemas,
                               const LookOptions& options) {
  auto selection = engine::Selection::within("");
  selection.schemas.assign(schemas.begin(), schemas.end());
  try {
    return tally(connection, selection, true, options);
  } catch (const pg::Error& error) {
    if (!error.is(k_no_room) || schemas.size() == 1) throw;
  }
  const auto half = schemas.size() / 2;
  auto all = tally_in_parts(connection, schemas.subspan(0, half), options);
  auto rest = tally_in_parts(connection, schemas.subspan(half), options);
  all.schemas.merge(rest.schemas);
  all.unread.insert(all.unread.end(), rest.unread.begin(), rest.unread.end());
  return all;
}

/// A server takes some ten thousand locks, and each relation whose expressions are printed is one.
engine::Tallied tally_schemas(pg::Connection& connection, std::span<const std::string> schemas,
                              const LookOptions& options) {
  try {
    return tally(connection, engine::Selection::whole(), true, options);
  } catch (const pg::Error& error) {
    if (!error.is(k_no_room)) throw;
  }
  constexpr std::size_t k_at_once = 256;
  engine::Tallied all;
  for (std::size_t begin = 0; begin < schemas.size(); begin += k_at_once) {
    auto part = tally_in_parts(
        connection, schemas.subspan(begin, std::min(k_at_once, schemas.size() - begin)), options);
    all.schemas.merge(part.schemas);
    all.unread.insert(all.unread.end(), part.unread.begin(), part.unread.end());
  }
  return all;
}

}  // namespace

std::map<std::string, Glance> look_at_schemas(pg::Connection& connection,
                                              const std::vector<std::string>& schemas,
                                              const LookOptions& options) {
  // The version tables first: when a migration ends in between, what is there is what they say, or
  // more.
  auto records = options.migrations->read_all_schemas(connection);
  auto tallied = tally_schemas(connection, schemas, options);
  std::map<std::string, Glance> glances;
  for (const auto& [schema, print] : tallied.schemas) glances[schema].print = print;
  for (const auto& unread : tallied.unread) glances[unread.schema].unread = words_of(unread);
  for (auto& [schema, glance] : glances)
    if (const auto found = records.find(schema); found != records.end())
      glance.records = std::move(found->second);
  return glances;
}

Glance look_at_schema(pg::Connection& connection, const std::string& schema,
                      const LookOptions& options) {
  Glance glance;
  const auto tallied = tally(connection, engine::Selection::within(schema), true, options);
  if (const auto found = tallied.schemas.find(schema); found != tallied.schemas.end())
    glance.print = found->second;
  for (const auto& unread : tallied.unread)
    if (unread.schema == schema) glance.unread = words_of(unread);
  return glance;
}

Glance look_at_database(pg::Connection& connection, const LookOptions& options) {
  Glance glance;
  for (auto& [schema, records] : options.migrations->read_all_schemas(connection))
    for (auto& record : records) glance.records.push_back(std::move(record));
  const auto tallied = tally(connection, engine::Selection::whole(), false, options);
  for (const auto& [schema, print] : tallied.schemas) {
    glance.print.digest.add(Digest(schema).then(print.digest));
    glance.print.objects += print.objects;
    glance.print.all_objects += print.all_objects;
  }
  for (const auto& unread : tallied.unread) glance.unread = words_of(unread);
  return glance;
}

}  // namespace pgmend::app
