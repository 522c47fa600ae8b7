// SPDX-License-Identifier: MIT
#include "kinds/support/typed_table.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// The server would name one column only.
Stage columns_are_as_of_type(const Object& table) {
  const auto columns = [](std::string_view oid) {
    return fmt::format(
        "(SELECT pg_catalog.row_number() OVER (ORDER BY a.attnum) AS n, a.attname, "
        "pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attcollation "
        "FROM pg_catalog.pg_attribute a WHERE a.attrelid = {} AND a.attnum > 0 "
        "AND NOT a.attisdropped)",
        oid);
  };
  const auto pairs = fmt::format(
      "FROM {} AS t FULL JOIN {} AS y USING (n) WHERE (t.attname, t.type, t.attcollation) "
      "IS DISTINCT FROM (y.attname, y.type, y.attcollation)",
      columns(fmt::format("pg_catalog.to_regclass({})", sql::quote_literal(own_sql(table)))),
      columns(fmt::format("(SELECT p.typrelid FROM pg_catalog.pg_type p WHERE p.oid = "
                          "pg_catalog.to_regtype({}))",
                          sql::quote_literal(table.text("of_type")))));
  return precondition(
      fmt::format("SELECT pg_catalog.count(*) {} HAVING pg_catalog.count(*) > 0", pairs),
      fmt::format("{{}} of its columns are not as the type {} says", table.text("of_type")),
      "they have to have the names and types of the attributes, in the same order",
      fmt::format(
          "SELECT coalesce(pg_catalog.quote_ident(t.attname) || ' ' || t.type, 'none') || "
          "' where ' || coalesce(pg_catalog.quote_ident(y.attname) || ' ' || y.type, 'none')"
          " || ' should be' {} ORDER BY n LIMIT 3",
          pairs));
}

}  // namespace

Recipe mend_of_type(const Object& table) {
  const auto mended = [&](const std::string& action) {
    return in_transaction({fmt::format("ALTER TABLE {} {}", own_sql(table), action)},
                          Lock::access_exclusive, Cost::catalog);
  };
  if (!table.has("of_type")) return {.stages = {mended("NOT OF")}};
  return {.stages = {columns_are_as_of_type(table), mended("OF " + table.text("of_type"))}};
}

}  // namespace pgmend::kinds
