// SPDX-License-Identifier: MIT
#include "report/progress_log.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "util/log.hpp"
#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::report {

void ProgressLog::say(const std::string& text) {
  const auto now = std::chrono::steady_clock::now();
  if (now - m_last_said < m_every) return;
  m_last_said = now;
  if (log::is_json()) return log::write(log::Level::info, text);
  stream::print(stderr, "pgmend: {}\n", text::visible(text));
  stream::flush(stderr);
}

}  // namespace pgmend::report
