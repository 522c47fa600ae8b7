// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>

#include "model/report.hpp"

namespace pgmend::report {

/// The plan as a script for psql, on stdout; what is no SQL stands in comments.
class SqlReporter : public Reporter {
 public:
  explicit SqlReporter(std::FILE* out) : m_out(out) {}

  void begin(const Subject& subject) override;
  void checked(const Report& report) override;
  void mending(const Finding&) override {}
  void mended(const Finding&) override {}
  void progress(const std::string&) override {}
  void end(const Report& report) override;

 private:
  void comment(const std::string& text);
  void step(const Report& report, const Step& step);
  void stage(const Stage& stage);

  std::FILE* m_out;
};

}  // namespace pgmend::report
