// SPDX-License-Identifier: MIT
// Locks: REPLICA IDENTITY takes ACCESS EXCLUSIVE; CLUSTER ON takes SHARE UPDATE EXCLUSIVE; a
// statistics target of an index locks the index alone.
#include "kinds/support/index_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::string_view k_using_index = "USING INDEX ";

std::vector<std::string> targets_of(const Object& index) {
  return index.kind->find_attribute("statistics") ? sql::parse_array(index.text("statistics"))
                                                  : std::vector<std::string>{};
}

std::string column_of(const std::string& target) {
  return target.substr(0, target.find(' '));
}

std::string alter_columns(const Object& index, const std::vector<std::string>& targets) {
  return fmt::format("ALTER INDEX {} ALTER COLUMN {}", own_sql(index),
                     text::join(targets, ", ALTER COLUMN "));
}

/// Null where nothing is said of that, which a declaration may leave open.
const Value* stated(const Object* relation, std::string_view attribute) {
  if (!relation || !relation->kind->find_attribute(attribute)) return nullptr;
  const auto& value = relation->value(attribute);
  return value.is_specified() ? &value : nullptr;
}

bool names(const Value* value, std::string_view before, const Object& index) {
  return value && value->text().starts_with(before) &&
         unquoted(value->text().substr(before.size())) == index.name.name;
}

/// Where another is expected that names no index, which may be missing, it is made at once: the
/// relation would be without until then.
std::string replica_identity(const Object& index, const Facts& facts) {
  const std::string_view attribute = "replica_identity";
  if (!names(stated(facts.relation, attribute), k_using_index, index)) return "";
  const auto* wanted = stated(facts.expected_relation, attribute);
  if (!wanted || wanted->text().starts_with(k_using_index))
    return fmt::format("{}{}", k_using_index, sql::quote_ident(index.name.name));
  return wanted->is_present() ? wanted->text() : "DEFAULT";
}

/// The server refuses others.
bool can_cluster(const Object& index) {
  const auto value = [&](std::string_view attribute) {
    return index.kind->find_attribute(attribute) ? index.text(attribute) : std::string();
  };
  const auto method = value("method");
  return value("predicate").empty() && (method.empty() || method == "btree" || method == "gist");
}

bool is_to_cluster(const Object& index, const Facts& facts) {
  if (!can_cluster(index)) return false;
  const auto* wanted = stated(facts.expected_relation, "cluster");
  return names(stated(facts.relation, "cluster"), "", index) &&
         (!wanted || names(wanted, "", index));
}

std::vector<std::string> said_by_relation(const Object& index, const Facts& facts) {
  if (!facts.relation) return {};
  const auto head = fmt::format(
      "ALTER {} {}", facts.relation->kind == &k_materialized_view ? "MATERIALIZED VIEW" : "TABLE",
      relation_sql(index));
  std::vector<std::string> statements;
  if (const auto identity = replica_identity(index, facts); !identity.empty())
    statements.push_back(fmt::format("{} REPLICA IDENTITY {}", head, identity));
  if (is_to_cluster(index, facts))
    statements.push_back(fmt::format("{} CLUSTER ON {}", head, sql::quote_ident(index.name.name)));
  return statements;
}

Lock lock_for(const Object& index, const Facts& facts) {
  if (!replica_identity(index, facts).empty()) return Lock::access_exclusive;
  return is_to_cluster(index, facts) ? Lock::share_update_exclusive : Lock::none;
}

}  // namespace

std::vector<std::string> index_statistics(const Object& index) {
  const auto targets = targets_of(index);
  if (targets.empty()) return {};
  return {alter_columns(index, targets)};
}

Recipe mend_index_statistics(const Object& expected, const Object& actual) {
  const auto wanted = targets_of(expected);
  auto targets = without(wanted, targets_of(actual));
  for (const auto& target : targets_of(actual)) {
    const auto column = column_of(target);
    if (std::none_of(wanted.begin(), wanted.end(),
                     [&](const std::string& other) { return column_of(other) == column; }))
      targets.push_back(column + " SET STATISTICS -1");
  }
  return {.stages = {in_transaction({alter_columns(actual, targets)}, Lock::none, Cost::catalog)}};
}

Object with_statistics(Object expected, const Object& actual) {
  if (!expected.value("statistics").is_specified() && agree(expected, actual, {"keys"}))
    expected.set("statistics", actual.value("statistics"));
  return expected;
}

std::vector<std::string> marks_of(const Object& index, const Facts& facts) {
  auto statements = index_statistics(index);
  for (auto& statement : said_by_relation(index, facts)) statements.push_back(std::move(statement));
  return statements;
}

std::optional<Recipe> refusal_for_identity(const Object& index, const Facts& facts) {
  const auto has = [&](std::string_view attribute) {
    return index.kind->find_attribute(attribute) && index.has(attribute);
  };
  const bool is_unique = index.kind == &k_unique || has("unique");
  const bool is_fit = is_unique && !has("predicate") && !has("deferrable");
  if (is_fit || !replica_identity(index, facts).starts_with(k_using_index)) return std::nullopt;
  return Recipe{
      .stages = {},
      .refusal = "it is the replica identity of its table, and could not be that any more",
      .hint = "give the table another first: ALTER TABLE ... REPLICA IDENTITY"};
}

Recipe marked(Recipe recipe, const Object& index, const Facts& facts) {
  auto statements = marks_of(index, facts);
  if (recipe.stages.empty() || statements.empty()) return recipe;
  const auto lock = lock_for(index, facts);
  auto& last = recipe.stages.back();
  if (last.form != Stage::Form::transaction || !last.head.empty()) {
    recipe.stages.push_back(in_transaction(std::move(statements), lock, Cost::catalog));
    return recipe;
  }
  last.lock = std::max(last.lock, lock);
  last.statements.insert(last.statements.end(), statements.begin(), statements.end());
  return recipe;
}

}  // namespace pgmend::kinds
