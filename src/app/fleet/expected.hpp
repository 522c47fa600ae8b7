// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/compare/expectation.hpp"
#include "app/database/session.hpp"

namespace pgmend::app {

/// What is expected of each member, and of which schema it is said.
struct FleetExpectation {
  Expectation expectation;
  std::string schema;  // that is each member's own; empty: members are whole databases
  std::string words;   // "schema.lock, its schema public"
  std::vector<std::string> notes = {};
};

/// Of a source: `schema` as --map says it, or the only one that the source speaks of. Throws
/// UsageError where that is not clear, or where it says nothing of that schema.
FleetExpectation expected_of_schemas(Expectation expectation, const std::string& schema);

/// Of a member that the others are to be like. Throws UnverifiedError.
FleetExpectation expected_like(Session& session, const std::string& schema,
                               const std::vector<const Kind*>& kinds, const std::string& words);

/// The same of one member.
Expectation expected_of(const FleetExpectation& all, const std::string& schema);

}  // namespace pgmend::app
