// SPDX-License-Identifier: MIT
#include "kinds/columns/carry_over.hpp"

#include <fmt/format.h>

#include "kinds/columns/column_sequence.hpp"
#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

bool has_sequence(const Object& column) {
  return column.has("serial") || column.has("identity");
}

}  // namespace

Carried carry_sequence_over(Object& expected, const Object* actual) {
  Carried carried;
  if (!actual || !has_sequence(*actual) || !has_sequence(expected)) return carried;
  const auto& sequence = actual->text("sequence_name");
  if (actual->has("serial") && expected.has("serial")) {
    carried.let_go = {fmt::format("ALTER SEQUENCE {} OWNED BY NONE", sequence)};
    carried.take_up = {fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence,
                                   relation_sql(expected), sql::quote_ident(expected.name.name))};
    expected.set("serial", Value::absent());
    expected.set("default", actual->value("raw_default"));
    return carried;
  }
  const auto [schema, name] = sequence_parsed(sequence);
  const auto aside = sql::truncate_identifier("pgmend_old_" + name);
  carried.let_go = {
      fmt::format("ALTER SEQUENCE {} RENAME TO {}", sequence, sql::quote_ident(aside))};
  carried.take_up = {fmt::format("SELECT pg_catalog.setval({}, last_value, is_called) FROM {}",
                                 own_sequence(expected), sql::quote_qualified(schema, aside))};
  return carried;
}

}  // namespace pgmend::kinds
