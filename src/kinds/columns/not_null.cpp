// SPDX-License-Identifier: MIT
#include "kinds/columns/not_null.hpp"

#include <fmt/format.h>

#include <utility>

#include "kinds/columns/column_settings.hpp"
#include "kinds/columns/filling.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

std::string not_null_clause(const Object& column, std::string_view name, const std::string& on) {
  std::string out;
  if (column.has(name)) out += " CONSTRAINT " + column.text(name);
  out += " NOT NULL";
  if (!on.empty()) out += ' ' + on;
  return column.has("no_inherit") ? out + " NO INHERIT" : out;
}

std::vector<std::string> not_valid_statements(const Object& column, std::string_view name,
                                              const Facts& facts) {
  const bool has_parent = facts.relation && facts.relation->kind == &k_table &&
                          (facts.relation->has("partition_of") || facts.relation->has("inherits"));
  if (!column.has("not_valid") || column.has("identity") || has_parent ||
      facts.server_version < 180000)
    return {};
  return {fmt::format("{}, ADD{} NOT VALID", alter_column_sql(column, "DROP NOT NULL"),
                      not_null_clause(column, name, sql::quote_ident(column.name.name)))};
}

Judgement judge_not_null(const Difference& d) {
  if (!d.wanted.is_present() && d.actual.has("keyed"))
    return worth_knowing("NOT NULL comes from the table's primary key");
  // Set by itself, every INSERT that leaves the column to its sequence would fail.
  for (const auto* source : {"serial", "identity"})
    if (d.wanted.is_present() && d.expected.has(source) && !d.actual.has(source))
      return worth_knowing(fmt::format("it comes with {}, which the column is not", source));
  auto judgement = judge_part(d);
  if (!d.wanted.is_present()) judgement.hint = "write NOT NULL in the declaration if that is meant";
  return judgement;
}

Judgement judge_not_valid(const Difference& d) {
  if (d.wanted.is_present() || !d.expected.has("not_null"))
    return worth_knowing("it is NOT NULL in another way than expected");
  auto judgement = judge_effect(d);
  judgement.reason = "its NOT NULL is NOT VALID: existing rows were never checked";
  return judgement;
}

Judgement judge_not_null_name(const Difference&) {
  return worth_knowing("the names of NOT NULL constraints differ");
}

std::vector<Stage> not_null_stages(const Object& column, const Facts& facts) {
  if (facts.relation_has_rows) return set_not_null_stages(column, column.name.name, facts);
  return {column_action(column, "SET NOT NULL")};
}

Recipe mend_not_null(const Object& expected, const Object& actual, const Facts& facts) {
  if (!expected.has("not_null")) return {.stages = {column_action(expected, "DROP NOT NULL")}};
  Recipe recipe;
  // Filling by the default is right only where we are finishing our own work: rows of an older
  // column may hold NULL for reasons of their own.
  if (facts.relation_has_rows &&
      (expected.has("backfill") || (actual.has("filling") && !fill_value(expected).empty())))
    recipe.stages.push_back(fill_rows(expected, facts));
  for (auto& stage : not_null_stages(expected, facts)) recipe.stages.push_back(std::move(stage));
  return recipe;
}

namespace {

std::string not_null_constraint(const Object& column) {
  if (column.has("not_null_constraint")) return column.text("not_null_constraint");
  return sql::quote_ident(fmt::format("{}_{}_not_null", column.name.relation, column.name.name));
}

}  // namespace

Recipe validate_not_null(const Object& expected, const Object& actual, const Facts& facts) {
  return {.stages = {no_nulls(expected, expected.name.name, facts),
                     in_transaction({fmt::format("{} VALIDATE CONSTRAINT {}", alter_table(expected),
                                                 not_null_constraint(actual))},
                                    Lock::share_update_exclusive, Cost::scan)}};
}

Recipe mend_no_inherit(const Object& expected, const Object& actual) {
  return {
      .stages = {alter_action(expected,
                              fmt::format("ALTER CONSTRAINT {} {}", not_null_constraint(actual),
                                          expected.has("no_inherit") ? "NO INHERIT" : "INHERIT"),
                              Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace pgmend::kinds
