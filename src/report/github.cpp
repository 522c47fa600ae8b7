// SPDX-License-Identifier: MIT
#include "report/github.hpp"

#include <fmt/format.h>

#include "report/issues.hpp"
#include "report/standing.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

/// A command is a line; the percent sign is what escapes.
std::string data(const std::string& words) {
  auto out = text::replace_all(words, "%", "%25");
  out = text::replace_all(out, "\r", "%0D");
  return text::replace_all(out, "\n", "%0A");
}

std::string property(const std::string& words) {
  return text::replace_all(text::replace_all(data(words), ":", "%3A"), ",", "%2C");
}

std::string_view command(Issue::Level level) {
  switch (level) {
    case Issue::Level::error:
      return "error";
    case Issue::Level::warning:
      return "warning";
    case Issue::Level::note:
      break;
  }
  return "notice";
}

std::string line_of(const Issue& issue) {
  std::string properties;
  const auto& [file, line, column] = issue.place;
  if (!file.empty()) properties += fmt::format("file={},", property(text::visible(file)));
  if (line > 0) properties += fmt::format("line={},", line);
  if (line > 0 && column > 0) properties += fmt::format("col={},", column);
  // What has no text of its own says its title: an annotation without a message is dropped.
  return fmt::format("::{} {}title={}::{}\n", command(issue.level), properties,
                     property("pgmend: " + issue.title),
                     data(issue.text.empty() ? issue.title : issue.text));
}

}  // namespace

std::string github(const Document& document) {
  const auto& report = document.report;
  const auto verdict = report.verdict();
  const auto level = verdict == Verdict::correct                    ? Issue::Level::note
                     : verdict == Verdict::drift && !report.fails() ? Issue::Level::warning
                                                                    : Issue::Level::error;
  auto out =
      fmt::format("::{} title=pgmend::{}\n", command(level), data(verdict_line(document.report)));
  for (const auto& issue : issues(document)) out += line_of(issue);
  return out;
}

}  // namespace pgmend::report
