// SPDX-License-Identifier: MIT
#include "ledger/made_up_names.hpp"

#include <algorithm>
#include <array>

#include "ledger/deeds.hpp"
#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

/// "users_email_key", and the words without which no statement makes such a thing.
struct MadeUp {
  std::string_view beginning;
  std::string_view ending;
  std::array<std::string_view, 4> words;  // in lower case; empty ones are none
};

constexpr auto k_made_up = std::to_array<MadeUp>({
    {"", "_pkey", {"primary", "primary_key", "primarykeyconstraint", "create_primary_key"}},
    {"", "_fkey", {"references", "foreignkey", "foreignkeyconstraint", "create_foreign_key"}},
    {"", "_key", {"unique", "uniqueconstraint", "create_unique_constraint", ""}},
    {"", "_excl", {"exclude", "excludeconstraint", "create_exclude_constraint", ""}},
    // Enums and booleans bring one where they are asked to.
    {"", "_check", {"check", "checkconstraint", "create_check_constraint", "create_constraint"}},
    {"ix_", "", {"index", "", "", ""}},
});

UnnamedSorts sorts_of(std::string_view word) {
  UnnamedSorts sorts = 0;
  for (std::size_t i = 0; i < k_made_up.size(); ++i) {
    const auto& words = k_made_up[i].words;
    if (!word.empty() && std::find(words.begin(), words.end(), word) != words.end())
      sorts |= 1U << i;
  }
  return sorts;
}

}  // namespace

UnnamedSorts unnamed_in(const std::vector<Token>& statement) {
  UnnamedSorts sorts = 0;
  for (const auto& token : statement) {
    if (token.sort == Token::Sort::name) sorts |= sorts_of(text::to_lower(token.text));
    if (token.sort != Token::Sort::text) continue;
    for (const auto& word : words_of(token.text)) sorts |= sorts_of(word);
  }
  return sorts;
}

UnnamedSorts sort_of_made_up(std::string_view name) {
  for (std::size_t i = 0; i < k_made_up.size(); ++i)
    if (name.starts_with(k_made_up[i].beginning) && name.ends_with(k_made_up[i].ending))
      return 1U << i;
  return 0;
}

}  // namespace pgmend::ledger
