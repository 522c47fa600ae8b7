// SPDX-License-Identifier: MIT
#include "app/output/reporters.hpp"

#include <utility>

#include "report/fan_out.hpp"
#include "report/progress_log.hpp"
#include "report/sql.hpp"
#include "report/text.hpp"

namespace pgmend::app {

namespace {

class SilentReporter : public Reporter {
 public:
  void begin(const Subject&) override {}
  void checked(const Report&) override {}
  void mending(const Finding&) override {}
  void mended(const Finding&) override {}
  void progress(const std::string&) override {}
  void end(const Report&) override {}
};

}  // namespace

std::unique_ptr<Reporter> make_text_reporter(std::FILE* out, terminal::Style style, Detail detail) {
  return std::make_unique<report::TextReporter>(out, style, detail);
}

std::unique_ptr<Reporter> make_sql_reporter(std::FILE* out) {
  return std::make_unique<report::SqlReporter>(out);
}

std::unique_ptr<Reporter> make_fan_out(std::vector<std::unique_ptr<Reporter>> reporters) {
  return std::make_unique<report::FanOut>(std::move(reporters));
}

std::unique_ptr<Reporter> make_progress_reporter() {
  return std::make_unique<report::ProgressReporter>();
}

std::unique_ptr<Reporter> make_silent_reporter() {
  return std::make_unique<SilentReporter>();
}

}  // namespace pgmend::app
