// SPDX-License-Identifier: MIT
#include "kinds/constraints/partitioned_key.hpp"

#include <fmt/format.h>

#include "kinds/constraints/constraint.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

bool are_nulls_distinct(const Object& key, std::string_view constraint_word) {
  return constraint_word == "UNIQUE" && !key.has("nulls_not_distinct");
}

Stage no_other_primary_key(const Lacking& on) {
  return precondition(fmt::format("SELECT 1 FROM pg_catalog.pg_constraint WHERE contype = 'p' "
                                  "AND conrelid = pg_catalog.to_regclass({})",
                                  sql::quote_literal(on.table)),
                      fmt::format("the partition {} has another primary key", on.table),
                      "drop that first: it is not pgmend's to do");
}

std::string drop_index(const std::string& index) {
  return "DROP INDEX CONCURRENTLY IF EXISTS " + index;
}

Stage build(const Object& key, std::string_view constraint_word, const Lacking& on,
            const std::string& name) {
  return alone(fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} {}", sql::quote_ident(name),
                           on.table, index_of_key(key, constraint_word)),
               Lock::share_update_exclusive, Cost::build,
               drop_index(sql::quote_qualified(on.schema, name)));
}

/// A constraint is made of the index, for only such a one can be attached.
Stage take_over(const Object& key, std::string_view constraint_word, const Lacking& on,
                const std::string& name) {
  const auto ident = sql::quote_ident(name);
  auto stage =
      in_transaction({fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {} USING INDEX {}{}", on.table,
                                  ident, constraint_word, ident,
                                  key.has("deferrable") ? ' ' + key.text("deferrable") : "")},
                     Lock::access_exclusive, Cost::catalog);
  stage.also_locks = {on.table};
  return stage;
}

/// Makes a key of the partition if none is there that would do, and returns its name.
std::string provide_key(const Object& key, std::string_view constraint_word, const Lacking& on,
                        std::vector<Stage>& stages) {
  if (!on.constraint.empty() && (on.valid || on.partitioned)) return on.index;
  if (!on.constraint.empty()) {
    stages.push_back(
        alone("REINDEX INDEX CONCURRENTLY " + on.index, Lock::share_update_exclusive, Cost::build));
    return on.index;
  }
  if (constraint_word == "PRIMARY KEY") stages.push_back(no_other_primary_key(on));
  const auto name = sql::truncate_identifier(fmt::format("{}_{}", on.name, key.name.name));
  auto index = sql::quote_qualified(on.schema, name);
  if (on.partitioned) {
    stages.push_back(
        in_transaction({fmt::format("ALTER TABLE ONLY {} ADD CONSTRAINT {} {}", on.table,
                                    sql::quote_ident(name), key_definition(key, constraint_word))},
                       Lock::access_exclusive, Cost::catalog));
    stages.back().also_locks = {on.table};
    return index;
  }
  if (on.valid) {
    stages.push_back(take_over(key, constraint_word, on, on.index_name));
    return on.index;
  }
  if (!on.index.empty())
    stages.push_back(alone(drop_index(on.index), Lock::share_update_exclusive, Cost::catalog));
  stages.push_back(build(key, constraint_word, on, name));
  stages.push_back(take_over(key, constraint_word, on, name));
  return index;
}

}  // namespace

Judgement judge_key_state(const Difference& d) {
  auto judgement = judge_effect(d);
  judgement.reason = d.actual.has("lacking")
                         ? "partitions have no such key attached to it: duplicates are accepted"
                         : "its index is INVALID: queries do not use it";
  return judgement;
}

std::optional<Stage> no_duplicate_keys(const Object& key, std::string_view constraint_word) {
  if (key.has("period")) return std::nullopt;
  return no_duplicates(key, sql::parse_array(key.text("columns")), "",
                       are_nulls_distinct(key, constraint_word));
}

Recipe mend_key_state(const Object& expected, const Object& actual,
                      std::string_view constraint_word) {
  if (expected.has("period"))
    return {.stages = {},
            .refusal =
                "pgmend does not complete keys over periods: their index cannot be built "
                "beforehand",
            .hint = "drop it by hand; ensure adds it again"};
  Recipe recipe;
  if (auto duplicates = no_duplicate_keys(expected, constraint_word))
    recipe.stages.push_back(std::move(*duplicates));
  if (!actual.has("lacking")) {
    recipe.stages.push_back(alone("REINDEX INDEX CONCURRENTLY " + own_sql(actual),
                                  Lock::share_update_exclusive, Cost::build));
    return recipe;
  }
  for (auto& stage : provide_and_attach(relation_sql(actual), all_lacking(actual),
                                        [&](const Lacking&on, std::vector<Stage>&stages) {
                                          return provide_key(expected, constraint_word, on, stages);
                                        }))
    recipe.stages.push_back(std::move(stage));
  return recipe;
}

}  // namespace pgmend::kinds
