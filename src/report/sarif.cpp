// SPDX-License-Identifier: MIT
#include "report/sarif.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "model/finding_id.hpp"
#include "model/kind.hpp"
#include "report/issues.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/json_text.hpp"
#include "util/text.hpp"

/// Sections are those of the OASIS standard.
namespace pgmend::report {

namespace {

using Json = nlohmann::ordered_json;

/// Where the digits behind `start` end, if they and a brace make a placeholder of it; else `start`.
std::size_t end_of_placeholder(std::string_view words, std::size_t start) {
  const auto end = words.find_first_not_of("0123456789", start + 1);
  return end != std::string_view::npos && end > start + 1 && words[end] == '}' ? end : start;
}

/// {0} would be a placeholder (3.11.5) and is written {{0}}, [a](b) a link (3.11.6).
Json message(const std::string& words) {
  const auto plain = text::replace_all(words, "](", "] (");
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const auto end = plain[i] == '{' ? end_of_placeholder(plain, i) : i;
    if (end == i) {
      out += plain[i];
    } else {
      out += '{' + plain.substr(i, end - i + 1) + '}';
      i = end;
    }
  }
  return {{"text", out}};
}

std::string_view level_word(Issue::Level level) {
  switch (level) {
    case Issue::Level::error:
      return "error";
    case Issue::Level::warning:
      return "warning";
    case Issue::Level::note:
      break;
  }
  return "note";
}

/// A relative reference, or the URI of a file (3.4.3). RFC 3986 lets these characters stand.
std::string uri_of(const std::string& path) {
  constexpr std::string_view k_plain = "-._~/";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool is_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (is_word || k_plain.find(c) != std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Json physical(const SourceLocation& place) {
  Json out = {{"artifactLocation", {{"uri", uri_of(place.file)}}}};
  if (place.line > 0) out["region"]["startLine"] = place.line;
  if (place.line > 0 && place.column > 0) out["region"]["startColumn"] = place.column;
  return out;
}

Json logical(const Finding& finding) {
  std::vector<std::string> parts;
  for (const auto& part : {finding.name.schema, finding.name.relation, finding.name.name})
    if (!part.empty()) parts.push_back(part);
  return {{"name", finding.name.name},
          {"fullyQualifiedName", text::join(parts, ".")},
          {"kind", kind_words(*finding.kind)}};
}

Json location(const Issue& issue) {
  Json out;
  if (!issue.place.file.empty()) out["physicalLocation"] = physical(issue.place);
  if (issue.finding) out["logicalLocations"] = Json::array({logical(*issue.finding)});
  return out;
}

/// The migration, where the declaration is what is pointed at.
Json related(const Issue& issue) {
  const auto& origin = issue.finding->origin;
  if (!origin || origin->where.file.empty() || issue.finding->where.file.empty())
    return Json::array();
  return Json::array({{{"id", 1},
                       {"physicalLocation", physical(origin->where)},
                       {"message", message(origin_words(*issue.finding))}}});
}

Json rule_of(const Finding& finding) {
  const auto id = finding_id(finding);
  const auto& kind = *finding.kind;
  const auto attribute =
      finding.attribute ? std::string(kind.attributes[*finding.attribute].doc) : std::string();
  const auto what = finding.attribute
                        ? fmt::format("{}: {} differs", kind_words(kind), attribute_words(finding))
                        : fmt::format("{} {}", kind_words(kind), what_is_wrong(finding));
  return {
      {"id", id},
      {"shortDescription", {{"text", what}}},
      {"fullDescription", {{"text", attribute.empty() ? std::string(kind.doc) : attribute}}},
      {"help", {{"text", fmt::format("for what it means and what helps: pgmend explain {}", id)}}},
      {"defaultConfiguration", {{"level", "error"}}}};
}

/// Each rule once, with its place in the list.
class Rules {
 public:
  std::size_t position_of(const Finding& finding) {
    const auto [known, is_new] = m_positions.try_emplace(finding_id(finding), m_all.size());
    if (is_new) m_all.push_back(rule_of(finding));
    return known->second;
  }
  const Json& all() const { return m_all; }

 private:
  Json m_all = Json::array();
  std::map<std::string, std::size_t> m_positions;
};

Json result(const Issue& issue, Rules& rules) {
  Json out = {
      {"ruleId", issue.id},
      {"ruleIndex", rules.position_of(*issue.finding)},
      {"level", level_word(issue.level)},
      {"message", message(issue.message())},
      {"locations", Json::array({location(issue)})},
      {"partialFingerprints",
       {{"pgmend/v1", issue.fingerprint}, {"primaryLocationLineHash", issue.fingerprint + ":1"}}}};
  if (auto others = related(issue); !others.empty()) out["relatedLocations"] = std::move(others);
  return out;
}

Json notification(const Issue& issue) {
  Json out = {{"descriptor", {{"id", issue.id}}},
              {"level", level_word(issue.level)},
              {"message", message(issue.message())}};
  if (!issue.place.file.empty()) out["locations"] = Json::array({location(issue)});
  return out;
}

Json notes(const Report& report) {
  auto out = Json::array();
  for (const auto* some : {&report.subject.notes, &report.notes})
    for (const auto& note : *some) out.push_back({{"level", "note"}, {"message", message(note)}});
  return out;
}

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace

std::string sarif(const Document& document) {
  const auto& report = document.report;
  Rules rules;
  auto results = Json::array();
  auto notifications = Json::array();
  for (const auto& issue : issues(document)) {
    if (!issue.finding) notifications.push_back(notification(issue));
    if (issue.finding && !issue.is_settled()) results.push_back(result(issue, rules));
  }
  for (const auto& note : notes(report)) notifications.push_back(note);
  const Json invocation = {{"executionSuccessful", report.failure.empty() && !report.interrupted},
                           {"exitCode", document.exit_code},
                           {"exitCodeDescription", verdict_line(report)},
                           {"startTimeUtc", utc(document.started)},
                           {"endTimeUtc", utc(document.started + report.duration)},
                           {"toolExecutionNotifications", notifications}};
  const Json driver = {{"name", "pgmend"}, {"version", document.version}, {"rules", rules.all()}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"invocations", Json::array({invocation})},
                    {"results", results},
                    {"properties",
                     {{"verdict", verdict_line(report)},
                      {"database", report.subject.target},
                      {"source", report.subject.source}}}};
  const Json root = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                     {"version", "2.1.0"},
                     {"runs", Json::array({run})}};
  return text::of_json(root, 2) + "\n";
}

}  // namespace pgmend::report
