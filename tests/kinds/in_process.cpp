// SPDX-License-Identifier: MIT
#include "in_process.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/run.hpp"
#include "app/schema_source.hpp"
#include "model/kind.hpp"
#include "programs.hpp"
#include "support/temp_folder.hpp"

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

app::Expectation expectation_of(const Case& one) {
  if (!one.is_complete()) return app::load_source({one.path("pgmend.yaml")}).expectation;
  const Database wanted;
  run_file(wanted, one.path("wanted.sql"));
  return expectation_of(wanted, one.with());
}

app::Expectation expectation_of(const Database& wanted, const std::set<std::string>& with) {
  auto target = app::open_target({wanted.parameters(), "", {}}, {});
  const TempFolder folder;
  const auto lock = source::write_lock_file(app::read_database(target, {}, with));
  app::SourceRequest request;
  request.source = folder.write("schema.lock", lock);
  request.with = with;
  return app::load_source(request).expectation;
}

bool is_too_old(const Database& database, const Case& one) {
  return database.connect().server_major() < one.required_server();
}

Report run_job(const Database& database, const app::Expectation& expectation, Job job,
               const std::set<Consent>& consents) {
  auto target =
      app::open_target({.parameters = database.parameters(), .origin = "", .notes = {}}, {});
  app::RunOptions options;
  options.job = job;
  options.consents = consents;
  Silent reporter;
  return app::run(target, expectation, {}, options, reporter);
}

std::string finding_line(const Finding& finding) {
  const auto word = finding.judgement.weight == Weight::drift ? to_string(finding.judgement.sort)
                                                              : to_string(finding.judgement.weight);
  auto line =
      fmt::format("{} {} {}", word, finding.kind->name, display(*finding.kind, finding.name));
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
