// SPDX-License-Identifier: MIT
#include "app/fleet/earlier.hpp"

#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/errors.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

constexpr int k_format_version = 1;

nlohmann::json read_report(const std::string& file) {
  const auto shown = text::visible(file);
  std::optional<std::string> text;
  try {
    text = file::read_if_exists(file);
  } catch (const std::runtime_error& error) {
    throw UsageError(error.what());
  }
  if (!text)
    throw UsageError(fmt::format("{}: there is no such file", shown),
                     "name the JSON report of an earlier run: --format json=fleet.json");
  const auto report = nlohmann::json::parse(*text, nullptr, false);
  if (!report.is_object() || !report.contains("fleet_format_version") ||
      !report.contains("members"))
    throw UsageError(fmt::format("{} is no report of a fleet", shown),
                     "write one with: pgmend fleet verify --format json=fleet.json");
  if (report["fleet_format_version"] != k_format_version)
    throw UsageError(fmt::format("{} is a report of another form (version {}), which this pgmend "
                                 "does not read",
                                 shown, report["fleet_format_version"].dump()),
                     "write it again with this pgmend");
  return report;
}

MemberNames members_in(const std::string& file,
                       const std::function<bool(const std::string& state)>& is_wanted) {
  const auto report = read_report(file);
  MemberNames names;
  try {
    for (const auto& member : report.at("members")) {
      const auto& group = member.at("group");
      if (is_wanted(member.at("state").get<std::string>()))
        names.emplace(group.is_null() ? "" : group.get<std::string>(),
                      member.at("name").get<std::string>());
    }
  } catch (const nlohmann::json::exception&) {
    throw UsageError(fmt::format("{} is damaged", text::visible(file)),
                     "write it again with: pgmend fleet verify --format json=fleet.json");
  }
  if (names.empty())
    throw UsageError(
        fmt::format("{} holds no such member: nothing is left to do", text::visible(file)));
  return names;
}

}  // namespace

MemberNames left_in_report(const std::string& file) {
  return members_in(
      file, [](const std::string& state) { return state != "correct" && state != "repaired"; });
}

MemberNames failed_in_report(const std::string& file) {
  return members_in(
      file, [](const std::string& state) { return state == "failed" || state == "unread"; });
}

}  // namespace pgmend::app
