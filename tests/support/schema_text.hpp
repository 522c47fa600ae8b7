// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "support/database.hpp"

/// Two schemas are equal if their texts are. The judge is pg_dump; where this machine's is too old
/// for the server it is Database::description(). Neither shares code with pgmend.
namespace pgmend::test {

/// A client program: the server's own, or else, for binaries that come without, this machine's.
std::string client_program(const PrivateServer& server, const std::string& name);

/// Runs a file with psql, statement by statement, each in a transaction of its own, and returns
/// what the queries print, unaligned. Throws if a statement fails (a file can allow one to by \set
/// ON_ERROR_STOP off).
std::string run_file(const Database& database, const std::string& file);

/// What pg_dump --schema-only writes.
std::string dump(const Database& database);

/// What counts of the schema: not the order of columns, since added ones come last.
std::string schema_text(const Database& database);

/// The same after one reload, if pg_dump is there to do it: stored texts are then in the spelling
/// that they keep.
std::string settled_schema_text(const Database& database);

/// What does not count in a dump is taken out: the order of columns and constraints, the commas
/// between them, remarks, and the key of psql's \restrict, which differs from dump to dump.
std::string normalized_dump(const std::string& dump);

}  // namespace pgmend::test
