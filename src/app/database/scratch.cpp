// SPDX-License-Identifier: MIT
#include "app/database/scratch.hpp"

#include <fmt/format.h>

#include "app/database/target.hpp"
#include "app/errors.hpp"
#include "pg/conninfo.hpp"

namespace pgmend::app {

namespace {

constexpr std::string_view k_target = "target";

[[noreturn]] void fail(const pg::Error& error, const std::string& what) {
  auto message = fmt::format("{}: {}", what, error.what());
  if (!error.parts().detail.empty()) message += '\n' + error.parts().detail;
  throw UnverifiedError(message, error.parts().hint);
}

pg::Error with_hint(const pg::Error& error, const std::string& hint) {
  auto parts = error.parts();
  if (!parts.hint.empty()) parts.hint += "; ";
  parts.hint += hint;
  return pg::Error(std::move(parts));
}

}  // namespace

Scratch::Scratch(Options options, FindTarget find_target)
    : m_options(std::move(options)), m_find_target(std::move(find_target)) {}

pg::ScratchDatabase Scratch::make() {
  if (!m_server) start();
  try {
    return m_server->make();
  } catch (const pg::Error& error) {
    throw UnverifiedError(error.what(), error.parts().hint);
  }
}

int Scratch::major() {
  if (!m_server) start();
  return m_server->major();
}

const std::optional<Scratch::Target>& Scratch::target() {
  if (!m_target && m_find_target) m_target = m_find_target();
  return m_target;
}

const pg::Likeness& Scratch::like() {
  static const pg::Likeness k_any;
  return target() ? target()->like : k_any;
}

void Scratch::start() {
  const auto& target = this->target();
  pg::ScratchServer::Request request;
  request.named = named(target);
  if (target) request.like = target->like;
  request.connection = {.connect_timeout = std::chrono::seconds(m_options.connect_timeout_seconds),
                        .log_sql = m_options.log_sql};
  request.script_bytes = m_script_bytes;
  const bool is_private = !request.named;
  const auto place = is_private ? "" : pg::describe(request.named->parameters);
  try {
    m_server = std::make_unique<pg::ScratchServer>(std::move(request));
  } catch (const pg::Error& error) {
    if (is_private)
      fail(with_hint(error,
                     "or name a server with --scratch URL, or compile elsewhere and use the lock "
                     "file here: pgmend compile SOURCE -o schema.lock"),
           "this source needs a scratch database, and none can be made here");
    fail(error.parts().hint.empty() ? with_hint(error, connection_hint(error)) : error,
         fmt::format("the scratch server {} (--scratch) cannot be reached", place));
  }
}

std::optional<pg::ScratchServer::Named> Scratch::named(const std::optional<Target>& target) const {
  if (!m_options.choice) return std::nullopt;
  if (*m_options.choice == k_target) {
    if (!target)
      throw UsageError("--scratch target: there is no target here", "name a server: --scratch URL");
    return pg::ScratchServer::Named{target->parameters, "the target's own server"};
  }
  try {
    return pg::ScratchServer::Named{pg::parse_conninfo(*m_options.choice).parameters, "--scratch"};
  } catch (const pg::ConninfoError& error) {
    throw UsageError(fmt::format("--scratch: {}", error.what()), error.hint());
  }
}

std::vector<std::string> Scratch::notes() const {
  if (!m_server) return {};
  std::vector<std::string> notes = {"the source was loaded into " + m_server->description()};
  for (const auto& note : m_server->notes()) notes.push_back(note);
  return notes;
}

}  // namespace pgmend::app
