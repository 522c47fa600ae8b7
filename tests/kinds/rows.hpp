// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/database.hpp"

namespace pgmend::test {

/// The rows of all tables as they are now, in the columns that there are now. Tables
/// and columns named in `except` ("table", "table.column") are left out.
class Rows {
 public:
  Rows(const Database& database, const std::vector<std::string>& except);

  /// A line for each table: its name, the number of rows, and their digest.
  std::string digest() const;

 private:
  const Database& m_database;
  std::vector<std::string> m_queries;
};

}  // namespace pgmend::test
