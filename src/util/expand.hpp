// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// Environment variables, and texts that refer to them.
namespace pgmend::env {

/// Looks a variable up. A parameter rather than a call of getenv, so that tests need not change the
/// process's own environment.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

/// The environment of this process.
Environment process_environment();

/// A reference that cannot be resolved. The message never holds the text around it, which may be a
/// secret.
class ExpandError : public std::runtime_error {
 public:
  ExpandError(const std::string& message, std::string variable)
      : std::runtime_error(message), m_variable(std::move(variable)) {}
  /// Empty when the text itself is malformed.
  const std::string& variable() const { return m_variable; }

 private:
  std::string m_variable;
};

/// Replaces `${NAME}` and `${NAME:-default}` (the default also where NAME is empty),
/// `${NAME-default}` (only where it is not set). Defaults may hold references. `$${` stands for a
/// literal `${`; every other `$` stays as it is. Throws ExpandError for a variable that is not set
/// and has no default.
std::string expand_variables(std::string_view text, const Environment& environment);

}  // namespace pgmend::env
