// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/compare/pass.hpp"
#include "ledger/alembic_history.hpp"
#include "model/ledger.hpp"
#include "pg/connection.hpp"

namespace pgmend::app {

/// What the database has of one revision that is not recorded as applied.
struct Traces {
  const Revision* revision;
  std::vector<std::string> there;  // "api_keys.webhook_url", "users", "ix (INVALID)"
  std::vector<std::string> missing;
  bool has_invalid = false;  // an index whose build failed
  bool collides = false;     // some of what is there is in its way: it does not say IF NOT EXISTS

  bool is_complete() const { return missing.empty() && !has_invalid; }

  /// "d4: api_keys.webhook_url is there; ix_webhook is missing".
  std::string line() const;
};

/// One for each pending revision of the ledger, in its order: of that schema, or of all if it is
/// empty. Throws pg::Error.
std::vector<Traces> find_traces(pg::Connection& connection, const ledger::AlembicHistory& history,
                                const Ledger& ledger, const std::string& schema);

/// The last revision whose objects, and those of all before it, are all there; empty: none.
std::string best_match(const std::vector<Traces>& all, const ledger::AlembicHistory& history);

/// How much is missing of the first revision that is recorded and not complete, unless all of it
/// is. Throws pg::Error.
void count_shortfall(pg::Connection& connection, const ledger::AlembicHistory& history,
                     Standing& standing, const Pass& pass, const std::string& schema);

}  // namespace pgmend::app
