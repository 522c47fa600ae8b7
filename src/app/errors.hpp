// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "model/spec_error.hpp"
#include "pg/error.hpp"

namespace pgmend::app {

/// An error that a person can do something about.
class HintedError : public std::runtime_error {
 public:
  explicit HintedError(const std::string& message, std::string hint = {})
      : std::runtime_error(message), m_hint(std::move(hint)) {}
  const std::string& hint() const { return m_hint; }

 private:
  std::string m_hint;
};

/// Options or configuration are wrong.
class UsageError : public HintedError {
 public:
  using HintedError::HintedError;
};

/// The database could not be looked at.
class UnverifiedError : public HintedError {
 public:
  using HintedError::HintedError;
  /// `cause`: without the words for which database it was.
  UnverifiedError(const std::string& message, std::string hint, std::string cause)
      : HintedError(message, std::move(hint)), m_cause(std::move(cause)) {}
  /// What the server said when a whole schema was read.
  explicit UnverifiedError(const pg::Error& error)
      : HintedError(error.what(), error.is_lock_conflict()
                                      ? "somebody holds a table locked; run again later"
                                      : error.parts().hint) {}
  /// The same for all databases that something is wrong with in the same way.
  std::string cause() const { return m_cause.empty() ? what() : m_cause; }

 private:
  std::string m_cause;
};

}  // namespace pgmend::app
