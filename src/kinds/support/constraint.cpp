// SPDX-License-Identifier: MIT
#include "kinds/support/constraint.hpp"

#include <fmt/format.h>

#include <array>

#include "kinds/support/ddl.hpp"
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

Stage validate_stage(const Object& object) {
  return in_transaction({fmt::format("{} VALIDATE CONSTRAINT {}", alter_table(object),
                                     sql::quote_ident(object.name.name))},
                        Lock::share_update_exclusive, Cost::scan);
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

Recipe add_in_two_steps(const Object& object, const std::string& definition, Stage offenders) {
  auto add = in_transaction({add_constraint(object, definition) + " NOT VALID"},
                            Lock::access_exclusive, Cost::catalog);
  auto check = validate_stage(object);
  check.undo = fmt::format("{} DROP CONSTRAINT IF EXISTS {}", alter_table(object),
                           sql::quote_ident(object.name.name));
  return {.stages = {std::move(offenders), std::move(add), std::move(check)}};
}

Recipe validate(const Object& object, Stage offenders) {
  return {.stages = {std::move(offenders), validate_stage(object)}};
}

std::string key_definition(const Object& object, std::string_view constraint_word) {
  auto out = std::string(constraint_word);
  if (constraint_word == "UNIQUE" && object.has("nulls_not_distinct")) out += " NULLS NOT DISTINCT";
  out += fmt::format(" ({})", list(object.text("columns")));
  if (object.has("include")) out += fmt::format(" INCLUDE ({})", list(object.text("include")));
  if (object.has("deferrable")) out += ' ' + object.text("deferrable");
  return out;
}

Recipe add_by_index(const Object& object, std::string_view constraint_word) {
  const bool nulls_distinct = constraint_word == "UNIQUE" && !object.has("nulls_not_distinct");
  const auto helper = helper_name("key", object);
  const auto drop_helper =
      "DROP INDEX CONCURRENTLY IF EXISTS " + sql::quote_qualified(object.name.schema, helper);
  const auto columns = sql::parse_array(object.text("columns"));
  auto keys = fmt::format("({})", text::join(columns, ", "));
  if (object.has("include")) keys += fmt::format(" INCLUDE ({})", list(object.text("include")));
  if (constraint_word == "UNIQUE" && !nulls_distinct) keys += " NULLS NOT DISTINCT";
  auto use =
      fmt::format("{} ADD CONSTRAINT {} {} USING INDEX {}", alter_table(object),
                  sql::quote_ident(object.name.name), constraint_word, sql::quote_ident(helper));
  if (object.has("deferrable")) use += ' ' + object.text("deferrable");
  auto take_over = in_transaction({std::move(use)}, Lock::access_exclusive, Cost::catalog);
  take_over.undo = drop_helper;
  return {.stages = {
              no_duplicates(object, columns, "", nulls_distinct),
              alone(drop_helper, Lock::share_update_exclusive, Cost::catalog),
              alone(fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} {}",
                                sql::quote_ident(helper), relation_sql(object), keys),
                    Lock::share_update_exclusive, Cost::build, drop_helper),
              std::move(take_over),
          }};
}

Judgement judge_validated(const Difference& difference) {
  auto judgement = judge_effect(difference);
  judgement.reason = "it is NOT VALID: existing rows were never checked against it";
  return judgement;
}

Recipe drop_constraint(const Object& object) {
  return {.stages = {alter_action(object, "DROP CONSTRAINT " + sql::quote_ident(object.name.name),
                                  Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace pgmend::kinds
