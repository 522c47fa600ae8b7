// SPDX-License-Identifier: MIT
#include "report/gitlab.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/issues.hpp"
#include "util/json_text.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view severity(const Issue& issue) {
  if (!issue.finding) return "blocker";
  switch (issue.level) {
    case Issue::Level::error:
      return "major";
    case Issue::Level::warning:
      return "minor";
    case Issue::Level::note:
      break;
  }
  return "info";
}

/// GitLab drops what has no path.
std::string path_of(const Issue& issue, const Document& document) {
  if (!issue.place.file.empty()) return issue.place.file;
  const auto& source = document.report.subject.source;
  return source.empty() ? "pgmend.yaml" : source;
}

Json json_of(const Issue& issue, const Document& document) {
  return {{"description", text::replace_all(issue.message(), "\n", "; ")},
          {"check_name", issue.id},
          {"fingerprint", issue.fingerprint},
          {"severity", severity(issue)},
          {"location",
           {{"path", path_of(issue, document)},
            {"lines", {{"begin", std::max(1, issue.place.line)}}}}}};
}

}  // namespace

std::string gitlab(const Document& document) {
  auto list = Json::array();
  for (const auto& issue : issues(document))
    if (!issue.is_settled()) list.push_back(json_of(issue, document));
  return text::of_json(list, 2) + "\n";
}

}  // namespace pgmend::report
