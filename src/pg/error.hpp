// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace pgmend::pg {

/// What the server, or libpq, refused. The one root of this layer's exceptions.
/// SQLSTATEs: PostgreSQL documentation, appendix A "PostgreSQL Error Codes".
class Error : public std::runtime_error {
 public:
  struct Parts {
    std::string sqlstate;  // empty when the error did not come from the server
    std::string message;   // the server's primary message, without "ERROR:"
    std::string detail;
    std::string hint;
    std::string query;
    int position = 0;  // 1-based, in characters of `query`; 0 if not known
  };

  explicit Error(Parts parts) : std::runtime_error(parts.message), m_parts(std::move(parts)) {}

  const Parts& parts() const { return m_parts; }
  const std::string& sqlstate() const { return m_parts.sqlstate; }
  bool is(std::string_view sqlstate) const { return m_parts.sqlstate == sqlstate; }
  /// `prefix` is a two-character class, such as "42" for syntax errors and missing rights.
  bool in_class(std::string_view prefix) const { return m_parts.sqlstate.starts_with(prefix); }
  /// Values or keys of rows: the classes data_exception and integrity_constraint_violation.
  bool is_about_rows() const { return in_class("22") || in_class("23"); }
  /// lock_not_available and deadlock_detected: worth another try.
  bool is_lock_conflict() const { return is("55P03") || is("40P01"); }
  /// insufficient_privilege
  bool is_permission() const { return is("42501"); }

 private:
  Parts m_parts;
};

/// No connection could be made, or it was lost.
class ConnectionError : public Error {
 public:
  using Error::Error;
};

/// Nobody answered in time.
class ConnectTimeout : public ConnectionError {
 public:
  using ConnectionError::ConnectionError;
};

}  // namespace pgmend::pg
