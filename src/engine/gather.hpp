// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "engine/gathered.hpp"
#include "engine/inspect.hpp"
#include "engine/second_session.hpp"
#include "engine/tally.hpp"

namespace pgmend::engine {

/// Reads the catalogs, one query for each kind, in the transaction that is open: the answers, in
/// the order in which they were asked for. A second session, if given, reads a part of it; the
/// transaction, if given, may end with this. Throws pg::Error; SQLSTATE 55P03 if a relation is held
/// locked for longer than lock_timeout.
std::vector<Gathered> gather(pg::Connection& connection, Kinds kinds, const Scope& scope,
                             Known* known = nullptr,
                             std::unique_ptr<SecondSession> second = nullptr,
                             pg::Transaction* last = nullptr);

/// The same, of which nothing is kept but fingerprints. `options` lives longer than the result.
Fingerprints tally(pg::Connection& connection, Kinds kinds, const Scope& scope,
                   const TallyOptions& options, std::unique_ptr<SecondSession> second,
                   pg::Transaction* last);

}  // namespace pgmend::engine
