// SPDX-License-Identifier: MIT
#include "kinds/columns/move_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "kinds/columns/column_settings.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::string_view k_array = "[]";

/// What the elements of an array are, or else the type itself.
std::string element_type(std::string type) {
  while (type.ends_with(k_array)) type.resize(type.size() - k_array.size());
  return type;
}

/// "public.mood", which the server quotes only where it must.
bool is_called(const std::string& type, const Object& object) {
  const auto bare = [](const std::string& name) { return text::replace_all(name, "\"", ""); };
  return bare(type) == bare(own_sql(object));
}

/// That of those aside whose values it holds, alone or in an array; null if none.
const Object* held(const std::string& type, const Exchange& exchange) {
  const auto& aside = exchange.aside;
  const auto found = std::find_if(aside.begin(), aside.end(), [&](const Object* each) {
    return is_called(element_type(type), *each);
  });
  return found == aside.end() ? nullptr : *found;
}

/// How values of that type are compared with others, as text; nothing where they are inside of
/// something.
std::optional<std::string_view> operator_for(const std::string& type, const Exchange& exchange) {
  const auto* object = held(type, exchange);
  const bool is_array = type.ends_with(k_array);
  if (object == exchange.anew) return is_array ? "::text[] &&" : "::text = ANY";
  if (!object || object->kind != &k_domain || is_array) return std::nullopt;
  return operator_for(object->text("type"), exchange);
}

Move refused(std::string why, std::string hint) {
  Move move;
  move.refusal = std::move(why);
  move.hint = std::move(hint);
  return move;
}

/// Rows that hold what the new type does not have.
Stage evidence(const Object& column, std::string_view compared, const Exchange& exchange,
               const Facts& facts) {
  const auto condition =
      fmt::format("{}{} ({}::text[])", sql::quote_ident(column.name.name), compared,
                  sql::quote_literal(sql::format_array(exchange.lost)));
  return no_rows(facts, fmt::format("FROM {} WHERE {}", relation_sql(column), condition),
                 fmt::format("{{}} row(s) of {} hold in {} what is not expected: {}",
                             sql::display_ident(column.name.relation),
                             sql::display_ident(column.name.name), text::join(exchange.lost, ", ")),
                 "give them other values; they are shown by: ");
}

/// As it is to be, unless its type is to be another as well: then that comes later.
std::string default_of(const Object& actual, const Object* expected) {
  const bool agrees =
      expected && expected->value("default").is_specified() &&
      (!expected->value("type").is_specified() || expected->text("type") == actual.text("type"));
  const auto& from = agrees ? *expected : actual;
  return from.has("default") ? from.text("default") : "";
}

Stage change_type(const Object& column, const Facts& facts) {
  const auto type = column.text("type");
  const auto ident = sql::quote_ident(column.name.name);
  // What is stored elsewhere has no values here that could be converted.
  const bool is_elsewhere = is_foreign_table(*facts.relation);
  auto action = "TYPE " + type;
  if (!is_elsewhere) action += fmt::format(" USING {}::text::{}", ident, type);
  auto stage = column_action(column, action, is_elsewhere ? Cost::catalog : Cost::rewrite);
  for (auto& again : storage_actions(column)) stage.statements.push_back(std::move(again));
  return stage;
}

}  // namespace

Move move_column(const Object& actual, const Object* expected, const Exchange& exchange,
                 const Facts& facts) {
  const auto& table = *facts.relation;
  const auto name = display(actual.name);
  const bool is_moved = held(actual.text("type"), exchange) != nullptr;
  if (is_moved && is_in_partition_key(actual, table))
    return refused(fmt::format("{} is part of a partition key: its type cannot be changed", name),
                   "make a new table beside it, and move the rows over");
  if (is_moved && table.has("of_type"))
    return refused(
        fmt::format("{} is a table of a type, which says what it is of", display(table.name)),
        fmt::format("let go of that first: {} NOT OF", alter_table(actual)));
  Move move;
  if (is_moved && !exchange.lost.empty() && !is_foreign_table(table)) {
    const auto compared = operator_for(actual.text("type"), exchange);
    if (!compared)
      return refused(fmt::format("{} holds it inside of another type, where what is not expected "
                                 "cannot be counted: {}",
                                 name, text::join(exchange.lost, ", ")),
                     "move the values to a type without it, as text");
    move.evidence = {evidence(actual, *compared, exchange, facts)};
  }
  if (actual.has("default")) move.let_go = column_action(actual, "DROP DEFAULT");
  if (is_moved) move.take_up = change_type(actual, facts);
  const auto again = default_of(actual, expected);
  if (again.empty()) return move;
  const auto action = "SET DEFAULT " + again;
  if (move.take_up.statements.empty())
    move.take_up = column_action(actual, action);
  else
    move.take_up.statements.push_back(alter_column(actual, action));
  return move;
}

}  // namespace pgmend::kinds
