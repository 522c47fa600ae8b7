// SPDX-License-Identifier: MIT
#include "app/output/formats.hpp"

#include <algorithm>
#include <array>

#include "app/output/reporters.hpp"
#include "report/github.hpp"
#include "report/gitlab.hpp"
#include "report/html.hpp"
#include "report/json.hpp"
#include "report/junit.hpp"
#include "report/markdown.hpp"
#include "report/sarif.hpp"

namespace pgmend::app {

namespace {

std::unique_ptr<Reporter> follow_as_sql(std::FILE* out, terminal::Style /*style*/,
                                        Detail /*detail*/) {
  return make_sql_reporter(out);
}

std::unique_ptr<Reporter> follow_as_html(std::FILE* out, terminal::Style /*style*/,
                                         Detail /*detail*/) {
  return std::make_unique<report::HtmlReporter>(out);
}

constexpr auto k_formats = std::to_array<Format>({
    {"text", "for people", make_text_reporter, nullptr},
    {"sql", "the repairs as a script for psql", follow_as_sql, nullptr, true},
    {"json", "all of it, for programs (docs/report.schema.json)", nullptr, report::json},
    {"html", "a page for people, with a picture, in one file", follow_as_html, nullptr},
    {"junit", "test results, for Jenkins and GitLab", nullptr, report::junit},
    {"sarif", "SARIF 2.1.0, for code scanning", nullptr, report::sarif},
    {"github", "annotations of a GitHub Actions step", nullptr, report::github},
    {"gitlab", "GitLab Code Quality", nullptr, report::gitlab},
    {"markdown", "a summary for a pull request or a job", nullptr, report::markdown},
});

}  // namespace

std::span<const Format> formats() {
  return k_formats;
}

const Format* find_format(std::string_view name) {
  const auto* found = std::find_if(k_formats.begin(), k_formats.end(),
                                   [&](const Format& format) { return format.name == name; });
  return found == k_formats.end() ? nullptr : found;
}

}  // namespace pgmend::app
