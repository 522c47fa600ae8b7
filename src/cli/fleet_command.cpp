// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "app/errors.hpp"
#include "app/fleet/earlier.hpp"
#include "app/fleet/fleet.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/fleet_progress.hpp"
#include "cli/fleet_request.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

/// Not every sort of finding has to count (--fail-on).
bool fails(const FleetMember& member) {
  return member.state == MemberState::drift && (!member.look || member.look->fails);
}

/// The worst that happened to a member decides.
int exit_code_of(const FleetReport& report) {
  if (report.interrupted) return k_exit_interrupted;
  const auto any = [&](std::initializer_list<MemberState> states) {
    return std::any_of(states.begin(), states.end(),
                       [&](MemberState state) { return report.count(state) > 0; });
  };
  if (any({MemberState::failed})) return k_exit_failed;
  if (any({MemberState::absent, MemberState::empty}) ||
      std::any_of(report.members.begin(), report.members.end(), fails))
    return k_exit_drift;
  if (any({MemberState::unread, MemberState::unconfirmed}) || !report.lacks.empty())
    return k_exit_unverified;
  if (any({MemberState::pending, MemberState::unclear, MemberState::waiting}))
    return k_exit_not_now;
  return k_exit_correct;
}

int unite_reports(const Options& options, Outputs& outputs) {
  if (options.fleet.files.empty())
    throw app::UsageError("fleet report: it is not said which reports",
                          "name them: pgmend fleet report shard-*.json");
  const auto all = app::united_reports(options.fleet.files);
  return outputs.finish(all.report, exit_code_of(all.report));
}

}  // namespace

int run_fleet(const Options& options, Outputs& outputs) {
  if (options.fleet.action == "report") return unite_reports(options, outputs);
  if (!options.fleet.files.empty())
    throw app::UsageError(
        fmt::format("fleet {} takes no file: {}", options.fleet.action,
                    text::visible(options.fleet.files.front())),
        "what is expected: --schema FILE; to unite reports: pgmend fleet report *.json");
  const auto project = fleet_project(options);
  const auto fleet = fleet_request(options, project);
  FleetReport report;
  {
    FleetProgress progress(options);
    report = app::run_fleet(fleet, progress);
  }
  return outputs.finish(report, exit_code_of(report));
}

}  // namespace pgmend::cli
