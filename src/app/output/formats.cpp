// SPDX-License-Identifier: MIT
#include "app/output/formats.hpp"

#include <algorithm>
#include <array>

#include "app/output/reporters.hpp"
#include "report/alembic.hpp"
#include "report/fleet/html.hpp"
#include "report/fleet/json.hpp"
#include "report/fleet/junit.hpp"
#include "report/fleet/markdown.hpp"
#include "report/fleet/openmetrics.hpp"
#include "report/fleet/text.hpp"
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

using FleetForm = std::string (*)(const FleetDocument& document);

/// A form that is the same whoever looks at it.
template <FleetForm form>
std::string always(const FleetDocument& document, const terminal::Style& /*style*/,
                   Detail /*detail*/) {
  return form(document);
}

constexpr auto k_formats = std::to_array<Format>({
    {"text", "for people", make_text_reporter, nullptr, false, report::fleet::text},
    {"sql", "the repairs as a script for psql", follow_as_sql, nullptr, true},
    {"alembic", "the repairs as a revision of the project's Alembic", nullptr, report::alembic,
     true, nullptr, report::no_alembic},
    {"json", "all of it, for programs (docs/report.schema.json)", nullptr, report::json, false,
     always<report::fleet::json>},
    {"html", "a page for people, with a picture, in one file", follow_as_html, nullptr, false,
     always<report::fleet::html>},
    {"junit", "test results, for Jenkins and GitLab", nullptr, report::junit, false,
     always<report::fleet::junit>},
    {"sarif", "SARIF 2.1.0, for code scanning", nullptr, report::sarif},
    {"github", "annotations of a GitHub Actions step", nullptr, report::github},
    {"gitlab", "GitLab Code Quality", nullptr, report::gitlab},
    {"openmetrics", "figures, for Prometheus' node_exporter (textfile)", nullptr,
     report::fleet::openmetrics_of_one, false, always<report::fleet::openmetrics>},
    {"markdown", "a summary for a pull request or a job", nullptr, report::markdown, false,
     always<report::fleet::markdown>},
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
