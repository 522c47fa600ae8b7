// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/inspect.hpp"
#include "model/declaration.hpp"
#include "model/kind.hpp"
#include "model/spec_error.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Something declared that could not be put before the server; `object` holds what is known of it.
struct Unasked {
  Object object;
  std::string reason;
  std::string hint;  // what would let it be put there
};

struct Answer {
  Schema expected;
  std::vector<Fault> faults;  // declared texts that the server refuses
  std::vector<Unasked> unasked;
};

/// Asks the server what the declared texts mean, and returns the objects they stand for. `actual`
/// must hold the relations that the declarations name, as far as they exist.
Answer ask(pg::Connection& connection, Kinds kinds, const Declarations& declarations,
           const Schema& actual, std::chrono::milliseconds lock_timeout);

}  // namespace pgmend::engine
