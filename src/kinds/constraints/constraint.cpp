// SPDX-License-Identifier: MIT
#include "kinds/constraints/constraint.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::array k_keys = {
    Key{.name = "definition",
        .attribute = "",
        .doc = "what would follow ADD CONSTRAINT name: CHECK, UNIQUE, PRIMARY KEY, FOREIGN KEY or "
               "EXCLUDE"},
};

std::string declared_element(const Declared& declared) {
  return fmt::format("CONSTRAINT {} {}", sql::quote_ident(declared.name.name),
                     declared.part("definition")->text);
}

constexpr std::string_view k_not_enforced = "not enforced";

Recipe no_such_thing() {
  return {.stages = {},
          .refusal = "this server enforces every constraint",
          .hint = "NOT ENFORCED is there since PostgreSQL 18"};
}

Stage validate_stage(const Object& object) {
  return in_transaction({fmt::format("{} VALIDATE CONSTRAINT {}", alter_table(object),
                                     sql::quote_ident(object.name.name))},
                        Lock::share_update_exclusive, Cost::scan);
}

/// ALTER TABLE, "USING INDEX": neither partial nor on expressions, and in the usual order.
bool is_index_of(const Object& index, const Object& key) {
  return index.has("unique") && index.text("method") == "btree" && !index.has("predicate") &&
         !index.has("partitioned") && index.text("state") == "valid" &&
         sql::parse_array(index.text("keys")) == sql::parse_array(key.text("columns")) &&
         index.value("include") == key.value("include") &&
         (!key.kind->find_attribute("nulls_not_distinct") ||
          index.has("nulls_not_distinct") == key.has("nulls_not_distinct")) &&
         (!key.value("options").is_specified() || index.value("options") == key.value("options"));
}

std::string drop_sql(const Object& object) {
  return fmt::format("{} DROP CONSTRAINT {}", alter_table(object),
                     sql::quote_ident(object.name.name));
}

/// What has its name goes in the transaction in which it comes.
Recipe after_dropping(std::string drop, Recipe recipe) {
  auto& statements = recipe.stages.back().statements;
  statements.insert(statements.begin(), std::move(drop));
  recipe.anew = true;
  return recipe;
}

/// From the top down. What partitions have comes with the parent's again; so does that of other
/// children, which is made their own then by being added.
Stage exchange_with_children(const Object& object, const std::string& definition, Cost cost,
                             const std::vector<InChild>& in_children) {
  std::vector<std::string> statements = {drop_sql(object)};
  std::vector<std::string> children;
  for (const auto& child : in_children) {
    statements.push_back(fmt::format("{} DROP CONSTRAINT IF EXISTS {}", alter_table(*child.part),
                                     sql::quote_ident(object.name.name)));
    children.push_back(relation_sql(*child.part));
  }
  statements.push_back(add_constraint(object, definition));
  for (const auto& child : in_children)
    if (!is_partition(*child.relation))
      statements.push_back(add_constraint(*child.part, definition));
  auto stage = in_transaction(std::move(statements), Lock::access_exclusive, cost);
  stage.also_locks = std::move(children);
  return stage;
}

}  // namespace

const Section k_constraints_section = {
    .name = "constraints", .owner = "tables", .keys = k_keys, .element = declared_element};

std::string constraint_element(const Object& object, const std::string& definition) {
  return fmt::format("CONSTRAINT {} {}", sql::quote_ident(object.name.name), definition);
}

std::string add_constraint(const Object& object, const std::string& definition) {
  return fmt::format("{} ADD {}", alter_table(object), constraint_element(object, definition));
}

Stage exchange_constraint(const Object& object, const std::string& definition, Cost cost,
                          const std::vector<InChild>& in_children) {
  if (!in_children.empty()) return exchange_with_children(object, definition, cost, in_children);
  auto stage = alter_action(object, "DROP CONSTRAINT " + sql::quote_ident(object.name.name),
                            Lock::access_exclusive, cost);
  stage.statements.push_back("ADD " + constraint_element(object, definition));
  return stage;
}

bool is_validated(const Object& object) {
  return !object.has("state") || object.text("state") != "not validated";
}

std::string validity(const Object& object) {
  return is_validated(object) ? "" : " NOT VALID";
}

Recipe add_in_two_steps(const Object& object, const std::string& definition,
                        std::optional<Stage> offenders, Lock lock,
                        std::vector<std::string> also_locks) {
  auto add =
      in_transaction({add_constraint(object, definition) + " NOT VALID"}, lock, Cost::catalog);
  add.also_locks = std::move(also_locks);
  if (!is_validated(object)) return {.stages = {std::move(add)}};
  auto check = validate_stage(object);
  check.undo = fmt::format("{} DROP CONSTRAINT IF EXISTS {}", alter_table(object),
                           sql::quote_ident(object.name.name));
  Recipe recipe;
  if (offenders) recipe.stages.push_back(std::move(*offenders));
  recipe.stages.push_back(std::move(add));
  recipe.stages.push_back(std::move(check));
  return recipe;
}

std::string enforcement(const Object& object) {
  return object.has("state") && object.text("state") == k_not_enforced ? " NOT ENFORCED" : "";
}

Recipe add_not_enforced(const Object& object, const std::string& definition, Lock lock,
                        const Facts& facts) {
  if (facts.server_version < 180000) return no_such_thing();
  return {.stages = {in_transaction({add_constraint(object, definition)}, lock, Cost::catalog)}};
}

Recipe mend_state(const Object& expected, const Object& actual, const std::string& definition,
                  std::optional<Stage> offenders, const Facts& facts) {
  const auto& children = facts.in_children;
  if (expected.text("state") == k_not_enforced)
    return facts.server_version < 180000
               ? no_such_thing()
               : Recipe{
                     .stages = {exchange_constraint(expected, definition, Cost::catalog, children)},
                     .anew = true};
  Recipe recipe;
  recipe.anew = actual.text("state") == k_not_enforced;
  const bool checked = is_validated(expected);
  if (checked && offenders) recipe.stages.push_back(std::move(*offenders));
  if (actual.text("state") == k_not_enforced)
    recipe.stages.push_back(
        exchange_constraint(expected, definition + " NOT VALID", Cost::catalog, children));
  if (checked) recipe.stages.push_back(validate_stage(expected));
  return recipe;
}

Recipe replace_in_two_steps(const Object& object, const std::string& definition,
                            std::optional<Stage> offenders,
                            const std::vector<InChild>& in_children) {
  const bool checked = is_validated(object);
  Recipe recipe;
  if (checked && offenders) recipe.stages.push_back(std::move(*offenders));
  recipe.stages.push_back(
      exchange_constraint(object, definition + " NOT VALID", Cost::catalog, in_children));
  if (checked) recipe.stages.push_back(validate_stage(object));
  recipe.anew = true;
  return recipe;
}

Recipe replace_by_index(const Object& object, std::string_view constraint_word) {
  return after_dropping(drop_sql(object), add_by_index(object, constraint_word));
}

Recipe replace_at_once(const Object& object, std::string statement, const Facts& facts) {
  return after_dropping(drop_sql(object), add_at_once(object, std::move(statement), facts));
}

Recipe mend_index_options(const Object& expected, const Object& actual) {
  return {
      .stages = {in_transaction(set_options("ALTER INDEX " + own_sql(expected), expected, actual),
                                Lock::none, Cost::catalog)}};
}

std::string key_definition(const Object& object, std::string_view constraint_word) {
  auto out = std::string(constraint_word);
  if (constraint_word == "UNIQUE" && object.has("nulls_not_distinct")) out += " NULLS NOT DISTINCT";
  out += fmt::format(" ({}{})", list(object.text("columns")),
                     object.has("period") ? " WITHOUT OVERLAPS" : "");
  if (object.has("include")) out += fmt::format(" INCLUDE ({})", list(object.text("include")));
  if (object.has("options")) out += fmt::format(" WITH ({})", list(object.text("options")));
  if (object.has("deferrable")) out += ' ' + object.text("deferrable");
  return out;
}

std::string index_of_key(const Object& object, std::string_view constraint_word) {
  auto keys = fmt::format("({})", list(object.text("columns")));
  if (object.has("include")) keys += fmt::format(" INCLUDE ({})", list(object.text("include")));
  if (constraint_word == "UNIQUE" && object.has("nulls_not_distinct"))
    keys += " NULLS NOT DISTINCT";
  if (object.has("options")) keys += fmt::format(" WITH ({})", list(object.text("options")));
  return keys;
}

Recipe add_at_once(const Object& object, std::string statement, const Facts& facts) {
  Recipe recipe = {
      .stages = {in_transaction({std::move(statement)}, Lock::access_exclusive, Cost::build)},
      .needs = rewrite_over_rows(facts)};
  return facts.occupant ? after_dropping("DROP INDEX " + own_sql(object), std::move(recipe))
                        : recipe;
}

std::optional<Judgement> judge_index_of_its_name(const Object& expected, const Occupant& occupant) {
  const auto* index = occupant.object;
  if (!index || index->kind != &k_index || index->name.relation != expected.name.relation ||
      expected.has("period") || index->text("state") == "being built")
    return std::nullopt;
  if (is_index_of(*index, expected))
    return Judgement{.sort = Sort::missing, .consent = Consent::add};
  return Judgement{.sort = Sort::missing,
                   .consent = Consent::replace,
                   .reason = "an index that is not the one it needs has its name"};
}

Recipe add_by_index(const Object& object, std::string_view constraint_word,
                    const Occupant* occupant) {
  const bool nulls_distinct = constraint_word == "UNIQUE" && !object.has("nulls_not_distinct");
  const auto helper = helper_name("key", object);
  const bool is_there = occupant && is_index_of(*occupant->object, object);
  auto use = fmt::format("{} ADD CONSTRAINT {} {} USING INDEX {}", alter_table(object),
                         sql::quote_ident(object.name.name), constraint_word,
                         sql::quote_ident(is_there ? object.name.name : helper));
  if (object.has("deferrable")) use += ' ' + object.text("deferrable");
  auto take_over = in_transaction({std::move(use)}, Lock::access_exclusive, Cost::catalog);
  if (is_there) return {.stages = {std::move(take_over)}};
  const auto drop_helper =
      "DROP INDEX CONCURRENTLY IF EXISTS " + sql::quote_qualified(object.name.schema, helper);
  take_over.undo = drop_helper;
  Recipe recipe = {
      .stages = {
          no_duplicates(object, sql::parse_array(object.text("columns")), "", nulls_distinct),
          alone(drop_helper, Lock::share_update_exclusive, Cost::catalog),
          alone(
              fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} {}", sql::quote_ident(helper),
                          relation_sql(object), index_of_key(object, constraint_word)),
              Lock::share_update_exclusive, Cost::build, drop_helper),
          std::move(take_over),
      }};
  return occupant ? after_dropping("DROP INDEX " + own_sql(object), std::move(recipe)) : recipe;
}

Judgement judge_state(const Difference& d) {
  if (d.wanted.text() == k_not_enforced)
    return {.sort = Sort::different,
            .consent = Consent::replace,
            .reason = "it is enforced, and should not be"};
  if (d.found.text() == "validated")
    return worth_knowing("it is expected NOT VALID; here existing rows were checked as well");
  auto judgement = judge_effect(d);
  judgement.reason = d.found.text() == k_not_enforced
                         ? "it is NOT ENFORCED: nothing is ever checked against it"
                         : "it is NOT VALID: existing rows were never checked against it";
  return judgement;
}

Recipe drop_constraint(const Object& object) {
  return {.stages = {alter_action(object, "DROP CONSTRAINT " + sql::quote_ident(object.name.name),
                                  Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace pgmend::kinds
