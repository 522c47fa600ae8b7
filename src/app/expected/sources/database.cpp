// SPDX-License-Identifier: MIT
#include "app/database/read_database.hpp"
#include "app/database/session.hpp"
#include "app/expected/sources/sources.hpp"

namespace pgmend::app {

SourcePart read_database_source(const std::string& source, SourceContext& context) {
  const auto& request = context.request;
  if (context.made_of) context.made_of->add_unknown();
  auto session = connect({source, std::nullopt, request.connect_timeout_seconds, request.log_sql});
  auto read = read_database(session.target, request.with);
  SourcePart part;
  part.expectation = {session.subject.target,
                      {},
                      std::make_shared<Schema>(std::move(read.schema)),
                      std::move(read.kinds)};
  part.server_major = read.server_major;
  part.url = source;
  return part;
}

}  // namespace pgmend::app
