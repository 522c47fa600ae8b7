// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pgmend::api {

/// What ensure has to be allowed to do about a finding.
enum class Consent {
  add,      // create what is missing: always allowed
  restore,  // make something broken effective again: always allowed
  alter,    // change in place: no rewrite, nothing lost
  replace,  // drop and recreate, under the same name, an object that holds no data
  rewrite,  // rewrites a table or locks it for long
  drop,     // remove what is not expected
  never,    // not pgmend's to do: allowing it has no effect
};

/// All have sensible defaults: `pgmend::ensure(spec)` needs none.
struct Options {
  /// postgresql://user@host/name, SQLAlchemy's spellings too. Not set: found as the command line
  /// does (PGMEND_DATABASE_URL, DATABASE_URL, .env, alembic.ini, PG*, ...).
  std::optional<std::string> database = {};
  std::chrono::seconds connect_timeout{10};

  /// Consents beyond add and restore.
  std::set<Consent> allow = {};
  /// How long a repair tries to get a lock before it gives up. A lock is never waited for in one
  /// go: there are many short tries.
  std::chrono::milliseconds patience{60000};
  /// How long an index build may wait for the transactions of others, and how long one build, or
  /// one check of all rows of a table, may take in all. Then nothing of it is left.
  std::chrono::milliseconds build_wait{600000};
  std::chrono::milliseconds build_timeout{14400000};
  /// The role that is acted as (SET ROLE); not set: the user that connects.
  std::optional<std::string> role = {};
  /// Only report what ensure would do.
  bool dry_run = false;

  /// What is not expected counts as drift. Only where the source is a whole schema.
  bool strict = false;
  /// Names or globs of what is looked at; empty: everything that is expected.
  std::vector<std::string> schemas = {};
  std::vector<std::string> tables = {};
  /// "column", "index", ...; empty: all.
  std::vector<std::string> kinds = {};

  /// Every statement to stderr. Nothing else is ever printed.
  bool log_sql = false;
  /// Hears what a long repair is waiting for or doing; called from the calling thread.
  std::function<void(const std::string&)> progress = {};
};

}  // namespace pgmend::api
