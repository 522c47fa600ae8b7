// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/ledger.hpp"
#include "pg/connection.hpp"

namespace pgmend::ledger {

/// How version tables are found. By their columns, whatever their names: all there are, at the
/// price of a look at the columns of all tables. By their usual names, which an index tells, or
/// one more: some may have been given another.
struct Search {
  enum class Way { by_columns, by_names } way = Way::by_columns;
  std::optional<std::string> name = {};  // one more; without a schema
};

/// The version tables of all tools, in whatever schema they stand, with what is written in them.
/// Changes nothing. A table that may not be read is among them, with the reason in its notes.
/// Throws pg::Error where the catalogs cannot be read.
std::vector<Ledger> read_version_tables(pg::Connection& connection, const Search& search);

}  // namespace pgmend::ledger
