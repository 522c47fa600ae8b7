// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/spec_error.hpp"
#include "pg/error.hpp"
#include "source/sql_script.hpp"

namespace pgmend::source {

/// What the script names is made nowhere in it.
class MissingError : public SpecError {
 public:
  using SpecError::SpecError;
};

/// A statement that did not work when its turn came.
struct Failure {
  const ScriptItem* item;
  pg::Error error;
  std::vector<std::string> settings;  // statements that bring back what was set at its place
};

/// Whether something that it names is not there: it may come later in the script.
bool is_missing(const pg::Error& error);
/// The role that the server does not have, if that is what the error is about.
std::optional<std::string> missing_role(const pg::Error& error);

/// What refused them, for people.
struct Refuser {
  std::string server;
  /// Where it is older than the database that the script is for: what to do then.
  std::string if_newer;
};

/// A server of version `major`, for a database of version `wanted` (0: not known).
Refuser refuser_for(int wanted, int major, const std::string& server);

/// Throws SpecError: the place, what the server said, the statement.
[[noreturn]] void fail_statement(const ScriptItem& item, const pg::Error& error,
                                 const Refuser& refuser);

/// What never worked. Throws MissingError with a fault for each cause; its consequences are listed
/// below it.
[[noreturn]] void throw_failures(const std::vector<Failure>& failures, const Refuser& refuser);

}  // namespace pgmend::source
