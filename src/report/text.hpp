// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "model/report.hpp"
#include "report/progress_log.hpp"
#include "util/terminal.hpp"

namespace pgmend::report {

struct Group;
class Groups;

/// The report for people, on stdout as the run goes; progress on stderr: on a terminal in one line
/// that is written over, elsewhere a line every ten seconds.
class TextReporter : public Reporter {
 public:
  TextReporter(std::FILE* out, terminal::Style style, Detail detail,
               std::chrono::milliseconds log_every = ProgressLog::k_every);

  void begin(const Subject& subject) override;
  void checked(const Report& report) override;
  void mending(const Finding& finding) override;
  void mended(const Finding& finding) override;
  void progress(const std::string& text) override;
  void end(const Report& report) override;

 private:
  void open(const Report& report);
  void verdict(const std::string& text);
  void standing(const Report& report);
  void line(const std::string& text);
  void rule();
  void hint(const std::string& text, int indent);
  void checked_all(const Groups& groups);
  void checked_complete(const Report& report);
  void show(const Group& group, bool collapse);
  bool is_told_later(const Finding& found) const;
  bool is_told(const Finding& found) const;
  bool is_within_another(const Finding& found) const;
  void finding(const Finding& found);
  void origin(const Finding& found);
  void values(const Finding& found);
  void would_run(const Plan& plan);
  void closing(const Report& report);
  void clear_progress();

  std::FILE* m_out;
  terminal::Style m_style;
  Detail m_detail;
  ProgressLog m_log;
  Subject m_subject;  // of the run that is being told
  std::shared_ptr<const Schema> m_expected;
  bool m_began = false;
  bool m_opened = false;
  bool m_mends = false;  // what is found is told when it is mended
  bool m_progress_shown = false;
  std::set<std::pair<std::string, std::string>> m_told;  // why something is unconfirmed, and hints
};

}  // namespace pgmend::report
