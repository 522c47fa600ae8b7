// SPDX-License-Identifier: MIT
#pragma once

#include "app/database/scratch.hpp"
#include "app/expected/sources/sources.hpp"

namespace pgmend::app {

/// Makes a whole schema in an empty scratch database, by the statements that would repair one that
/// lacks it all. What cannot be made is left out: no question can be asked about it then.
void build_schema(const pg::ScratchDatabase& database, const Expectation& expectation);

/// A session in a database that holds this schema, where questions about it can be asked: the one
/// that it was read from, if that is still there, or a scratch database that it is built in. The
/// session must not outlive `part`.
pg::Connection session_with(SourcePart& part, const SourceRequest& request, Scratch& scratch);

}  // namespace pgmend::app
