// SPDX-License-Identifier: MIT
#include "support/in_process.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/expected/schema_source.hpp"
#include "app/output/reporters.hpp"
#include "app/run/run.hpp"
#include "model/kind.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::test {

std::string lock_file_of(const Database& wanted, const std::set<std::string>& with) {
  auto target = app::open_target({wanted.parameters(), "", {}}, {});
  return source::write_lock_file(app::read_database(target, with));
}

app::Expectation read_lock_file(const std::string& path, const std::set<std::string>& with) {
  return app::load_expectation({.sources = {path}, .with = with});
}

app::Expectation expectation_of(const Database& wanted, const std::set<std::string>& with) {
  const TempFolder folder;
  return read_lock_file(folder.write("schema.lock", lock_file_of(wanted, with)), with);
}

Report run_job(const Database& database, const app::Expectation& expectation,
               const app::RunOptions& options) {
  auto target =
      app::open_target({.parameters = database.parameters(), .origin = "", .notes = {}}, {});
  return app::run(target, expectation, {}, options, *app::make_silent_reporter());
}

Report run_job(const Database& database, const app::Expectation& expectation, Job job,
               const std::set<Consent>& consents) {
  app::RunOptions options;
  options.job = job;
  options.consents = consents;
  return run_job(database, expectation, options);
}

app::RunOptions with_every_consent(Job job) {
  app::RunOptions options;
  options.job = job;
  options.strict = true;
  options.consents = {Consent::add,     Consent::restore, Consent::alter,
                      Consent::replace, Consent::rewrite, Consent::drop};
  return options;
}

std::string told(const Report& report) {
  auto text = report.failure;
  for (const auto& finding : report.findings)
    text += fmt::format("\n    {}: {} {}", finding_line(finding), finding.judgement.reason,
                        finding.outcome_text);
  return text;
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
