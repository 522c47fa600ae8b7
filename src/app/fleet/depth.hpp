// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/database/session.hpp"
#include "app/fleet/expected.hpp"
#include "app/fleet/members.hpp"
#include "app/run/run.hpp"
#include "model/fleet.hpp"

namespace pgmend::app {

/// One run for one member, as if it were alone. Throws interrupt::Interrupted.
Report run_member(Session& session, const Listed& listed, const FleetExpectation& expected,
                  const RunOptions& options, Reporter& reporter);

/// What it says, whatever the member is called: equal for two of which the same is to be told.
std::string signature_of(const Report& report, const std::string& schema);

/// Whether all of it is in the catalogs, so that it is the same for all members that are alike:
/// none of them tells whether rows are in the way, an index is still being built, or a lock is
/// held.
bool is_same_for_alike(const Report& report);

}  // namespace pgmend::app
