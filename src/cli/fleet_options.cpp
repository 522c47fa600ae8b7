// SPDX-License-Identifier: MIT
#include "cli/fleet_options.hpp"

#include <limits>

#include "cli/common_options.hpp"

namespace pgmend::cli {

namespace {

void add_members(CLI::App& app, FleetOptions& fleet) {
  add_word(app, "--schemas", fleet.schemas,
           "schemas of the database: a glob, /regular expression/ or query", "WHICH");
  add_word(app, "--databases", fleet.databases, "databases of the server, likewise", "WHICH");
  add_word(app, "--urls", fleet.urls, "databases: a file with a URL a line, - for stdin, a query",
           "FILE");
  app.add_option("--except", fleet.except, "leave these members out (globs)")
      ->type_name("NAME")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--group", fleet.groups, "only these of the members that pgmend.yaml names")
      ->type_name("NAME")
      ->option_text("NAME")
      ->allow_extra_args(false);
}

void add_likeness(CLI::App& app, FleetOptions& fleet) {
  add_word(app, "--map", fleet.map,
           "which schema of what is expected stands for each member's: public=TENANT",
           "FROM=TENANT");
  add_word(app, "--like", fleet.like, "expect what this member is", "MEMBER");
  app.add_flag("--majority", fleet.majority, "expect what more than half of them are");
}

void add_bound(CLI::App& app, const char* name, std::size_t& target, const char* doc) {
  constexpr std::size_t k_most = 1000;
  app.add_option(name, target, doc)
      ->check(CLI::Range(std::size_t{1}, k_most))
      ->type_name("N")
      ->option_text("N");
}

/// How a repair goes.
void add_course(CLI::App& app, FleetOptions& fleet) {
  add_word(app, "--canary", fleet.canary, "ensure: this member goes first (any)", "MEMBER");
  add_bound(app, "--max-failures", fleet.most_failures,
            "ensure: begin no more after so many have failed (1)");
  add_word(app, "--until", fleet.until, "ensure: begin no more from this time of day on", "HH:MM");
  add_word(app, "--resume", fleet.resume, "only what this JSON report has not come to", "FILE");
  add_word(app, "--only-failed", fleet.only_failed,
           "only what failed or could not be looked at in this JSON report", "FILE");
}

void add_shard(CLI::App& app, FleetOptions& fleet) {
  add_word(app, "--shard", fleet.shard,
           "only the I-th part of N, by the members' names (of an indexed Job with "
           "PGMEND_SHARDS=N its own)",
           "I/N");
}

void add_width(CLI::App& app, FleetOptions& fleet) {
  add_bound(app, "--jobs", fleet.jobs, "so many members at a time (4)");
  add_bound(app, "--max-connections", fleet.most_connections,
            "so many sessions on one server (as many as jobs)");
}

}  // namespace

void add_watched(CLI::App& app, Options& options) {
  add_members(app, options.fleet);
  add_likeness(app, options.fleet);
  add_shard(app, options.fleet);
  add_width(app, options.fleet);
}

void add_fleet(CLI::App& app, Options& options) {
  auto& fleet = options.fleet;
  app.add_option("ACTION", fleet.action,
                 "verify (usual), ensure, plan: what ensure would run, or report: unites reports")
      ->check(CLI::IsMember({"verify", "ensure", "plan", "report"}))
      ->option_text(" ");
  app.add_option("FILE", fleet.files, "report: JSON reports of parts of a fleet")->option_text(" ");
  add_members(app, fleet);
  add_likeness(app, fleet);
  add_course(app, fleet);
  add_shard(app, fleet);
  add_width(app, fleet);
}

}  // namespace pgmend::cli
