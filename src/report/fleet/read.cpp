// SPDX-License-Identifier: MIT
#include "report/fleet/read.hpp"

#include <fmt/format.h>

#include <ctime>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "util/json_text.hpp"

namespace pgmend::report::fleet {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* k_write = "write one with: pgmend fleet verify --format json=fleet.json";

std::string text_of(const Json& value) {
  return value.is_null() ? std::string() : value.get<std::string>();
}

Job job_of(const std::string& word) {
  return word == "ensure" ? Job::ensure : word == "plan" ? Job::plan : Job::verify;
}

std::chrono::system_clock::time_point time_of(const std::string& text) {
  std::tm day = {};
  if (::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &day) == nullptr)
    throw UnreadableReport("is damaged", k_write);
  return std::chrono::system_clock::from_time_t(::timegm(&day));
}

FleetLook::Told::Level level_of(const std::string& word) {
  return word == "error"     ? FleetLook::Told::Level::error
         : word == "warning" ? FleetLook::Told::Level::warning
                             : FleetLook::Told::Level::note;
}

void count_left(const Json& findings, FleetLook& look) {
  for (const auto& finding : findings) {
    const auto outcome = finding.at("outcome").get<std::string>();
    if (finding.at("weight") == "drift" && !finding.at("consequence").get<bool>() &&
        outcome != "repaired" && outcome != "gone")
      ++look.left[{finding.at("sort").get<std::string>(), finding.at("kind").get<std::string>()}];
  }
}

std::shared_ptr<const FleetLook> look_of(Json whole) {
  auto look = std::make_shared<FleetLook>();
  look->member = whole.at("member").get<std::string>();
  look->group = text_of(whole.at("group"));
  look->fails = whole.at("fails").get<bool>();
  for (const auto& told : whole.at("told"))
    look->told.push_back({level_of(told.at("level").get<std::string>()),
                          told.at("id").get<std::string>(), text_of(told.at("what")),
                          told.at("title").get<std::string>(), told.at("text").get<std::string>(),
                          text_of(told.at("beginning")), told.at("settled").get<bool>(),
                          told.at("part").get<bool>()});
  for (const auto& planned : whole.at("planned"))
    look->planned.push_back({planned.at("statements").get<std::vector<std::string>>(),
                             planned.at("price").get<std::string>(),
                             planned.at("cost").get<std::string>(),
                             planned.at("exclusive").get<bool>()});
  look->failed = whole.at("counts").at("failed").get<std::size_t>();
  count_left(whole.at("findings"), *look);
  for (const auto* own : {"id", "member", "group", "fails", "told", "planned"}) whole.erase(own);
  look->json = text::of_json(whole, -1);
  return look;
}

Ledger record_of(const Json& record) {
  Ledger ledger;
  ledger.tool = record.at("tool").get<std::string>();
  ledger.table = text_of(record.at("table"));
  ledger.is_unread = !record.at("readable").get<bool>();
  ledger.recorded = record.at("recorded").get<std::vector<std::string>>();
  ledger.total = record.at("rows").get<long long>();
  ledger.troubles = record.at("troubles").get<std::vector<std::string>>();
  return ledger;
}

class Reader {
 public:
  explicit Reader(const Json& root) : m_root(root) {}

  FleetDocument read() {
    FleetDocument document;
    document.exit_code = m_root.at("exit_code").get<int>();
    document.started = time_of(m_root.at("started").get<std::string>());
    document.version = m_root.at("pgmend_version").get<std::string>();
    auto& report = document.report;
    report.job = job_of(m_root.at("job").get<std::string>());
    report.duration = std::chrono::milliseconds(m_root.at("duration_ms").get<long long>());
    report.interrupted = m_root.at("interrupted").get<bool>();
    report.stopped = text_of(m_root.at("stopped"));
    report.what = m_root.at("what").get<std::string>();
    report.expected = text_of(m_root.at("expected"));
    report.notes = m_root.at("notes").get<std::vector<std::string>>();
    if (const auto& shard = m_root.at("shard"); !shard.is_null())
      report.shard =
          FleetShard{shard.at("number").get<std::size_t>(), shard.at("of").get<std::size_t>()};
    for (const auto& shape : m_root.at("shapes")) {
      m_shapes[shape.at("label").get<std::string>()] = report.shapes.size();
      report.shapes.push_back(
          {shape.at("fingerprint").get<std::string>(), shape.at("label").get<std::string>(),
           shape.at("members").get<std::size_t>(), shape.at("objects").get<std::size_t>()});
    }
    for (const auto& look : m_root.at("looks"))
      m_looks[look.at("id").get<std::string>()] = look_of(look);
    for (const auto& member : m_root.at("members")) report.members.push_back(member_of(member));
    return document;
  }

 private:
  FleetMember member_of(const Json& whole) const {
    FleetMember member;
    member.name = whole.at("name").get<std::string>();
    member.group = text_of(whole.at("group"));
    member.database = text_of(whole.at("database"));
    member.schema = text_of(whole.at("schema"));
    const auto state = member_state_of(whole.at("state").get<std::string>());
    if (!state) throw UnreadableReport("is damaged", k_write);
    member.state = *state;
    if (const auto& shape = whole.at("shape"); !shape.is_null())
      member.shape = m_shapes.at(shape.get<std::string>());
    for (const auto& record : whole.at("records")) member.records.push_back(record_of(record));
    if (const auto& look = whole.at("look"); !look.is_null())
      member.look = m_looks.at(look.get<std::string>());
    member.signature = text_of(whole.at("signature"));
    member.message = text_of(whole.at("message"));
    member.hint = text_of(whole.at("hint"));
    member.is_late = whole.at("late").get<bool>();
    member.duration = std::chrono::milliseconds(whole.at("duration_ms").get<long long>());
    return member;
  }

  const Json& m_root;
  std::map<std::string, std::size_t> m_shapes;
  std::map<std::string, std::shared_ptr<const FleetLook>> m_looks;
};

}  // namespace

FleetDocument read(const std::string& text) {
  const auto root = Json::parse(text, nullptr, false);
  if (!root.is_object() || !root.contains("fleet_format_version") || !root.contains("members"))
    throw UnreadableReport("is no report of a fleet", k_write);
  if (root["fleet_format_version"] != k_format_version)
    throw UnreadableReport(
        fmt::format("is a report of another form (version {}), which this pgmend does not read",
                    root["fleet_format_version"].dump()),
        "write it again with this pgmend");
  try {
    return Reader(root).read();
  } catch (const nlohmann::json::exception&) {
    throw UnreadableReport("is damaged", k_write);
  } catch (const std::out_of_range&) {
    throw UnreadableReport("is damaged", k_write);
  }
}

}  // namespace pgmend::report::fleet
