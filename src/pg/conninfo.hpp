// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"

namespace pgmend::pg {

/// A database URL or keyword string that cannot be used. Neither text ever holds the password, or
/// any part of the URL that could be one.
class ConninfoError : public std::runtime_error {
 public:
  explicit ConninfoError(const std::string& message, std::string hint = "")
      : std::runtime_error(message), m_hint(std::move(hint)) {}
  /// May be empty.
  const std::string& hint() const { return m_hint; }

 private:
  std::string m_hint;
};

struct Conninfo {
  ConnectionParameters parameters;
  std::vector<std::string> notes;  // for people: what was left out, without values
};

/// Reads a database URL as users have it, or libpq's own `host=... dbname=...`. Beyond what libpq
/// reads itself: the URLs of SQLAlchemy (`postgresql+asyncpg://`), JDBC, Django and Prisma, with
/// the parameters that only those know. Throws ConninfoError.
Conninfo parse_conninfo(std::string_view text);

/// For people: "app@db.example:5432/shop". Never the password.
std::string describe(const ConnectionParameters& parameters);

}  // namespace pgmend::pg
