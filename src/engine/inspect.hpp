// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/tally.hpp"
#include "engine/unread.hpp"
#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

using RelationName = std::pair<std::string, std::string>;  // schema, name
/// Of an object.
using ObjectKey = std::pair<const Kind*, Name>;

/// What to read: everything, or a part.
struct Scope {
  bool everything = true;
  std::vector<unsigned> relations;  // the relations with these oids, and what is part of them
  std::vector<unsigned> schemas;    // what stands by itself in the schemas with these oids
  bool database = false;            // what stands in no schema
  bool is_all_of_schemas = false;   // the relations are all of those schemas
  std::vector<Unread> left_out = {};
  bool is_careful = false;  // with Kind::caution
  /// Finds what locks other relations when it is printed: given, that is read in parts, and the
  /// locks of each are let go again.
  std::string_view locked_along_query = {};
};

/// The same by names.
struct Selection {
  bool everything = false;
  std::vector<RelationName> relations;
  std::vector<std::string> schemas;
  bool database = false;
  bool is_all_of_schemas = false;  // with the relations in them

  static Selection whole() { return {.everything = true, .relations = {}, .schemas = {}}; }
  /// Everything that stands in one schema.
  static Selection within(std::string schema) {
    return {.everything = false,
            .relations = {},
            .schemas = {std::move(schema)},
            .database = false,
            .is_all_of_schemas = true};
  }
  void add(const Object& object);
};

/// The oids of those relations that exist.
std::vector<unsigned> resolve(pg::Connection& connection, const std::vector<RelationName>& names);

/// The scope of a selection, in the snapshot that is open.
Scope scope_of(pg::Connection& connection, const Selection& selection);

/// Reads the catalogs, one query for each kind, in the transaction that is open. Throws pg::Error;
/// SQLSTATE 55P03 if a relation is held locked for longer than lock_timeout.
Schema inspect(pg::Connection& connection, Kinds kinds, const Scope& scope);

/// Whether it may be the drift itself that kept a query from being planned or run, rather than the
/// state of the server: then a careful reading (Scope::is_careful) may do.
bool may_come_of_rows(const pg::Error& error);

struct Inspection {
  Schema schema;
  /// Exactly: all that was expected and nothing else, but for what stands beside it. The schema is
  /// empty then.
  bool is_as_expected = false;
  Schema beside;  // what was not expected and does not count (IsBeside)
  std::vector<Unread> unread;
  std::chrono::milliseconds patience_left{0};  // of lock_timeout, for who reads once more
};

/// Whether these objects, of which nobody expects one, do not count. Asked where all that is
/// expected was met.
using IsBeside = std::function<bool(const Schema& others)>;

/// Reads what is selected in one read-only snapshot. What somebody holds locked is left out and
/// named (see find_unread); waits for locks no longer than the timeout, all in all. Given what is
/// expected, it is made out at once whether that is all there is, and where that is large, a second
/// session reads a part of it. Throws pg::Error.
Inspection inspect_target(pg::Connection& connection, Kinds kinds,
                          std::string_view locked_along_query, const Selection& selection,
                          std::chrono::milliseconds lock_timeout, const Schema* expected = nullptr,
                          const IsBeside& is_beside = nullptr);

struct Tallied {
  Fingerprints schemas;
  std::vector<Unread> unread;  // left out of them
};

/// The same, of which only fingerprints are kept.
Tallied tally_target(pg::Connection& connection, Kinds kinds, std::string_view locked_along_query,
                     const Selection& selection, std::chrono::milliseconds lock_timeout,
                     const TallyOptions& options);

}  // namespace pgmend::engine
