// SPDX-License-Identifier: MIT
#include "cli/fleet_progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/log.hpp"
#include "util/stream.hpp"
#include "util/terminal.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds k_between_frames{100};

}  // namespace

FleetProgress::FleetProgress(const Options& options)
    : m_is_quiet(options.detail == Detail::quiet),
      m_is_terminal(terminal::Style::of(stderr, options.color).is_terminal && !log::is_json()),
      m_columns(terminal::columns_of(stderr)) {}

FleetProgress::~FleetProgress() {
  if (!m_is_shown) return;
  stream::print(stderr, "\033[2K\r");
  stream::flush(stderr);
}

void FleetProgress::show(const std::string& text) {
  if (Clock::now() - m_last < k_between_frames) return;
  m_last = Clock::now();
  auto words = text::visible(text);
  while (text::width(words) > m_columns - 3) words.pop_back();
  stream::print(stderr, "\033[2K  {}\r", words);
  stream::flush(stderr);
  m_is_shown = true;
}

std::string FleetProgress::left(std::size_t done, std::size_t all) const {
  const auto spent = std::chrono::duration<double>(Clock::now() - m_started).count();
  const auto seconds = done == 0 ? 0.0
                                 : spent / static_cast<double>(done) *
                                       static_cast<double>(all - std::min(done, all));
  constexpr double k_minute = 60;
  if (seconds < 1) return "";
  return seconds < k_minute ? fmt::format(", {:.0f} s left", seconds)
                            : fmt::format(", {:.0f} min left", seconds / k_minute + 1);
}

void FleetProgress::says(const std::string& text) {
  const std::lock_guard guard(m_mutex);
  if (m_is_terminal && !m_is_quiet) show(text);
}

void FleetProgress::mends(std::size_t /*members*/) {
  const std::lock_guard guard(m_mutex);
  m_is_mending = true;
  m_wrong = 0;
  m_started = Clock::now();
}

void FleetProgress::settled(const FleetMember& member, std::size_t done, std::size_t all) {
  const std::lock_guard guard(m_mutex);
  const bool is_correct = is_as_expected(member.state);
  if (!is_correct) ++m_wrong;
  if (m_is_quiet) return;
  if (m_is_terminal)
    return show(
        fmt::format("{} of {} members, {} not as expected{}", done, all, m_wrong, left(done, all)));
  if (log::is_json())
    return log::write(is_correct ? log::Level::info : log::Level::error, "member",
                      {{"member", member.name},
                       {"group", member.group},
                       {"state", to_string(member.state)},
                       {"message", member.message}});
  if (m_is_mending)
    stream::print(stderr, "{} of {}: {} {}{}\n", done, all, text::visible(member.name),
                  to_string(member.state),
                  member.message.empty() ? "" : ", " + text::visible(member.message));
}

}  // namespace pgmend::cli
