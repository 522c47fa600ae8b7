// SPDX-License-Identifier: MIT
#include "report/html.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

#include "report/groups.hpp"
#include "report/html/page.hpp"

namespace pgmend::report {

void HtmlReporter::end(const Report& report) {
  const auto now = fmt::format(
      "{:%Y-%m-%d %H:%M} UTC",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
  const Groups groups(report);
  fmt::print(m_out, "{}", html::page(report, groups, "", now));
}

}  // namespace pgmend::report
