// SPDX-License-Identifier: MIT
#include "app/fleet/earlier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <tuple>

#include "app/errors.hpp"
#include "app/fleet/what.hpp"
#include "report/fleet/read.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

FleetDocument read_report(const std::string& file) {
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
  try {
    return report::fleet::read(*text);
  } catch (const report::fleet::UnreadableReport& error) {
    throw UsageError(fmt::format("{} {}", shown, error.what()), error.hint);
  }
}

MemberNames members_in(const std::string& file,
                       const std::function<bool(MemberState state)>& is_wanted) {
  MemberNames names;
  for (const auto& member : read_report(file).report.members)
    if (is_wanted(member.state)) names.emplace(member.group, member.name);
  if (names.empty())
    throw UsageError(
        fmt::format("{} holds no such member: nothing is left to do", text::visible(file)));
  return names;
}

}  // namespace

MemberNames left_in_report(const std::string& file) {
  return members_in(file, [](MemberState state) { return !is_as_expected(state); });
}

MemberNames failed_in_report(const std::string& file) {
  return members_in(file, [](MemberState state) {
    return state == MemberState::failed || state == MemberState::unread;
  });
}

namespace {

/// Takes reports in, the oldest first.
class Union {
 public:
  void add(FleetDocument document) {
    auto& from = document.report;
    auto& report = m_all.report;
    report.job = from.job;
    report.interrupted = report.interrupted || from.interrupted;
    m_all.exit_code = std::max(m_all.exit_code, document.exit_code);
    m_all.version = document.version;
    if (m_is_first) m_all.started = document.started;
    m_end = std::max(m_end, document.started + from.duration);
    m_is_first = false;
    add_once(m_expected, from.expected);
    add_once(m_stopped, from.stopped);
    for (const auto& note : from.notes) add_once(report.notes, note);
    take_shard(from);
    take_shapes(document);
    for (auto& member : from.members) take(std::move(member));
  }

  FleetDocument written() {
    auto& report = m_all.report;
    report.expected = text::join(m_expected, "; ");
    report.stopped = text::join(m_stopped, "; ");
    report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(m_end - m_all.started);
    if (m_twice > 0)
      report.notes.push_back(
          fmt::format("{} in more than one of the reports: the newest counts",
                      m_twice == 1 ? "1 member stands" : fmt::format("{} members stand", m_twice)));
    add_lacking_shards();
    std::stable_sort(report.members.begin(), report.members.end(),
                     [](const FleetMember& a, const FleetMember& b) {
                       return std::tie(a.group, a.name) < std::tie(b.group, b.name);
                     });
    label_shapes(report);
    report.what = words_of_members(report);
    return std::move(m_all);
  }

 private:
  static void add_once(std::vector<std::string>& list, const std::string& text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end())
      list.push_back(text);
  }

  void take_shard(const FleetReport& from) {
    if (!from.shard) return;
    if (m_shards.empty()) m_shards_of = from.shard->of;
    if (m_shards_of != from.shard->of)
      throw UsageError(
          fmt::format("there are reports of shards of {} and of {}", m_shards_of, from.shard->of),
          "unite the reports of one run: those that --shard I/N was the same N for");
    m_shards.insert(from.shard->number);
  }

  /// Fingerprints of two versions of pgmend say nothing of each other.
  void take_shapes(const FleetDocument& document) {
    m_places.clear();
    for (const auto& shape : document.report.shapes) {
      const auto [found, is_new] =
          m_shapes.try_emplace({document.version, shape.fingerprint}, m_all.report.shapes.size());
      if (is_new) m_all.report.shapes.push_back(shape);
      m_places.push_back(found->second);
    }
  }

  void take(FleetMember member) {
    if (member.shape) member.shape = m_places.at(*member.shape);
    auto& members = m_all.report.members;
    const auto [found, is_new] = m_members.try_emplace({member.group, member.name}, members.size());
    if (is_new) {
      members.push_back(std::move(member));
      return;
    }
    ++m_twice;
    members[found->second] = std::move(member);
  }

  void add_lacking_shards() {
    std::vector<std::string> lacking;
    for (std::size_t i = 1; !m_shards.empty() && i <= m_shards_of; ++i)
      if (!m_shards.contains(i)) lacking.push_back(std::to_string(i));
    if (lacking.empty()) return;
    m_all.report.lacks = fmt::format("the report of shard {} of {} is not among these",
                                     text::join(lacking, ", "), m_shards_of);
  }

  FleetDocument m_all;
  bool m_is_first = true;
  std::chrono::system_clock::time_point m_end = {};
  std::vector<std::string> m_expected;
  std::vector<std::string> m_stopped;
  std::set<std::size_t> m_shards;
  std::size_t m_shards_of = 0;
  std::map<std::pair<std::string, std::string>, std::size_t> m_shapes;
  std::vector<std::size_t> m_places;  // of the shapes of the report that is taken in
  std::map<std::pair<std::string, std::string>, std::size_t> m_members;
  std::size_t m_twice = 0;
};

}  // namespace

FleetDocument united_reports(const std::vector<std::string>& files) {
  std::vector<FleetDocument> documents;
  for (const auto& file : files) documents.push_back(read_report(file));
  std::stable_sort(
      documents.begin(), documents.end(),
      [](const FleetDocument& a, const FleetDocument& b) { return a.started < b.started; });
  Union all;
  for (auto& document : documents) all.add(std::move(document));
  return all.written();
}

}  // namespace pgmend::app
