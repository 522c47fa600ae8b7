// SPDX-License-Identifier: MIT
#pragma once

/// pgmend as a library: compares a PostgreSQL database with what it should be, and adds what is
/// missing. Every call opens a connection of its own and closes it; nothing is kept between calls,
/// so they may come from several threads. No signal handler is installed, and nothing is printed.
///
/// All throw Error where nothing could be compared. What was found, repaired, refused or failed is
/// in the report, and so is a connection that is lost on the way.

#include "pgmend/error.hpp"
#include "pgmend/options.hpp"
#include "pgmend/report.hpp"
#include "pgmend/run.hpp"
#include "pgmend/spec.hpp"
#include "pgmend/where.hpp"

namespace pgmend {

using namespace api;  // NOLINT: pgmend::ensure and its like are how it is meant to be called

}  // namespace pgmend
