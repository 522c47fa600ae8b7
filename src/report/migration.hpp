// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "model/report.hpp"
#include "util/terminal.hpp"

namespace pgmend::report {

/// "alembic upgrade head": what may hold a password is left out.
std::string command_words(const std::vector<std::string>& argv);

/// What is told around a migration command whose own output goes straight to the terminal.
class MigrationReporter {
 public:
  /// Quiet, it tells only what went wrong.
  MigrationReporter(std::FILE* out, terminal::Style style, Detail detail = Detail::normal)
      : m_out(out), m_style(style), m_is_quiet(detail == Detail::quiet) {}

  void note(const std::string& text);
  void good(const std::string& text);
  void bad(const std::string& text, const std::string& hint);
  /// "Current migration state:" and a line for each version table; nothing if there is none.
  void state(const std::string& title, const Standing& standing);
  /// The last line: a report follows, of a repair or of a look.
  void hand_over(bool repairs);

 private:
  void line(std::string_view sign, const std::string& text);

  std::FILE* m_out;
  terminal::Style m_style;
  bool m_is_quiet;
};

}  // namespace pgmend::report
