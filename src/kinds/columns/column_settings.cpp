// SPDX-License-Identifier: MIT
// Locks: SET STORAGE and SET COMPRESSION take ACCESS EXCLUSIVE and change new values only; SET
// STATISTICS and options take SHARE UPDATE EXCLUSIVE. With ONLY, as children have settings of their
// own.
#include "kinds/columns/column_settings.hpp"

#include <fmt/format.h>

#include <utility>

#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

Stage stage(const Object& column, std::vector<std::string> actions, Lock lock) {
  return {.form = Stage::Form::transaction,
          .statements = std::move(actions),
          .head = "ALTER TABLE ONLY " + relation_sql(column),
          .lock = lock,
          .cost = Cost::catalog};
}

}  // namespace

std::string alter_column(const Object& column, std::string_view action) {
  return fmt::format("ALTER COLUMN {} {}", sql::quote_ident(column.name.name), action);
}

std::string alter_column_sql(const Object& column, std::string_view action) {
  return fmt::format("{} {}", alter_table(column), alter_column(column, action));
}

Stage column_action(const Object& column, std::string_view action, Cost cost) {
  return alter_action(column, alter_column(column, action), Lock::access_exclusive, cost);
}

std::vector<std::string> storage_actions(const Object& column) {
  std::vector<std::string> actions;
  if (column.has("storage"))
    actions.push_back(alter_column(column, "SET STORAGE " + column.text("storage")));
  if (column.has("compression"))
    actions.push_back(alter_column(column, "SET COMPRESSION " + column.text("compression")));
  return actions;
}

std::vector<std::string> setting_actions(const Object& column) {
  auto actions = storage_actions(column);
  if (column.has("statistics"))
    actions.push_back(alter_column(column, "SET STATISTICS " + column.text("statistics")));
  if (column.has("options"))
    actions.push_back(alter_column(column, fmt::format("SET ({})", list(column.text("options")))));
  return actions;
}

std::vector<std::string> setting_statements(const Object& column) {
  const auto actions = setting_actions(column);
  if (actions.empty()) return {};
  return {fmt::format("ALTER TABLE ONLY {} {}", relation_sql(column), text::join(actions, ", "))};
}

bool is_setting(std::string_view attribute) {
  return attribute == "storage" || attribute == "compression" || attribute == "statistics" ||
         attribute == "options";
}

Recipe mend_setting(const Object& expected, const Object& actual, std::string_view attribute) {
  if (attribute == "options")
    return {.stages = {stage(expected,
                             set_options("ALTER COLUMN " + sql::quote_ident(expected.name.name),
                                         expected, actual),
                             Lock::share_update_exclusive)}};
  const auto set = [&](std::string_view word, const std::string& otherwise, Lock lock) {
    const auto value = expected.has(attribute) ? expected.text(attribute) : otherwise;
    return Recipe{
        .stages = {stage(expected, {alter_column(expected, fmt::format("SET {} {}", word, value))},
                         lock)}};
  };
  if (attribute == "statistics") return set("STATISTICS", "-1", Lock::share_update_exclusive);
  if (attribute == "compression") return set("COMPRESSION", "default", Lock::access_exclusive);
  return set("STORAGE", actual.text("own_storage"), Lock::access_exclusive);
}

Judgement judge_storage(const Difference& d) {
  if (d.expected.value("type").is_specified() && d.expected.text("type") != d.actual.text("type"))
    return {.sort = Sort::different,
            .consent = Consent::never,
            .reason = "it is set together with the type, which differs"};
  return judge_alter(d);
}

}  // namespace pgmend::kinds
