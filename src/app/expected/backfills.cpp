// SPDX-License-Identifier: MIT
#include "app/expected/backfills.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/errors.hpp"
#include "kinds/kinds.hpp"
#include "util/sql.hpp"

namespace pgmend::app {

namespace {

constexpr std::string_view k_key = "backfill";

std::string shown(const Backfill& backfill) {
  auto name = sql::display_ident(backfill.table) + '.' + sql::display_ident(backfill.column);
  return backfill.schema.empty() ? name : sql::display_ident(backfill.schema) + '.' + name;
}

bool is_meant(const Backfill& backfill, const Name& name) {
  return name.name == backfill.column && name.relation == backfill.table &&
         (backfill.schema.empty() || name.schema == backfill.schema);
}

/// What is left of the names, once for each column that may be meant.
template <typename Item>
Item& the_one(const std::vector<Item*>& found, const Backfill& backfill,
              const std::string& source) {
  if (found.size() == 1) return *found.front();
  if (found.empty())
    throw UsageError(
        fmt::format("{}: {} has no column {}", backfill.said_by, source, shown(backfill)),
        "write it as TABLE.COLUMN=EXPRESSION, or with the schema in front");
  throw UsageError(fmt::format("{}: {} has a column {} in {} schemas", backfill.said_by, source,
                               shown(backfill), found.size()),
                   "say which: SCHEMA.TABLE.COLUMN=EXPRESSION");
}

void add_to_declarations(Declarations& declarations, const Backfill& backfill) {
  std::vector<Declared*> found;
  for (auto& relation : declarations.relations)
    for (auto& part : relation.parts)
      if (part.section == kinds::k_column.section && is_meant(backfill, part.name))
        found.push_back(&part);
  auto& column = the_one(found, backfill, declarations.file);
  column.parts.insert_or_assign(std::string(k_key),
                                Declared::Part{backfill.expression, {backfill.said_by, 0, 0}});
}

std::shared_ptr<const Schema> with(const Schema& schema, const std::vector<Backfill>& backfills,
                                   const std::string& source) {
  std::vector<Object> objects = schema.objects();
  for (const auto& backfill : backfills) {
    std::vector<Object*> found;
    for (auto& object : objects)
      if (object.kind == &kinds::k_column && is_meant(backfill, object.name))
        found.push_back(&object);
    the_one(found, backfill, source).set(k_key, Value::present(backfill.expression));
  }
  auto made = std::make_shared<Schema>();
  made->reserve(objects.size());
  for (auto& object : objects) made->add(std::move(object));
  return made;
}

}  // namespace

void add_backfills(Expectation& expectation, const std::vector<Backfill>& backfills) {
  if (backfills.empty()) return;
  if (expectation.complete)
    expectation.complete = with(*expectation.complete, backfills, expectation.source);
  else
    for (const auto& backfill : backfills) add_to_declarations(expectation.declarations, backfill);
}

}  // namespace pgmend::app
