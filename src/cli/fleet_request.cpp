// SPDX-License-Identifier: MIT
#include "cli/fleet_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "app/errors.hpp"
#include "app/expected/backfills.hpp"
#include "app/expected/late_session.hpp"
#include "app/expected/schema_source.hpp"
#include "app/fleet/earlier.hpp"
#include "app/fleet/fleet.hpp"
#include "cli/commands.hpp"
#include "cli/invocation.hpp"
#include "cli/sources.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

/// "public=TENANT" as both sides of it.
std::pair<std::string, std::string> mapping_of(const std::optional<std::string>& option) {
  if (!option) return {"", std::string(app::k_tenant)};
  const auto at = option->find('=');
  const auto from = option->substr(0, at);
  const auto to = at == std::string::npos ? "" : option->substr(at + 1);
  if (from.empty() || to.find(app::k_tenant) == std::string::npos)
    throw app::UsageError(
        fmt::format("--map {}: it maps all members to one schema", text::visible(*option)),
        "write FROM=TENANT, where TENANT stands for the member: public=TENANT, public=app_TENANT");
  return {from, to};
}

/// What the command line says, as one group; nothing if it names no members.
std::optional<app::MemberGroup> group_of(const Options& options) {
  const auto& fleet = options.fleet;
  if (!fleet.schemas && !fleet.databases && !fleet.urls) return std::nullopt;
  app::MemberGroup group;
  group.schemas = fleet.schemas;
  group.databases = fleet.databases;
  group.urls = fleet.urls;
  group.except = fleet.except;
  group.sources = options.schema;
  group.map = fleet.map;
  group.like = fleet.like;
  group.majority = fleet.majority;
  return group;
}

/// Those of pgmend.yaml that are asked for.
std::vector<app::MemberGroup> groups_of(const Options& options, const app::Project& project) {
  if (auto group = group_of(options)) {
    if (!options.fleet.groups.empty())
      throw app::UsageError("--group is about the members that pgmend.yaml names",
                            "leave it out, or leave out --schemas, --databases and --urls");
    return {std::move(*group)};
  }
  if (project.members.empty())
    throw app::UsageError("it is not said who the members are",
                          "name them: --schemas 't_*', --databases 'shop_*', --urls FILE, or "
                          "`members:` in pgmend.yaml");
  if (options.fleet.groups.empty()) return project.members;
  std::vector<app::MemberGroup> chosen;
  std::vector<std::string> names;
  for (const auto& group : project.members) names.push_back(group.name);
  for (const auto& name : options.fleet.groups) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      const auto near = text::nearest(name, names);
      throw app::UsageError(
          fmt::format("--group {}: there is no such group", text::visible(name)),
          near ? fmt::format("did you mean {}?", *near) : "there are: " + text::join(names, ", "));
    }
    chosen.push_back(project.members[static_cast<std::size_t>(found - names.begin())]);
  }
  return chosen;
}

app::RunOptions fleet_run_options(const Options& options, const app::Project& project) {
  auto run = run_options(options, project);
  run.remembers = false;
  return run;
}

std::optional<std::size_t> number_of(std::string_view digits) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

/// "05:00" or "05:00:30" as hours, minutes and seconds.
std::array<int, 3> parts_of_time(const std::string& text) {
  constexpr std::array k_ends = {24, 60, 60};
  std::array<int, 3> parts = {};
  std::size_t count = 0;
  bool is_time = true;
  for (const auto part : text::split(text, ':')) {
    const auto number = part.size() <= 2 ? number_of(part) : std::nullopt;
    is_time =
        is_time && number && count < parts.size() && static_cast<int>(*number) < k_ends.at(count);
    if (!is_time) break;
    parts.at(count++) = static_cast<int>(*number);
  }
  if (!is_time || count < 2)
    throw app::UsageError(fmt::format("--until {}: it is no time of day", text::visible(text)),
                          "write HH:MM, of this machine's time: 05:00");
  return parts;
}

/// The next time that clocks here show it.
std::chrono::system_clock::time_point time_of_day(const std::string& text) {
  const auto [hour, minute, second] = parts_of_time(text);
  std::tm day = {};
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  ::localtime_r(&now, &day);
  day.tm_hour = hour;
  day.tm_min = minute;
  day.tm_sec = second;
  day.tm_isdst = -1;
  auto then = std::mktime(&day);
  if (then <= now) {
    ++day.tm_mday;
    day.tm_isdst = -1;
    then = std::mktime(&day);
  }
  return std::chrono::system_clock::from_time_t(then);
}

/// A Job of Kubernetes' with completionMode: Indexed tells each of its pods which one it is; how
/// many there are it tells nobody.
std::optional<FleetShard> shard_of(const FleetOptions& options) {
  constexpr const char* k_help = "write I/N, from 1/N to N/N: --shard 2/8";
  if (options.shard) {
    const auto at = options.shard->find('/');
    const auto number = number_of(options.shard->substr(0, at)).value_or(0);
    const auto of =
        at == std::string::npos ? 0 : number_of(options.shard->substr(at + 1)).value_or(0);
    const auto shown = text::visible(*options.shard);
    if (number == 0 || of == 0)
      throw app::UsageError(fmt::format("--shard {}: it is no shard", shown), k_help);
    if (number > of)
      throw app::UsageError(fmt::format("--shard {}: there are only {}", shown, of), k_help);
    return FleetShard{number, of};
  }
  const char* shards = std::getenv("PGMEND_SHARDS");
  if (!shards) return std::nullopt;
  const auto of = number_of(shards).value_or(0);
  if (of == 0)
    throw app::UsageError(
        fmt::format("PGMEND_SHARDS={}: it is no number of shards", text::visible(shards)),
        "how many pods the Job has: its `completions`");
  const char* index = std::getenv("JOB_COMPLETION_INDEX");
  const auto number = index ? number_of(index) : std::nullopt;
  if (!number)
    throw app::UsageError("PGMEND_SHARDS is set, and JOB_COMPLETION_INDEX says no index",
                          "set `completionMode: Indexed` in the Job, or use --shard I/N");
  if (*number >= of)
    throw app::UsageError(
        fmt::format("JOB_COMPLETION_INDEX={}: there are only {} (PGMEND_SHARDS)", *number, of),
        "PGMEND_SHARDS is the number of `completions` of the Job");
  return FleetShard{*number + 1, of};
}

void take_course(const FleetOptions& options, app::FleetRequest& fleet) {
  fleet.canary = options.canary;
  fleet.most_failures = options.most_failures;
  fleet.jobs = options.jobs;
  fleet.most_connections = options.most_connections > 0 ? options.most_connections : options.jobs;
  if (options.until) fleet.until = time_of_day(*options.until);
  fleet.shard = shard_of(options);
  if (options.resume) fleet.only = app::left_in_report(*options.resume);
  if (options.only_failed) fleet.only = app::failed_in_report(*options.only_failed);
}

/// Reads what is expected of a group, and makes it one to be run.
class GroupMaker {
 public:
  GroupMaker(const Options& options, const app::Project& project, app::FleetRequest& fleet)
      : m_options(options),
        m_project(project),
        m_run(fleet.run),
        m_run_is_sharded(fleet.shard.has_value()) {}

  app::FleetGroup make(const app::MemberGroup& named) {
    if (const auto fault = app::fault_of(named)) throw app::UsageError(fault->message, fault->hint);
    const auto& course = m_options.fleet;
    if (named.majority && (course.resume || course.only_failed || m_run_is_sharded))
      throw app::UsageError("what most members are is known only where all are looked at",
                            "name one that is right (--like MEMBER), or leave out --shard, "
                            "--resume and --only-failed");
    app::FleetGroup group;
    const auto [from, to] = mapping_of(named.map);
    group.map_from = from;
    group.like = named.like;
    group.members = {
        .group = named.name,
        .schemas = named.schemas,
        .databases = named.databases,
        .urls = named.urls,
        .except = named.except,
        .schema_of = to,
        .connection = {m_options.database, named.database ? named.database : m_project.database,
                       m_options.connect_timeout_seconds, m_options.log_sql, m_options.role,
                       m_project.role}};
    for (const auto& glob : m_options.fleet.except) group.members.except.push_back(glob);
    if (!named.like && !named.majority) read_source(named, group);
    return group;
  }

 private:
  /// What the command line says of a column is said last.
  void add_backfills(const app::Project& spec, app::Expectation& expectation) const {
    auto backfills = spec.backfills;
    for (const auto& text : m_options.backfills)
      backfills.push_back(app::parse_backfill(text, "--backfill"));
    app::add_backfills(expectation, backfills);
  }

  void read_source(const app::MemberGroup& named, app::FleetGroup& group) {
    auto request =
        source_request(m_options, named.sources.empty() ? m_options.schema : named.sources);
    request.takes_migrations = true;
    request.keeps = !m_options.no_cache;
    const auto spec = app::settle_request(request);
    const auto connection = group.members.connection;
    app::LateSession late([&connection] { return app::connect(connection); });
    auto scratch =
        named.urls ? scratch_without_target(m_options) : late.scratch(scratch_options(m_options));
    auto source = app::load_sources(request, scratch);
    source.expectation.may_be_empty = m_options.even_if_empty;
    add_backfills(spec, source.expectation);
    group.expectation = std::move(source.expectation);
    group.notes = std::move(source.notes);
    for (auto& note : scratch.notes()) group.notes.push_back(std::move(note));
    m_run.migrations.source_config = source.alembic_config;
  }

  const Options& m_options;
  const app::Project& m_project;
  app::RunOptions& m_run;
  bool m_run_is_sharded;
};

}  // namespace

app::Project fleet_project(const Options& options) {
  const auto& sources = options.schema;
  const bool is_spec = sources.size() == 1 && sources.front().ends_with(".yaml");
  if (is_spec) return app::load_project(sources.front());
  if (!app::find_spec(std::filesystem::current_path())) return {};
  return app::load_project(std::nullopt);
}

bool names_members(const Options& options) {
  return group_of(options).has_value() || !options.fleet.groups.empty();
}

app::FleetRequest fleet_request(const Options& options, const app::Project& project) {
  app::FleetRequest fleet;
  fleet.run = fleet_run_options(options, project);
  fleet.with = options.with;
  fleet.with.insert(project.with.begin(), project.with.end());
  take_course(options.fleet, fleet);
  GroupMaker maker(options, project, fleet);
  for (const auto& group : groups_of(options, project)) fleet.groups.push_back(maker.make(group));
  return fleet;
}

}  // namespace pgmend::cli
