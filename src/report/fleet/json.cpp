// SPDX-License-Identifier: MIT
#include "report/fleet/json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "report/fleet/read.hpp"
#include "report/fleet/words.hpp"
#include "util/json_text.hpp"
#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

using Json = nlohmann::ordered_json;
using text::or_null;

std::string job_word(Job job) {
  return job == Job::ensure ? "ensure" : job == Job::plan ? "plan" : "verify";
}

std::string_view word_of(FleetLook::Told::Level level) {
  switch (level) {
    case FleetLook::Told::Level::error:
      return "error";
    case FleetLook::Told::Level::warning:
      return "warning";
    case FleetLook::Told::Level::note:
      break;
  }
  return "note";
}

Json told_of(const FleetLook& look) {
  auto list = Json::array();
  for (const auto& told : look.told)
    list.push_back({{"id", told.id},
                    {"what", or_null(told.what)},
                    {"level", word_of(told.level)},
                    {"title", told.title},
                    {"text", told.text},
                    {"beginning", or_null(told.beginning)},
                    {"settled", told.is_settled},
                    {"part", told.is_part}});
  return list;
}

Json planned_of(const FleetLook& look) {
  auto list = Json::array();
  for (const auto& planned : look.planned)
    list.push_back({{"statements", planned.statements},
                    {"price", planned.price},
                    {"cost", planned.cost},
                    {"exclusive", planned.is_exclusive}});
  return list;
}

/// What a single run would say of it, and how people are told.
Json json_of(const FleetLook& look, const std::string& id) {
  Json all = {
      {"id", id}, {"group", or_null(look.group)}, {"member", look.member}, {"fails", look.fails}};
  all.update(Json::parse(look.json));
  all["told"] = told_of(look);
  all["planned"] = planned_of(look);
  return all;
}

Json record_of(const Ledger& ledger) {
  return {{"tool", ledger.tool},         {"table", ledger.table}, {"readable", !ledger.is_unread},
          {"recorded", ledger.recorded}, {"rows", ledger.total},  {"troubles", ledger.troubles}};
}

Json member_of(const FleetReport& report, const FleetMember& member, const std::string& look) {
  auto records = Json::array();
  for (const auto& record : member.records) records.push_back(record_of(record));
  return {{"name", member.name},
          {"group", or_null(member.group)},
          {"database", or_null(member.database)},
          {"schema", or_null(member.schema)},
          {"state", to_string(member.state)},
          {"shape", member.shape ? Json(report.shapes[*member.shape].label) : Json()},
          {"version", or_null(member.version())},
          {"records", std::move(records)},
          {"look", or_null(look)},
          {"signature", or_null(member.signature)},
          {"message", or_null(member.message)},
          {"hint", or_null(member.hint)},
          {"late", member.is_late},
          {"duration_ms", member.duration.count()}};
}

Json shapes_of(const FleetReport& report) {
  auto list = Json::array();
  for (const auto& shape : report.shapes)
    list.push_back({{"label", shape.label},
                    {"fingerprint", shape.fingerprint},
                    {"objects", shape.objects},
                    {"members", shape.members}});
  return list;
}

Json cells_of(const FleetReport& report) {
  auto list = Json::array();
  for (const auto& cell : report.cells())
    list.push_back({{"version", or_null(cell.version)},
                    {"shape", report.shapes[cell.shape].label},
                    {"members", cell.members}});
  return list;
}

Json shard_of(const FleetReport& report) {
  if (!report.shard) return {};
  return {{"number", report.shard->number}, {"of", report.shard->of}};
}

Json states_of(const FleetReport& report) {
  Json counts = Json::object();
  for (int i = 0; i <= static_cast<int>(MemberState::correct); ++i)
    counts[std::string(to_string(static_cast<MemberState>(i)))] =
        report.count(static_cast<MemberState>(i));
  return counts;
}

/// Appends to a list one element a line: a tree of thousands takes several kB for each.
class List {
 public:
  explicit List(std::string& out) : m_out(out) { m_out += "["; }
  void add(const Json& element) {
    m_out += m_is_empty ? "\n    " : ",\n    ";
    m_out += text::of_json(element, -1);
    m_is_empty = false;
  }
  void end() { m_out += m_is_empty ? "]" : "\n  ]"; }

 private:
  std::string& m_out;
  bool m_is_empty = true;
};

void add_looks_and_members(const FleetDocument& document, std::string& out) {
  const auto& report = document.report;
  std::map<const FleetLook*, std::string> looks;
  out += ",\n  \"looks\": ";
  List list(out);
  for (const auto& member : report.members) {
    if (!member.look) continue;
    const auto [found, is_new] =
        looks.try_emplace(member.look.get(), fmt::format("l{}", looks.size() + 1));
    if (is_new) list.add(json_of(*member.look, found->second));
  }
  list.end();
  out += ",\n  \"members\": ";
  List rows(out);
  for (const auto& member : report.members) {
    const auto found = looks.find(member.look.get());
    rows.add(member_of(report, member, found == looks.end() ? "" : found->second));
  }
  rows.end();
}

}  // namespace

std::string json(const FleetDocument& document) {
  const auto& report = document.report;
  const auto started = fmt::gmtime(std::chrono::system_clock::to_time_t(document.started));
  const Json head = {{"fleet_format_version", k_format_version},
                     {"pgmend_version", document.version},
                     {"job", job_word(report.job)},
                     {"started", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", started)},
                     {"duration_ms", report.duration.count()},
                     {"verdict_line", verdict_line(report)},
                     {"exit_code", document.exit_code},
                     {"interrupted", report.interrupted},
                     {"stopped", or_null(report.stopped)},
                     {"shard", shard_of(report)},
                     {"lacks", or_null(report.lacks)},
                     {"what", report.what},
                     {"expected", or_null(report.expected)},
                     {"notes", report.notes},
                     {"counts", states_of(report)},
                     {"shapes", shapes_of(report)},
                     {"versions", cells_of(report)},
                     {"contradictions", report.contradictions()}};
  std::string out;
  for (const auto& [key, value] : head.items()) {
    out += out.empty() ? "{" : ",";
    out += fmt::format("\n  \"{}\": {}", key,
                       text::replace_all(text::of_json(value, 2), "\n", "\n  "));
  }
  add_looks_and_members(document, out);
  return out + "\n}\n";
}

}  // namespace pgmend::report::fleet
