// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "model/report.hpp"

namespace pgmend::report {

/// Passes all that it hears on to others. Progress is for the first of them alone: it goes to
/// stderr, and there is one of that.
class FanOut : public Reporter {
 public:
  explicit FanOut(std::vector<std::unique_ptr<Reporter>> all) : m_all(std::move(all)) {}

  void begin(const Subject& subject) override {
    for (const auto& each : m_all) each->begin(subject);
  }
  void compared(const Schema& expected, const Schema& actual) override {
    for (const auto& each : m_all) each->compared(expected, actual);
  }
  void checked(const Report& report) override {
    for (const auto& each : m_all) each->checked(report);
  }
  void mending(const Finding& finding) override {
    for (const auto& each : m_all) each->mending(finding);
  }
  void mended(const Finding& finding) override {
    for (const auto& each : m_all) each->mended(finding);
  }
  void progress(const std::string& text) override {
    if (!m_all.empty()) m_all.front()->progress(text);
  }
  void end(const Report& report) override {
    for (const auto& each : m_all) each->end(report);
  }

 private:
  std::vector<std::unique_ptr<Reporter>> m_all;
};

}  // namespace pgmend::report
