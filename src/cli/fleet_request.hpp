// SPDX-License-Identifier: MIT
#pragma once

#include "app/database/project.hpp"
#include "app/fleet/fleet.hpp"
#include "cli/options.hpp"

/// What the commands that look at many members have in common.
namespace pgmend::cli {

/// The spec's own settings, where there is one: a fleet that is like one of its own needs none.
app::Project fleet_project(const Options& options);

/// Whether the command line chooses members, or groups of them.
bool names_members(const Options& options);

/// Reads what is expected. Both outlive it. Throws as app::load_sources().
app::FleetRequest fleet_request(const Options& options, const app::Project& project);

}  // namespace pgmend::cli
