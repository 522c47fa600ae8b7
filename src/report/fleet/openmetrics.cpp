// SPDX-License-Identifier: MIT
// Every sample is valid in Prometheus' older text format as well, where "# EOF" is a comment.
#include "report/fleet/openmetrics.hpp"

#include <fmt/format.h>

#include <chrono>
#include <set>
#include <vector>

#include "report/fleet/look.hpp"
#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

std::string label(std::string_view name, std::string_view value) {
  auto escaped = text::replace_all(text::visible(value), "\\", "\\\\");
  escaped = text::replace_all(std::move(escaped), "\"", "\\\"");
  return fmt::format("{}=\"{}\"", name, escaped);
}

class Exposition {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    m_name = name;
    m_out += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
  }
  template <typename Number>
  void sample(const std::vector<std::string>& labels, Number value) {
    m_out += m_name;
    if (!labels.empty()) m_out += "{" + text::join(labels, ",") + "}";
    m_out += fmt::format(" {}\n", value);
  }
  std::string end() { return m_out + "# EOF\n"; }

 private:
  std::string m_name;
  std::string m_out;
};

void add_members(const FleetReport& report, Exposition& out) {
  out.family("pgmend_as_expected", "gauge", "1 if all that is looked at is as expected, else 0.");
  out.sample({}, report.wrong() == 0 ? 1 : 0);
  out.family("pgmend_members", "gauge", "Databases or schemas that are looked at, by their state.");
  for (int i = 0; i <= static_cast<int>(MemberState::correct); ++i) {
    const auto state = static_cast<MemberState>(i);
    out.sample({label("state", to_string(state))}, report.count(state));
  }
  // Each member's are its own, also where one was looked at for all that are alike.
  FleetLook::Left left;
  for (const auto& member : report.members)
    if (member.look)
      for (const auto& [key, count] : member.look->left) left[key] += count;
  out.family("pgmend_findings", "gauge",
             "Differences from the expected schema that are left, by sort and kind.");
  for (const auto& [key, count] : left)
    out.sample({label("sort", key.first), label("kind", key.second)}, count);
  std::set<std::string> told;
  out.family("pgmend_wrong", "gauge", "1 for each member that is not as expected.");
  for (const auto& member : report.members) {
    if (is_as_expected(member.state)) continue;
    std::vector<std::string> labels = {label("member", member.name),
                                       label("state", to_string(member.state))};
    if (!member.group.empty()) labels.insert(labels.begin(), label("group", member.group));
    if (told.insert(text::join(labels, ",")).second) out.sample(labels, 1);
  }
}

}  // namespace

std::string openmetrics(const FleetReport& report, const Looks& looks) {
  Exposition out;
  out.family("pgmend_build", "gauge", "1, with the version of pgmend.");
  out.sample({label("version", PGMEND_VERSION)}, 1);
  add_members(report, out);
  out.family("pgmend_shapes", "gauge", "Different shapes among the members.");
  out.sample({}, report.shapes.size());
  out.family("pgmend_last_look_timestamp_seconds", "gauge", "When pgmend looked last.");
  out.sample({}, fmt::format("{:.3f}", looks.last_time));
  out.family("pgmend_last_success_timestamp_seconds", "gauge",
             "When pgmend could look at everything last; 0 if it never could.");
  out.sample({}, fmt::format("{:.3f}", looks.last_success_time));
  out.family("pgmend_look_duration_seconds", "gauge", "How long the last look took.");
  out.sample({}, fmt::format("{:.3f}", std::chrono::duration<double>(report.duration).count()));
  out.family("pgmend_looks", "gauge", "Looks since pgmend was started.");
  out.sample({}, looks.count);
  out.family("pgmend_failed_looks", "gauge",
             "Looks since pgmend was started that could not be made.");
  out.sample({}, looks.failed);
  return out.end();
}

std::string openmetrics(const FleetDocument& document) {
  const auto& report = document.report;
  Looks looks;
  looks.last_time = std::chrono::duration<double>(document.started.time_since_epoch()).count();
  if (report.count(MemberState::unread) == 0)
    looks.last_success_time = looks.last_time;
  else
    looks.failed = 1;
  return openmetrics(report, looks);
}

std::string openmetrics_of_one(const Document& document) {
  return openmetrics(
      {fleet_of_one(document.report), document.exit_code, document.started, document.version});
}

}  // namespace pgmend::report::fleet
