// SPDX-License-Identifier: MIT
#include "cli/watch_options.hpp"

#include "cli/common_options.hpp"
#include "cli/fleet_options.hpp"
#include "cli/seconds.hpp"

namespace pgmend::cli {

namespace {

void add_listening(CLI::App& app, WatchOptions& watch) {
  add_word(app, "--listen", watch.listen,
           "serve metrics, probes and the report here; a port alone is this machine's only (not "
           "at all)",
           "HOST:PORT");
  add_word(app, "--tls-cert", watch.certificate, "serve HTTPS, with this certificate", "FILE");
  add_word(app, "--tls-key", watch.key, "and its key", "FILE");
  app.add_flag("--unready-on-drift", watch.is_unready_on_drift,
               "/readyz fails while anything is not as expected");
}

}  // namespace

void add_watch(CLI::App& app, Options& options) {
  auto& watch = options.watch;
  add_seconds(app, "--every", "look so often (60s)", std::chrono::seconds(1),
              [&watch](std::chrono::seconds every) { watch.every = every; });
  add_word(app, "--on-change", watch.on_change,
           "run this with the report on stdin when something came or went", "COMMAND");
  add_word(app, "--webhook", watch.webhook, "POST the same there", "URL");
  add_word(app, "--history", watch.history,
           "keep what was seen in this file, so that a restart tells nothing twice", "FILE");
  add_listening(app, watch);
  app.add_flag("--keep-session", watch.keeps_session,
               "of one database: stay connected between looks");
  add_watched(app, options);
}

}  // namespace pgmend::cli
