// SPDX-License-Identifier: MIT
#include "kinds/columns/conversion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// Each holds all values of those before it.
constexpr std::array<std::string_view, 4> k_widening = {"smallint", "integer", "bigint", "numeric"};

bool any_value_fits(const std::string& from, const std::string& to) {
  if (to == "text" || to == "character varying") return true;
  const auto place = [](const std::string& type) {
    return std::find(k_widening.begin(), k_widening.end(), type);
  };
  return place(to) != k_widening.end() && place(from) <= place(to);
}

/// A type whose explicit cast cuts values short in silence, and its function that does not unless
/// only blanks would go (PostgreSQL documentation, section 8.3 and 8.10; CREATE CAST).
struct Limited {
  std::string_view type;
  std::string_view function;
  int header;  // what its modifier is more than the length
};
constexpr std::array k_limited = {
    Limited{.type = "character varying", .function = "varchar", .header = 4},
    Limited{.type = "character", .function = "bpchar", .header = 4},
    Limited{.type = "bit varying", .function = "varbit", .header = 0},
    Limited{.type = "bit", .function = "\"bit\"", .header = 0},
};

/// The value as an assignment converts it.
std::string converted(const std::string& value, const std::string& type) {
  for (const auto& limited : k_limited) {
    const auto start = std::string(limited.type) + '(';
    if (!type.starts_with(start) || !type.ends_with(')')) continue;
    const auto length = std::stoi(type.substr(start.size()));
    return fmt::format("pg_catalog.{0}({1}::pg_catalog.{0}, {2}, false)", limited.function, value,
                       length + limited.header);
  }
  return fmt::format("{}::{}", value, type);
}

bool is_text(const std::string& type) {
  return type == "text" || type.starts_with("character varying");
}

}  // namespace

std::optional<Stage> values_convert(const Object& expected, const Object& actual,
                                    const Facts& facts) {
  const auto& type = expected.text("type");
  if (!facts.relation_has_rows || facts.change == Rehearsed::keeps_file ||
      facts.change == Rehearsed::not_tried || any_value_fits(actual.text("type"), type) ||
      is_foreign_table(*facts.relation))
    return std::nullopt;
  const auto ident = sql::quote_ident(expected.name.name);
  const auto value = converted(ident, type);
  constexpr int k_can_be_asked = 160000;  // pg_input_is_valid()
  if (is_text(actual.text("type")) && value.ends_with("::" + type) &&
      facts.server_version >= k_can_be_asked)
    return no_rows(facts,
                   fmt::format("FROM {} WHERE NOT pg_catalog.pg_input_is_valid({}, {})",
                               relation_sql(expected), ident, sql::quote_literal(type)),
                   fmt::format("{{}} row(s) of {} hold in {} what is no {}",
                               sql::display_ident(expected.name.relation),
                               sql::display_ident(expected.name.name), type),
                   "give them other values; they are shown by: ");
  // Fails where one cannot be.
  return precondition(fmt::format("SELECT pg_catalog.count({0}) FROM {1} "
                                  "HAVING pg_catalog.count({0}) < 0",
                                  value, relation_sql(expected)),
                      "", "give such rows other values first");
}

}  // namespace pgmend::kinds
