// SPDX-License-Identifier: MIT
#include "app/expected/build_schema.hpp"

#include "app/database/session.hpp"
#include "app/output/reporters.hpp"
#include "app/run/run.hpp"

namespace pgmend::app {

void build_schema(const pg::ScratchDatabase& database, const Expectation& expectation) {
  Target target = {database.connect(), database.name(), false};
  RunOptions options;
  options.job = Job::ensure;
  options.consents = {Consent::add, Consent::restore, Consent::alter, Consent::replace};
  run(target, expectation, {}, options, *make_silent_reporter());
}

pg::Connection session_with(SourcePart& part, const SourceRequest& request, Scratch& scratch) {
  if (part.url)
    return connect({part.url, std::nullopt, request.connect_timeout_seconds, request.log_sql})
        .target.connection;
  if (!part.scratch) {
    part.scratch = std::make_shared<pg::ScratchDatabase>(scratch.make());
    build_schema(*part.scratch, part.expectation);
  }
  return part.scratch->connect();
}

}  // namespace pgmend::app
