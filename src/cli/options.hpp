// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/output/formats.hpp"
#include "app/output/reporters.hpp"
#include "model/finding.hpp"
#include "util/terminal.hpp"

namespace pgmend::cli {

enum class Command {
  ensure,
  verify,
  plan,
  migrate,
  fleet,
  watch,
  diff,
  compile,
  snapshot,
  init,
  demo,
  explain,
  completion,
  man
};

/// A form of the report, and where it goes.
struct Output {
  const app::Format* format = nullptr;
  std::string file;  // empty: stdout
};

/// What a fleet is, and how it is gone through.
struct FleetOptions {
  std::string action = "verify";
  std::optional<std::string> schemas;
  std::optional<std::string> databases;
  std::optional<std::string> urls;
  std::vector<std::string> except;
  std::vector<std::string> groups;  // of pgmend.yaml; none: all of them
  std::optional<std::string> map;   // FROM=TENANT
  std::optional<std::string> like;
  bool majority = false;
  std::optional<std::string> canary;
  std::size_t most_failures = 1;
  std::optional<std::string> until;        // HH:MM, of this place's time
  std::optional<std::string> resume;       // a report: what it has not come to
  std::optional<std::string> only_failed;  // a report: what failed there
  std::optional<std::string> shard;        // I/N
  std::vector<std::string> files;          // report: the reports that are united
  std::size_t jobs = 4;
  std::size_t most_connections = 0;  // to one server; 0: as many as jobs
};

/// How it is looked again and again, and who is told.
struct WatchOptions {
  std::chrono::seconds every{60};
  std::optional<std::string> on_change;  // a command
  std::optional<std::string> webhook;    // a URL
  std::optional<std::string> listen;     // HOST:PORT
  std::optional<std::string> certificate;
  std::optional<std::string> key;
  std::optional<std::string> history;  // a file
  bool is_unready_on_drift = false;
  bool keeps_session = false;
};

/// All that a command line can say. Parsing fills this in and does nothing else: it opens no file
/// and no connection.
struct Options {
  Command command = Command::verify;

  std::optional<std::string> database;
  std::vector<std::string> schema;     // the sources of the expected schema
  std::optional<std::string> scratch;  // a URL, or "target"
  int connect_timeout_seconds = 10;
  bool log_sql = false;

  std::vector<std::string> schema_names;
  std::vector<std::string> tables;
  std::vector<std::string> kinds;
  std::vector<std::string> ignore;     // as in pgmend.yaml
  std::vector<std::string> backfills;  // TABLE.COLUMN=EXPRESSION

  bool fix = false;      // verify
  bool dry_run = false;  // ensure
  std::set<Consent> consents = {Consent::add, Consent::restore};
  std::chrono::milliseconds patience{60000};
  std::chrono::milliseconds turn_patience{600000};  // with another pgmend; --patience, if given
  std::chrono::milliseconds build_wait{600000};
  std::chrono::milliseconds build_timeout{14400000};
  unsigned long long max_size = 0;  // bytes
  std::optional<std::string> role;  // that the session acts as

  std::optional<std::string> alembic_config;
  std::optional<std::string> alembic_head;
  std::optional<std::string> version_table;
  bool even_if_pending = false;
  bool even_if_unclear = false;
  bool even_if_empty = false;
  std::vector<std::string> migration;        // migrate: the command
  std::chrono::seconds timeout{0};           // migrate: for it to end; 0: none
  std::optional<std::chrono::seconds> wait;  // for the database, and for a verify to be correct

  std::set<std::string> with;  // owners, privileges
  bool strict = false;         // what is not expected is drift
  std::set<Sort> fail_on = k_all_sorts;
  bool no_cache = false;              // read it even if nothing has changed
  std::vector<std::string> sides;     // diff: what is compared with what
  std::vector<std::string> sources;   // compile: what is compiled
  bool check = false;                 // compile, migrate: only look, and change nothing
  std::optional<std::string> python;  // that models and migrations are run by
  std::chrono::seconds python_timeout{300};
  std::optional<std::string> output;  // init, snapshot, compile
  bool force = false;                 // init: overwrite
  bool keep = false;                  // demo
  std::vector<std::string> topics;    // explain: what
  bool markdown = false;              // explain
  std::string shell;                  // completion

  FleetOptions fleet;
  WatchOptions watch;

  bool log_as_json = false;
  std::vector<Output> outputs;  // at most one of them without a file
  Detail detail = Detail::normal;
  terminal::ColorChoice color = terminal::ColorChoice::automatic;
};

/// What parsing came to: options to act on, or an exit code after help or an error was printed.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};

/// `version`: what --version prints.
Parsed parse(int argc, const char* const* argv, const char* version = "");

}  // namespace pgmend::cli
