// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ledger/made_up_names.hpp"
#include "ledger/python_tokens.hpp"

/// What a migration script does to the schema, as far as it can be read without running it.
namespace pgmend::ledger {

struct Deed {
  enum class Sort { makes, changes, drops };

  Sort sort = Sort::makes;
  std::string table;
  std::string name;  // of a part of the table; empty: the table itself
  int line = 0;
  /// Called by its name in an operation of Alembic, not found in SQL.
  bool is_operation = true;
  /// IF NOT EXISTS: it does not fail on what is there.
  bool if_missing = false;
  /// What its statement makes or speaks of, with a name or without.
  UnnamedSorts unnamed = 0;
};

/// The identifiers of one statement's texts: for finding what is made in ways that no rule knows.
struct Mention {
  std::set<std::string> words;
  int line = 0;
  bool only_drops = false;
};

struct Deeds {
  std::vector<Deed> deeds;
  std::vector<Mention> mentions;
};

/// Reads all but the functions that begin with `downgrade`.
Deeds read_deeds(const std::vector<Statement>& statements);

/// The identifiers in a text, in lower case.
std::vector<std::string> words_of(std::string_view text);

}  // namespace pgmend::ledger
