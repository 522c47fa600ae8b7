// SPDX-License-Identifier: MIT
#include "source/sql_sort.hpp"

#include <algorithm>
#include <array>

namespace pgmend::source {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

using std::string_view;

constexpr auto k_data =
    std::to_array<string_view>({"insert", "update", "delete", "merge", "copy", "truncate", "with"});
constexpr auto k_transaction = std::to_array<string_view>(
    {"begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release"});
constexpr auto k_changes = std::to_array<string_view>({"create", "alter", "drop", "comment"});
constexpr auto k_roles = std::to_array<string_view>({"role", "user", "group"});
constexpr auto k_outside =
    std::to_array<string_view>({"database", "tablespace", "system", "subscription"});
constexpr auto k_never_again = std::to_array<string_view>({"drop", "set", "reset"});

bool has_word(const ScriptItem& statement, string_view word) {
  for (std::size_t i = 0; i < statement.words.size(); ++i)
    if (statement.key(i) == word) return true;
  return false;
}

/// GRANT group TO member, which has no ON.
bool is_membership(const ScriptItem& statement) {
  const auto first = statement.key(0);
  return (first == "grant" || first == "revoke") && !has_word(statement, "on");
}

StatementSort sort_of_change(const ScriptItem& statement) {
  const auto what = statement.key(0) == "comment" ? statement.key(2) : statement.key(1);
  const auto next = statement.key(0) == "comment" ? statement.key(3) : statement.key(2);
  if (is_one_of(what, k_outside)) return StatementSort::outside;
  if (what == "user" && next == "mapping") return StatementSort::schema;
  return is_one_of(what, k_roles) ? StatementSort::roles : StatementSort::schema;
}

}  // namespace

StatementSort sort_of(const ScriptItem& statement) {
  const auto first = statement.key(0);
  if (statement.is_copy_in || is_one_of(first, k_data)) return StatementSort::data;
  if (first == "refresh") return StatementSort::data;
  if (first == "set" && statement.key(1) == "transaction") return StatementSort::transaction;
  if (is_one_of(first, k_transaction)) return StatementSort::transaction;
  if (first == "set") return StatementSort::settings;
  if (first == "prepare" && statement.key(1) == "transaction") return StatementSort::outside;
  if (first == "reassign" || is_membership(statement)) return StatementSort::roles;
  if (is_one_of(first, k_changes)) return sort_of_change(statement);
  return StatementSort::schema;
}

bool is_about_privileges(const ScriptItem& statement) {
  const auto first = statement.key(0);
  if (first == "grant" || first == "revoke") return true;
  if (first == "set") return statement.key(1) == "role" || statement.key(1) == "session";
  if (first != "alter") return false;
  if (statement.key(1) == "default" && statement.key(2) == "privileges") return true;
  for (std::size_t i = 0; i + 1 < statement.words.size(); ++i)
    if (statement.key(i) == "owner" && statement.key(i + 1) == "to") return true;
  return false;
}

bool can_wait(const ScriptItem& statement) {
  if (is_one_of(statement.key(0), k_never_again)) return false;
  return statement.key(0) != "alter" || !has_word(statement, "drop");
}

std::string created_extension(const ScriptItem& statement) {
  if (statement.key(0) != "create" || statement.key(1) != "extension") return {};
  const std::size_t at = statement.key(2) == "if" ? 5 : 2;
  return at < statement.words.size() ? statement.words[at].text : std::string();
}

bool may_create(const ScriptItem& statement, std::string_view name) {
  // CREATE UNLOGGED TABLE IF NOT EXISTS a.b; far enough for each form.
  constexpr std::size_t k_reach = 10;
  const auto reach = std::min(statement.words.size(), k_reach);
  const auto& words = statement.words;
  if (statement.key(0) != "create" && statement.key(0) != "alter") return false;
  for (std::size_t i = 1; i < reach && words[i].text != "("; ++i) {
    if (words[i].text == "on" || words[i].text == "as") return false;
    if (words[i].is_name() && words[i].text == name) return true;
  }
  return false;
}

}  // namespace pgmend::source
