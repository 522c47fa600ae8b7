// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/own_names.hpp"
#include "model/ledger.hpp"
#include "pg/connection.hpp"

namespace pgmend::ledger {

/// The version tables of all tools, in whatever schema they stand, with what is written in them.
/// They are found by their columns, whatever their names, or by the names `own`, at the price of a
/// look at the columns of all tables. Changes nothing. A table that may not be read is among them,
/// with the reason in its notes. Throws pg::Error where the catalogs cannot be read.
std::vector<Ledger> read_version_tables(pg::Connection& connection,
                                        const std::vector<OwnName>& own = {});

/// Those of the usual names, and of `another` (without a schema), which an index tells: some may
/// have been given a name of their own.
std::vector<Ledger> read_named_version_tables(pg::Connection& connection,
                                              const std::optional<std::string>& another,
                                              const std::vector<OwnName>& own = {});

/// Those that stand in one schema, whatever their names.
std::vector<Ledger> read_version_tables_of(pg::Connection& connection, const std::string& schema,
                                           const std::vector<OwnName>& own = {});

/// What those of the usual names, and of `another`, record, by the schemas that they stand in:
/// thousands of tables in a few round trips, so of most tools only the newest.
std::map<std::string, std::vector<Ledger>> read_all_records(
    pg::Connection& connection, const std::optional<std::string>& another,
    const std::vector<OwnName>& own = {});

/// Whether it has a version table, in one of these schemas (globs).
bool stands_in(const Ledger& ledger, const std::vector<std::string>& schemas);

/// "public" is where a name without a schema stands.
std::string schema_of(const Ledger& ledger);

}  // namespace pgmend::ledger
