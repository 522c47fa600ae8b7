// SPDX-License-Identifier: MIT
#include "kinds/constraints/switched_off.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

Judgement judge_switched_off(const Difference& d) {
  if (d.found.text() == "replica")
    return {.sort = Sort::different,
            .consent = Consent::alter,
            .reason = "its triggers fire on a replica only: nothing is checked against it"};
  auto judgement = judge_effect(d);
  judgement.reason = "its triggers are disabled: nothing is checked against it";
  return judgement;
}

Recipe switch_on(const Object& actual, std::optional<Stage> offenders) {
  Recipe recipe;
  recipe.superuser_for = "enable the triggers of a constraint";
  if (offenders) recipe.stages.push_back(std::move(*offenders));
  // ONLY: partitions have triggers of other names, and stand here themselves.
  auto enable = in_transaction({}, Lock::share_row_exclusive, Cost::catalog);
  for (const auto& entry : sql::parse_array(actual.text("triggers"))) {
    const auto parts = sql::parse_array(entry);
    const auto table = sql::quote_qualified(parts.at(1), parts.at(2));
    enable.statements.push_back(
        fmt::format("ALTER TABLE ONLY {} ENABLE TRIGGER {}", table, sql::quote_ident(parts.at(3))));
    if (table != relation_sql(actual) &&
        std::find(enable.also_locks.begin(), enable.also_locks.end(), table) ==
            enable.also_locks.end())
      enable.also_locks.push_back(table);
  }
  if (enable.statements.empty()) enable.statements = {alter_table(actual) + " ENABLE TRIGGER ALL"};
  recipe.stages.push_back(std::move(enable));
  return recipe;
}

}  // namespace pgmend::kinds
