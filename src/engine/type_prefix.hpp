// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace pgmend::engine {

struct TypePrefix {
  std::string type;    // as the server prints it
  bool whole = false;  // the text says nothing beyond
};

/// The type that `text` begins with, found without writing anything. The server is the parser:
/// where it stumbles over what follows the type, its error says where that is. Needs a transaction.
std::optional<TypePrefix> type_prefix(pg::Connection& connection, std::string_view text);

}  // namespace pgmend::engine
