// SPDX-License-Identifier: MIT
#include "kinds/columns/generated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "kinds/columns/column_settings.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"

namespace pgmend::kinds {

namespace {

bool is_stored(const Object& column) {
  return column.text("generated") == "STORED";
}

Judgement new_column(const Difference& d) {
  auto judgement = judge_rewrite(d);
  judgement.consent = Consent::drop;
  judgement.reason = d.wanted.is_present()
                         ? "a new column takes its place: the values that it has are lost"
                         : "a new column takes its place, and rows have no values in that";
  return judgement;
}

}  // namespace

Judgement judge_generated(const Difference& d) {
  for (const auto* source : {"serial", "identity"})
    if (d.expected.has(source) && is_stored(d.actual))
      return worth_knowing("it goes when the column gets its sequence");
  if (d.wanted.is_present() && d.found.is_present()) return judge_rewrite(d);
  if (!d.wanted.is_present() && is_stored(d.actual)) return judge_alter(d);
  return new_column(d);
}

Judgement judge_expression(const Difference& d) {
  const auto& wanted = d.expected.value("generated");
  if (!wanted.is_specified() && !d.found.is_present()) return new_column(d);
  if (wanted.is_specified() && wanted != d.actual.value("generated"))
    return worth_knowing("it comes or goes with the column being generated");
  return is_stored(d.actual) ? judge_rewrite(d) : judge_alter(d);
}

std::string generated_form(const Object& column) {
  return column.has("generated") ? column.text("generated") : "STORED";
}

std::string drop_expression(const Object& column) {
  return alter_column_sql(column, "DROP EXPRESSION");
}

Recipe mend_generated(const Object& expected, const Object& actual) {
  if (expected.has("generated") || !is_stored(actual)) return {.stages = {}, .anew = true};
  auto stage = column_action(expected, "DROP EXPRESSION");
  if (expected.has("default"))
    stage.statements.push_back(alter_column(expected, "SET DEFAULT " + expected.text("default")));
  return {.stages = {std::move(stage)}};
}

/// SET EXPRESSION is there since 17, but until 18 not for what is not stored in a table that has
/// checks, whatever they are about.
Recipe mend_expression(const Object& expected, const Object& actual, const Facts& facts) {
  const bool has_checks = std::any_of(facts.parts.begin(), facts.parts.end(),
                                      [](const Object* part) { return part->kind == &k_check; });
  const int since = has_checks && !is_stored(actual) ? 190000 : 170000;
  if (!actual.has("expression") || facts.server_version < since)
    return {.stages = {}, .anew = true};
  return {.stages = {column_action(
              expected, fmt::format("SET EXPRESSION AS ({})", expected.text("expression")),
              is_stored(actual) ? Cost::rewrite : Cost::catalog)}};
}

}  // namespace pgmend::kinds
