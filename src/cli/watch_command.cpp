// SPDX-License-Identifier: MIT
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/errors.hpp"
#include "app/expected/backfills.hpp"
#include "app/expected/schema_source.hpp"
#include "app/fleet/fleet.hpp"
#include "app/output/reporters.hpp"
#include "app/watch/history.hpp"
#include "app/watch/notify.hpp"
#include "app/watch/server.hpp"
#include "app/watch/watch.hpp"
#include "app/watch/webhook.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/fleet_request.hpp"
#include "cli/sources.hpp"
#include "util/log.hpp"
#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

/// Nothing is said of how far a look has come.
class Silence : public app::FleetObserver {
 public:
  void says(const std::string& /*text*/) override {}
  void mends(std::size_t /*members*/) override {}
  void settled(const FleetMember& /*member*/, std::size_t /*done*/, std::size_t /*all*/) override {}
};

/// Whoever is not there yet is looked for again: a server may start later than this.
class FleetLooker {
 public:
  explicit FleetLooker(const Options& options)
      : m_options(options), m_project(fleet_project(options)) {}

  const app::Project& project() const { return m_project; }
  FleetReport operator()() {
    if (!m_request) m_request.emplace(fleet_request(m_options, m_project));
    Silence silence;
    return app::run_fleet(*m_request, silence);
  }

 private:
  const Options& m_options;
  app::Project m_project;
  std::optional<app::FleetRequest> m_request;
};

/// One database: what is unchanged since it was as expected is not read again.
class Looker {
 public:
  explicit Looker(const Options& options)
      : m_options(options), m_request(source_request(options, options.schema)) {
    m_request.takes_migrations = true;
    m_request.keeps = !options.no_cache;
    m_project = app::settle_request(m_request);
    m_late.emplace(late_session(m_options, m_project));
  }

  FleetReport operator()() {
    if (!m_source) load();
    auto& session = m_late->get();
    const auto silent = app::make_silent_reporter();
    const auto report =
        app::run(session.target, m_source->expectation, session.subject, m_run, *silent);
    const bool is_alive = session.target.connection.is_alive();
    auto fleet = app::fleet_of_one(report);
    if (!m_options.watch.keeps_session || !is_alive || !report.failure.empty()) m_late->forget();
    return fleet;
  }

 private:
  void load() {
    auto scratch = m_late->scratch(scratch_options(m_options));
    auto source = app::load_sources(m_request, scratch);
    source.expectation.may_be_empty = m_options.even_if_empty;
    app::refuse_empty(source.expectation);
    m_run = run_options(m_options, m_project);
    m_run.migrations.source_config = source.alembic_config;
    m_source.emplace(std::move(source));
  }

  const Options& m_options;
  app::SourceRequest m_request;
  app::Project m_project;
  std::optional<app::LateSession> m_late;
  std::optional<app::SourcePart> m_source;
  app::RunOptions m_run;
};

std::string time_words(std::chrono::system_clock::time_point at) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

/// Only what has changed; that a look failed, and that it no longer does.
class Teller {
 public:
  explicit Teller(const Options& options) : m_options(options) {}

  void tell(const app::Sighting& seen) {
    if (m_options.detail == Detail::quiet && seen.changes.empty()) return;
    if (seen.failure != m_failure) {
      m_failure = seen.failure;
      if (!m_failure.empty())
        line(seen, log::Level::error, "the look failed", m_failure);
      else
        line(seen, log::Level::info, "looking again", "");
    }
    for (const auto& change : seen.changes)
      line(seen, change.appeared ? log::Level::error : log::Level::info,
           change.appeared ? "appeared" : "gone",
           fmt::format("{}: {}", text::visible(change.trouble.member),
                       text::visible(change.trouble.what)));
    if (seen.failure.empty() && (!seen.changes.empty() || m_is_first))
      line(seen, log::Level::info, seen.verdict,
           seen.still > 0 ? fmt::format("{} still there", seen.still) : "");
    m_is_first = false;
  }
  void say(const std::string& text) const {
    if (log::is_json()) return log::write(log::Level::error, text);
    stream::print(stderr, "{}\n", text);
  }

 private:
  static void line(const app::Sighting& seen, log::Level level, const std::string& head,
                   const std::string& rest) {
    if (log::is_json()) return log::write(level, head, {{"what", rest}});
    stream::print(stdout, "{} {}{}{}\n", time_words(seen.at), head, rest.empty() ? "" : ": ", rest);
    stream::flush(stdout);
  }

  const Options& m_options;
  std::string m_failure;
  bool m_is_first = true;
};

std::optional<app::ServerOptions> server_options(const WatchOptions& watch) {
  const char* token = std::getenv("PGMEND_WATCH_TOKEN");
  if (!watch.listen) {
    if (watch.certificate || watch.key || watch.is_unready_on_drift)
      throw app::UsageError("nothing is served, so there is nothing to say of how",
                            "say where: --listen 9187");
    return std::nullopt;
  }
  if (watch.certificate.has_value() != watch.key.has_value())
    throw app::UsageError("a certificate and its key go together",
                          "name both: --tls-cert cert.pem --tls-key key.pem");
  if (token && *token == '\0')
    throw app::UsageError("PGMEND_WATCH_TOKEN is empty",
                          "give it a token, or leave it unset to serve without one");
  app::ServerOptions options;
  app::take_address(*watch.listen, options);
  if (token) options.token = token;
  options.certificate = watch.certificate;
  options.key = watch.key;
  options.is_ready_on_drift = !watch.is_unready_on_drift;
  return options;
}

std::function<FleetReport()> looker(const Options& options) {
  if (names_members(options)) return FleetLooker(options);
  // Groups of the spec are watched where nothing else is said.
  if (options.schema.empty() && app::find_spec(std::filesystem::current_path()))
    if (FleetLooker fleet(options); !fleet.project().members.empty()) return fleet;
  const auto one = std::make_shared<Looker>(options);
  return [one] { return (*one)(); };
}

}  // namespace

int run_watch(const Options& options) {
  constexpr std::size_t k_shown_changes = 200;
  const auto& watch = options.watch;
  if (watch.webhook) app::check_webhook(*watch.webhook);
  const auto look = looker(options);
  app::History history(watch.history.value_or(""));
  std::optional<app::WatchServer> server;
  if (const auto served = server_options(watch)) server.emplace(*served);
  if (server && options.detail != Detail::quiet)
    stream::print(stderr, "serving {}/\n", server->url());
  app::SystemClock clock;
  Teller teller(options);
  const app::NotifyOptions notified = {watch.on_change, watch.webhook};
  app::watch(look, {.every = watch.every}, history, clock, [&](const app::Sighting& seen) {
    if (server) server->show(seen, history.changes(k_shown_changes));
    teller.tell(seen);
    app::notify(seen, notified, clock, [&](const std::string& words) { teller.say(words); });
  });
  return k_exit_correct;
}

}  // namespace pgmend::cli
