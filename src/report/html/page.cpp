// SPDX-License-Identifier: MIT
#include "report/html/page.hpp"

#include <fmt/format.h>

#include "report/html/findings.hpp"
#include "report/html/lists.hpp"
#include "report/html/markup.hpp"
#include "report/html/opening.hpp"
#include "report/html/style.hpp"
#include "util/text.hpp"

namespace pgmend::report::html {

namespace {

/// Nothing is loaded and nothing runs, whatever a name in the database tries.
constexpr std::string_view k_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'";

std::string head(const Report& report) {
  const auto state = state_of(report);
  return fmt::format(
      "<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
      "<meta name=\"generator\" content=\"pgmend " PGMEND_VERSION
      "\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n<title>{}: {}</title>\n"
      "<style>\n{}</style>\n</head>\n",
      k_policy, escape(state.word), escape(text::visible(report.subject.target)), k_style);
}

}  // namespace

std::string page(const Report& report, const Groups& groups, const std::string& picture,
                 const std::string& when) {
  auto out = "<!DOCTYPE html>\n<html lang=\"en\">\n" + head(report) +
             "<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<main>\n";
  out += verdict_section(report, groups);
  out += standing_section(report);
  out += subject_section(report, when);
  out += picture;
  out += findings_section(report, groups);
  out += plan_section(report);
  out += correct_section(groups);
  out += unmodelled_section(report);
  out += "</main>\n<footer>\n<p>Written by pgmend " PGMEND_VERSION
         ". This file loads nothing from elsewhere.</p>\n</footer>\n</body>\n</html>\n";
  return out;
}

}  // namespace pgmend::report::html
