// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "ledger/python_tokens.hpp"

/// Calls of Alembic's operations, with SQLAlchemy's constructors inside of them.
namespace pgmend::ledger {

/// One call in a statement: `op.create_index("ix", "table", ...)`.
struct Call {
  std::string method;                  // "create_index"
  std::vector<std::string> arguments;  // texts at its own level by position; "" for others
  std::vector<std::string> columns;    // first argument of each Column( inside
  std::vector<std::string> names;      // of constraints and indexes inside: name="..."
  std::string new_name;                // new_column_name="..."
  bool if_missing = false;             // if_not_exists=True
  int line = 0;
};

/// The one whose name is the token at this place; a parenthesis stands behind it.
Call read_call(const std::vector<Token>& tokens, std::size_t at);

/// Where the bracket that opens at this place closes; behind the last token if it does not.
std::size_t closing(const std::vector<Token>& tokens, std::size_t open);

}  // namespace pgmend::ledger
