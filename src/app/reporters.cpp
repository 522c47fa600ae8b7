// SPDX-License-Identifier: MIT
#include "app/reporters.hpp"

#include "report/sql.hpp"
#include "report/text.hpp"

namespace pgmend::app {

std::unique_ptr<Reporter> make_text_reporter(std::FILE* out, terminal::Style style, Detail detail) {
  return std::make_unique<report::TextReporter>(out, style, detail);
}

std::unique_ptr<Reporter> make_sql_reporter(std::FILE* out) {
  return std::make_unique<report::SqlReporter>(out);
}

}  // namespace pgmend::app
