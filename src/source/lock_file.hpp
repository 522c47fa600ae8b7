// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"
#include "model/ledger.hpp"

namespace pgmend::source {

/// A complete schema as a text file, one object a line, in an order that does not depend on the
/// server's:
///
///   # pgmend schema.lock: written by pgmend, read by pgmend verify --schema
///   format 1
///   server 15
///   kind column: type collation default
///   left-out public.alembic_version tool="Alembic"
///   column public.api_keys.id type="bigint" default="…" needs="sequence public.api_keys_id_seq"
///   end 1
///
/// A `kind` line says which attributes the writer knew: what it did not know is not compared, and
/// of a kind without such a line nothing is. A `left-out` line names a table that a migration tool
/// kept there for itself. In quotes, \\ \" \n \t \r stand for what they are in
/// C.
struct LockFile {
  int server_major = 0;  // of the server that the schema was read from
  Schema schema;
  std::vector<const Kind*> kinds;  // that the writer knew
  /// What tells objects that the writer did not read at all (Attribute::marks_newly_read).
  std::vector<const Attribute*> not_read_yet = {};
  /// Tables of migration tools, which were left out.
  std::vector<ToolTable> left_to_tools = {};
};

/// Whether the text begins as a lock file does.
bool is_lock_file(std::string_view text);

std::string write_lock_file(const LockFile& lock);
std::string write_lock_file(int server_major, const Schema& schema, Kinds kinds,
                            const std::vector<ToolTable>& left_to_tools = {});

/// Reads the headings; another thread reads the objects, which is waited for when the schema is
/// used for the first time, and all of it is checked then. Both throw SpecError with file, line and
/// column.
LockFile parse_lock_file(std::string text, const std::string& file, Kinds kinds);

}  // namespace pgmend::source
