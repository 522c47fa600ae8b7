// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>

#include "model/report.hpp"
#include "report/html/outline.hpp"

namespace pgmend::report {

/// A page for people, in one file that loads nothing; written when the run is over.
class HtmlReporter : public Reporter {
 public:
  explicit HtmlReporter(std::FILE* out) : m_out(out) {}

  void begin(const Subject&) override {}
  void compared(const Schema& expected, const Schema& actual) override;
  void checked(const Report&) override {}
  void mending(const Finding&) override {}
  void mended(const Finding&) override {}
  void progress(const std::string&) override {}
  void end(const Report& report) override;

 private:
  std::FILE* m_out;
  html::Outline m_outline;
};

}  // namespace pgmend::report
