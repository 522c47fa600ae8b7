// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/object.hpp"
#include "pg/conninfo.hpp"
#include "util/expand.hpp"

namespace pgmend::app {

/// Where to look for a connection.
struct DatabaseSearch {
  struct Labelled {
    std::string text;
    std::string label;  // for people: "database in pgmend.yaml"
    SourceLocation where = {};
    bool is_named = false;  // the file that says it was named on the command line
  };

  std::optional<std::string> option;  // --database
  std::string option_origin = "--database";
  std::optional<Labelled> config;  // `database:` of pgmend.yaml, as written
  std::filesystem::path working_directory = ".";
  env::Environment environment = env::process_environment();
};

struct DatabaseLocation {
  pg::ConnectionParameters parameters;  // empty: libpq's own defaults
  std::string origin;                   // for the report: "DATABASE_URL in .env"
  std::vector<std::string> notes;       // for the report
};

/// The first place that names a database wins: --database, PGMEND_DATABASE_URL, a pgmend.yaml that
/// was named, the URL variables of applications (a direct URL before a pooled one), DB_HOST and its
/// kin, the pgmend.yaml that was found, alembic.ini, PG*. Where pgmend.yaml and the environment
/// name two databases, a note says which one is used. Variables are looked up in the environment,
/// then in `.env`; an empty one counts as not set. Throws pg::ConninfoError, whose message names
/// the place that the error is in, or SpecError for a `${VARIABLE}` in pgmend.yaml that is not set,
/// if the connection comes from it.
DatabaseLocation locate_database(const DatabaseSearch& search);

}  // namespace pgmend::app
