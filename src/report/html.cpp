// SPDX-License-Identifier: MIT
#include "report/html.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

#include "report/groups.hpp"
#include "report/html/page.hpp"
#include "report/html/picture.hpp"
#include "util/stream.hpp"

namespace pgmend::report {

void HtmlReporter::compared(const Schema& expected, const Schema& actual) {
  m_outline = html::outline_of(expected, actual);
}

void HtmlReporter::end(const Report& report) {
  const auto now = fmt::format(
      "{:%Y-%m-%d %H:%M} UTC",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
  const Groups groups(report);
  stream::print(m_out, "{}",
                html::page(report, groups, html::picture_section(report, groups, m_outline), now));
}

}  // namespace pgmend::report
