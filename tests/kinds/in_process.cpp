// SPDX-License-Identifier: MIT
#include "in_process.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/project.hpp"
#include "app/run.hpp"
#include "model/kind.hpp"

namespace pgmend::test {

namespace {

class Silent : public Reporter {
 public:
  void begin(const Subject&) override {}
  void checked(const Report&) override {}
  void mending(const Finding&) override {}
  void mended(const Finding&) override {}
  void progress(const std::string&) override {}
  void end(const Report&) override {}
};

}  // namespace

Declarations declarations_of(const Case& one) {
  return app::load_project(one.path("pgmend.yaml"), false, {}).declarations;
}

Report run_job(const Database& database, const Declarations& declarations, Job job,
               const std::set<Consent>& consents) {
  auto target =
      app::open_target({.parameters = database.parameters(), .origin = "", .notes = {}}, {});
  app::RunOptions options;
  options.job = job;
  options.consents = consents;
  Silent reporter;
  return app::run(target, declarations, {}, options, reporter);
}

std::string finding_line(const Finding& finding) {
  const auto word = finding.judgement.weight == Weight::drift ? to_string(finding.judgement.sort)
                                                              : to_string(finding.judgement.weight);
  auto line = fmt::format("{} {} {}", word, finding.kind->name, display(finding.name));
  if (finding.attribute)
    line += fmt::format(" {}", finding.kind->attributes[*finding.attribute].name);
  return line;
}

std::vector<std::string> finding_lines(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& finding : report.findings) lines.push_back(finding_line(finding));
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace pgmend::test
