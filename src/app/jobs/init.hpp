// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/compare/filter.hpp"
#include "app/database/session.hpp"
#include "app/run/run.hpp"

namespace pgmend::app {

struct Draft {
  std::string yaml;
  std::string left_out;  // what a spec cannot say, counted: "1 enum type, 2 views"; may be empty
};

/// A first spec, written from what the database holds now. Throws SpecError if the filter leaves
/// nothing, UnverifiedError if the catalogs cannot be read. `own`: names that the project gives to
/// tables of its migration tools.
Draft draft_spec(Target& target, const Filter& filter,
                 const std::vector<ledger::OwnName>& own = {});

/// How a database stands to its project's migrations, before it is written down as right.
struct AgainstMigrations {
  std::optional<std::size_t> differences = {};  // that are drift; none: nothing speaks against it
  std::string not_held_because = {};            // why it was not held against them; may be empty
  std::string note = {};                        // what else there is to know; may be empty
};

AgainstMigrations hold_against_migrations(Session& session, const Expectation& migrations,
                                          RunOptions options);

}  // namespace pgmend::app
