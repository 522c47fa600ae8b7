// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/database.hpp"

/// PostgreSQL's own programs.
namespace pgmend::test {

/// Runs a file with psql, statement by statement, each in a transaction of its own, and returns
/// what the queries print, unaligned. Throws if a statement fails (a file can allow one to by \set
/// ON_ERROR_STOP off).
std::string run_file(const Database& database, const std::string& file);

/// pg_dump --schema-only. The elements of each CREATE TABLE are put in alphabetical order.
std::string normalized_dump(const Database& database);

/// The same after one reload: stored texts are then in the spelling that they keep.
std::string settled_dump(const Database& database);

}  // namespace pgmend::test
