// SPDX-License-Identifier: MIT
#include "app/watch/notify.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "app/watch/webhook.hpp"
#include "report/fleet/json.hpp"
#include "report/fleet/words.hpp"
#include "util/json_text.hpp"
#include "util/subprocess.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

using Json = nlohmann::ordered_json;

Json changes_of(const Sighting& seen, bool appeared) {
  auto list = Json::array();
  for (const auto& change : seen.changes)
    if (change.appeared == appeared)
      list.push_back({{"member", change.trouble.member}, {"what", change.trouble.what}});
  return list;
}

std::size_t count(const Sighting& seen, bool appeared) {
  return static_cast<std::size_t>(
      std::count_if(seen.changes.begin(), seen.changes.end(),
                    [&](const Change& change) { return change.appeared == appeared; }));
}

/// By the shell, as people write such commands. Why it was not as it should; empty if it was.
std::string run_command(const std::string& text, const Sighting& seen) {
  constexpr std::chrono::seconds k_patience{60};
  subprocess::Command command;
  command.argv = {"/bin/sh", "-c", text};
  command.input = change_json(seen);
  command.timeout = k_patience;
  command.inherit_output = true;
  command.output_to_stderr = true;
  command.env = subprocess::current_environment();
  (*command.env)["PGMEND_APPEARED"] = std::to_string(count(seen, true));
  (*command.env)["PGMEND_GONE"] = std::to_string(count(seen, false));
  (*command.env)["PGMEND_STILL"] = std::to_string(seen.still);
  try {
    const auto outcome = subprocess::run(command);
    return outcome.ok() ? "" : outcome.describe();
  } catch (const subprocess::StartError& error) {
    return error.what();
  }
}

}  // namespace

std::string change_json(const Sighting& seen) {
  const FleetDocument document = {seen.report, 0, seen.at, PGMEND_VERSION};
  const auto at = fmt::gmtime(std::chrono::system_clock::to_time_t(seen.at));
  const Json root = {{"at", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", at)},
                     {"verdict_line", report::fleet::verdict_line(seen.report)},
                     {"appeared", changes_of(seen, true)},
                     {"gone", changes_of(seen, false)},
                     {"still", seen.still},
                     {"report", Json::parse(report::fleet::json(document))}};
  return text::of_json(root, 2) + "\n";
}

void notify(const Sighting& seen, const NotifyOptions& options, Clock& clock,
            const std::function<void(const std::string&)>& say) {
  if (seen.changes.empty()) return;
  if (options.command)
    if (const auto why = run_command(*options.command, seen); !why.empty())
      say(fmt::format("--on-change: {}", why));
  if (options.webhook)
    if (const auto why = post(*options.webhook, change_json(seen), options.tries, clock);
        !why.empty())
      say(fmt::format("--webhook: {}", why));
}

}  // namespace pgmend::app
