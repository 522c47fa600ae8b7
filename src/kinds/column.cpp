// SPDX-License-Identifier: MIT
// Columns (PostgreSQL documentation: pg_attribute in section 53.7, pg_attrdef in 53.6, ALTER
// TABLE).
//
// Locks: every ADD COLUMN and ALTER COLUMN takes ACCESS EXCLUSIVE, for the catalogs only unless the
// table is rewritten. It is rewritten for a volatile default, an identity, a stored generated
// column and a domain with constraints; which of these a text means is found out by rehearsing the
// statement on an empty twin and seeing whether its file changed. A volatile default is therefore
// added in steps: the bare column, then the default, then the existing rows in batches.
#include <fmt/format.h>

#include <array>

#include "kinds/columns/carry_over.hpp"
#include "kinds/columns/column_attributes.hpp"
#include "kinds/columns/column_judge.hpp"
#include "kinds/columns/column_query.hpp"
#include "kinds/columns/column_sequence.hpp"
#include "kinds/columns/column_settings.hpp"
#include "kinds/columns/conversion.hpp"
#include "kinds/columns/filling.hpp"
#include "kinds/columns/generated.hpp"
#include "kinds/columns/identity.hpp"
#include "kinds/columns/move_column.hpp"
#include "kinds/columns/not_null.hpp"
#include "kinds/columns/serial.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::column_room {

namespace {

constexpr std::array k_keys = {
    Key{.name = "definition",
        .attribute = "",
        .doc = "exactly what would follow ADD COLUMN name; states the whole column"},
    Key{.name = "type", .attribute = "type", .doc = "data type"},
    Key{.name = "nullable",
        .form = Key::Form::boolean,
        .attribute = "not_null",
        .doc = "whether NULL is allowed"},
    Key{.name = "default", .attribute = "default", .doc = "default expression"},
    Key{.name = "backfill",
        .form = Key::Form::expression,
        .attribute = "backfill",
        .doc = "SQL expression for existing rows that hold NULL"},
};

std::string declared_element(const Declared& declared) {
  std::string out = sql::quote_ident(declared.name.name) + ' ';
  if (const auto* definition = declared.part("definition")) return out + definition->text;
  if (const auto* type = declared.part("type")) out += type->text;
  if (const auto* value = declared.part("default")) out += "\nDEFAULT " + value->text;
  if (const auto* nullable = declared.part("nullable"); nullable && nullable->text == "false")
    out += "\nNOT NULL";
  return out;
}

constexpr Section k_section = {.name = "columns",
                               .owner = "tables",
                               .keys = k_keys,
                               .element = declared_element,
                               .readable_attribute = "type",
                               .brings_others = true};

std::string type_and_collation(const Object& column) {
  auto out = column.text("type");
  if (column.has("collation")) out += " COLLATE " + column.text("collation");
  return out;
}

/// `makes_sequence`: its sequence comes with it, also where the word serial says too much.
std::string definition(const Object& column, std::string_view name, bool makes_sequence) {
  const bool serial = column.has("serial") && (makes_sequence || is_plain_serial(column));
  auto out = serial ? std::string(serial_type(column.text("type"))) : type_and_collation(column);
  if (column.has("serial") && !serial) out += " DEFAULT " + column.text("raw_default");
  if (column.has("identity")) out += ' ' + column.text("identity");
  if (column.has("expression"))
    out += fmt::format(" GENERATED ALWAYS AS ({}) {}", column.text("expression"),
                       generated_form(column));
  if (column.has("default")) out += " DEFAULT " + column.text("default");
  if (column.has("not_null") && !serial && !column.has("identity"))
    out += not_null_clause(column, name);
  return out;
}

std::string definition(const Object& column) {
  return definition(column, "not_null_name", false);
}

/// In a new table all names are free, so that its NOT NULL gets the very name that is expected,
/// also where the server made it up: that of a partition is its parent's, and pg_dump tells.
std::string element(const Object& column) {
  return sql::quote_ident(column.name.name) + ' ' + definition(column, "not_null_constraint", true);
}

std::string twin_element(const Object& column) {
  return sql::quote_ident(column.name.name) + ' ' + type_and_collation(column);
}

/// A name that the server made up may be taken in a table that is there already: a column that was
/// renamed has it from before.
std::vector<std::string> add_actions(const Object& column) {
  auto actions = setting_actions(column);
  actions.insert(actions.begin(),
                 fmt::format("ADD COLUMN {} {}", sql::quote_ident(column.name.name),
                             definition(column, "not_null_name", true)));
  return actions;
}

std::string statement(const Object& column, std::span<const std::string>) {
  return fmt::format("{} {}", alter_table(column), text::join(add_actions(column), ", "));
}

template <typename Item>
void append(std::vector<Item>& items, std::vector<Item> more) {
  for (auto& item : more) items.push_back(std::move(item));
}

Recipe create_in_steps(const Object& column, const Facts& facts) {
  const bool rewrites = facts.rewrites_bare;
  auto add = alter_table(column) + " ADD COLUMN " + twin_element(column);
  if (column.has("default"))
    add += ", " + alter_column(column, "SET DEFAULT " + column.text("default"));
  for (const auto& action : setting_actions(column)) add += ", " + action;
  std::vector<std::string> begin = {std::move(add), mark_as_filling(column)};
  if (!facts.update_triggers.empty() || column.has("backfill"))
    begin.push_back(fill_one_row(column, facts));
  Recipe recipe;
  recipe.stages.push_back(in_transaction(std::move(begin), Lock::access_exclusive,
                                         rewrites ? Cost::rewrite : Cost::catalog));
  if (rewrites) recipe.needs = Consent::rewrite;
  append(recipe.stages, fill_and_finish(column, facts));
  return recipe;
}

Recipe add_column(const Object& column, const Facts& facts) {
  const bool fills_itself = column.has("default") || column.has("serial") ||
                            column.has("identity") || column.has("expression");
  auto add = alter_action(column, "", Lock::access_exclusive,
                          facts.rewrites ? Cost::rewrite : Cost::catalog);
  add.statements = add_actions(column);
  if (!facts.relation_has_rows) return {.stages = {std::move(add)}};
  // A default that is not volatile fills existing rows by itself, without touching them.
  // Where even the bare column rewrites the table (a domain with constraints), steps gain nothing.
  const bool in_steps =
      column.has("default") ? facts.rewrites && !facts.rewrites_bare : column.has("backfill");
  if (in_steps && facts.no_update.empty()) return create_in_steps(column, facts);
  if (in_steps && !column.has("default")) return rows_cannot_be_filled(facts);
  if (facts.rewrites) return {.stages = {std::move(add)}, .needs = Consent::rewrite};
  if (column.has("not_null") && !fills_itself)
    return {.stages = {},
            .refusal = "it is NOT NULL without a default, and the table has rows",
            .hint = backfill_hint(column)};
  return {.stages = {std::move(add)}};
}

Recipe create(const Object& column, std::span<const std::string>, const Facts& facts) {
  auto recipe = add_column(column, facts);
  auto of_sequence = sequence_statements(column, facts);
  if (!of_sequence.empty() && !recipe.stages.empty()) {
    const bool of_another_type = column.has("serial") && !is_plain_serial(column);
    recipe.stages.push_back(
        in_transaction(std::move(of_sequence), sequence_lock(column),
                       of_another_type && facts.relation_has_rows ? Cost::rewrite : Cost::catalog));
  }
  auto not_valid = not_valid_statements(column, "not_null_name", facts);
  if (!not_valid.empty() && !recipe.stages.empty())
    recipe.stages.push_back(
        in_transaction(std::move(not_valid), Lock::access_exclusive, Cost::catalog));
  return recipe;
}

std::vector<std::string> after_element(const Object& column, const Facts& facts) {
  auto statements = setting_statements(column);
  append(statements, sequence_statements(column, facts));
  append(statements, not_valid_statements(column, "not_null_constraint", facts));
  return statements;
}

/// That of an identity column is changed along with it. What stands against it comes first.
Recipe with_sequence_type(Recipe recipe, const Object& expected, const Object& actual) {
  if (!actual.has("serial") || !expected.has("serial")) return recipe;
  for (auto& stage : sequence_type_stages(expected, actual)) {
    const bool looks = stage.form == Stage::Form::precondition;
    recipe.stages.insert(looks ? recipe.stages.begin() : recipe.stages.end(), std::move(stage));
  }
  return recipe;
}

/// Where there are no values, a new column does.
Recipe not_convertible(const Object& column, const Facts& facts) {
  if (!facts.relation_has_rows && !is_in_partition_key(column, *facts.relation))
    return {.stages = {no_rows(
                facts, "FROM " + relation_sql(column),
                "{} row(s) came in, whose values the server refuses to convert: " + facts.obstacle,
                "look at them with: ")},
            .anew = true};
  return {.stages = {},
          .refusal = "the server refuses it: " + facts.obstacle,
          .hint =
              "say how values are to be converted: ALTER TABLE ... ALTER COLUMN ... TYPE ... "
              "USING ..."};
}

Carried carry_over(const Object& expected, const Object* actual, const Facts& facts) {
  auto column = expected;
  auto carried = carry_sequence_over(column, actual);
  carried.element = element(column);
  append(carried.take_up, after_element(column, facts));
  return carried;
}

/// The server casts what is there as in an assignment: an explicit cast, which may cut values
/// short, is used only where there is no other. The default is cast with them, and is put aside
/// then.
Recipe mend_type(const Object& expected, const Object& actual, const Facts& facts) {
  if (!facts.obstacle.empty()) return not_convertible(expected, facts);
  const bool by_cast = facts.change == Rehearsed::refused;
  const bool has_default = actual.has("default") && by_cast;
  auto type = "TYPE " + type_and_collation(expected);
  if (by_cast)
    type +=
        fmt::format(" USING {}::{}", sql::quote_ident(expected.name.name), expected.text("type"));
  Stage stage = column_action(
      expected, type, facts.change == Rehearsed::keeps_file ? Cost::catalog : Cost::rewrite);
  if (has_default)
    stage.statements.insert(stage.statements.begin(), alter_column(expected, "DROP DEFAULT"));
  append(stage.statements, storage_actions(expected));
  if (has_default && expected.has("default"))
    stage.statements.push_back(alter_column(expected, "SET DEFAULT " + expected.text("default")));
  Recipe recipe = {.stages = {std::move(stage)}, .makes_way = true};
  if (auto looks = values_convert(expected, actual, facts))
    recipe.stages.insert(recipe.stages.begin(), std::move(*looks));
  return recipe;
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  if (attribute == "not_null") return mend_not_null(expected, actual, facts);
  if (attribute == "default")
    return {.stages = {column_action(expected, expected.has("default")
                                                   ? "SET DEFAULT " + expected.text("default")
                                                   : std::string("DROP DEFAULT"))}};
  if (attribute == "type" || attribute == "collation")
    return with_sequence_type(mend_type(expected, actual, facts), expected, actual);
  if (attribute == "generated") return mend_generated(expected, actual);
  if (attribute == "expression") return mend_expression(expected, actual, facts);
  if (attribute == "not_valid") return validate_not_null(expected, actual, facts);
  if (attribute == "no_inherit" && facts.server_version >= 180000)
    return mend_no_inherit(expected, actual);
  if (attribute == "serial") return mend_serial(expected, actual, facts);
  if (attribute == "sequence_options")
    return {.stages = {in_transaction(
                {fmt::format("ALTER SEQUENCE {} {}", actual.text("sequence_name"),
                             sequence_options(expected.text("sequence_options"), ""))},
                Lock::share_row_exclusive, Cost::catalog)}};
  if (attribute == "sequence_type" || attribute == "other_sequence_type")
    return {.stages = sequence_type_stages(expected, actual)};
  if (attribute == "sequence_persistence") return mend_sequence_persistence(expected, actual);
  if (attribute == "sequence_name") return mend_sequence_name(expected, actual);
  if (attribute == "sequence") return advance_sequence(actual, facts);
  if (is_setting(attribute)) return mend_setting(expected, actual, attribute);
  if (attribute == "identity") return mend_identity(expected, actual, facts);
  if (attribute == "filling")
    return facts.no_update.empty() ? Recipe{.stages = fill_and_finish(expected, facts)}
                                   : rows_cannot_be_filled(facts);
  return {.stages = {}, .refusal = "pgmend does not change this", .hint = ""};
}

/// That of its sequence.
bool takes_name(const Object& column) {
  return column.has("serial") || column.has("identity");
}

Recipe drop(const Object& column) {
  return {.stages = {alter_action(column, "DROP COLUMN " + sql::quote_ident(column.name.name),
                                  Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_column = {
    .name = "column",
    .plural = "columns",
    .doc = "a column with its type, nullability and default",
    .owner = "table",
    .catalog_query = k_column_query,
    .weight = 33,
    .faults_query = k_column_faults_query,
    .caution = k_column_caution,
    .attributes = k_column_attributes,
    .common = k_common_column_attributes,
    .without = "column {relation}.{name} does not exist",
    .judge_extra = judge_extra_column,
    .section = &k_section,
    .holds_data = true,
    .is_derived = [](const Object& column) { return column.has("generated"); },
    .takes_name = takes_name,
    .further_name = known_sequence_name,
    .further_occupants_query = k_relation_occupants,
    .may_rewrite = true,
    .element = element,
    // As an element it would be the relation's own as well.
    .is_element = [](const Object& column) { return !column.has("inherited"); },
    .follows_parent =
        [](const Object& column, const Object& relation) {
          return column.has("inherited") || is_partition(relation);
        },
    .after_element = after_element,
    .twin_element = twin_element,
    .statement = statement,
    .definition = definition,
    .create = create,
    .mend = mend,
    .renaming =
        [](const Object& column, const std::string& name) {
          return fmt::format("{} RENAME COLUMN {} TO {}", alter_table(column),
                             sql::quote_ident(column.name.name), sql::quote_ident(name));
        },
    .move_over = move_column,
    .carry_over = carry_over,
    .drop = drop,
};

}  // namespace pgmend::kinds::column_room
