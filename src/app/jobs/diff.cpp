// SPDX-License-Identifier: MIT
#include "app/jobs/diff.hpp"

#include <algorithm>

#include "app/compare/filter.hpp"
#include "app/compare/tools_own.hpp"
#include "app/errors.hpp"
#include "app/expected/build_schema.hpp"
#include "engine/compare.hpp"
#include "engine/planner.hpp"
#include "engine/second_opinion.hpp"
#include "kinds/kinds.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

constexpr std::chrono::milliseconds k_lock_timeout{1000};

SourcePart load_whole(const SourceRequest& request, const Filter& filter, Scratch& scratch) {
  auto part = load_sources(request, scratch);
  if (!part.expectation.complete)
    throw UsageError(
        part.expectation.source +
            " names only some objects: there is no whole "
            "schema to compare",
        "give database URLs, SQL files or lock files; for a pgmend.yaml: pgmend verify "
        "--schema " +
            text::shell_word(part.expectation.source));
  part.expectation = filtered(part.expectation, filter);
  return part;
}

/// Where the questions can be asked: the second side's own place, the first's, or a new one.
SourcePart& place_to_ask(SourcePart& expected, SourcePart& actual) {
  const bool only_first_has_one =
      !actual.url && !actual.scratch && (expected.url.has_value() || expected.scratch != nullptr);
  return only_first_has_one ? expected : actual;
}

std::vector<std::string> notes_of(const SourcePart& a, const SourcePart& b,
                                  const Scratch& scratch) {
  auto notes = a.notes;
  notes.insert(notes.end(), b.notes.begin(), b.notes.end());
  for (auto& note : scratch.notes()) notes.push_back(std::move(note));
  return notes;
}

struct Compared {
  Kinds kinds;
  const Schema& wanted;
  const Schema& found;
};

/// What would make the second side like the first, whatever that takes.
Plan plan_of(pg::Connection& session, const Compared& compared, std::vector<Finding>& findings) {
  for (auto& finding : findings)
    if (finding.judgement.sort == Sort::extra)
      finding.actual =
          std::make_shared<const Object>(*compared.found.find(*finding.kind, finding.name));
  try {
    return engine::make_plan(session,
                             {compared.kinds,
                              compared.wanted,
                              compared.found,
                              kinds::describing(),
                              {Consent::add, Consent::restore, Consent::alter, Consent::replace,
                               Consent::rewrite, Consent::drop},
                              k_lock_timeout},
                             findings);
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
}

}  // namespace

Report diff(const SourceRequest& expected, const SourceRequest& actual, const Filter& filter,
            Scratch& scratch, Reporter& reporter, bool plans) {
  auto left = load_whole(expected, filter, scratch);
  auto right = load_whole(actual, filter, scratch);
  return diff(left, right, actual, scratch, reporter, plans);
}

Report diff(SourcePart& expected, SourcePart& actual, const SourceRequest& request,
            Scratch& scratch, Reporter& reporter, bool plans) {
  const auto kinds = common_kinds(expected.expectation, actual.expectation);
  const auto shared_found = of_kinds(actual.expectation.complete, kinds);
  const auto& found = *shared_found;
  const auto all_wanted = of_kinds(expected.expectation.complete, kinds);
  const auto shared_wanted = without_tools_own(all_wanted, *all_wanted).schema;
  const auto& wanted = *shared_wanted;
  Report report;
  report.is_complete = true;
  report.checked = shared_wanted;
  auto comparison = engine::compare(wanted, found, engine::Extent::complete);
  report.findings = std::move(comparison.findings);
  if (!comparison.doubts.empty() || !comparison.lookalikes.empty()) {
    auto session = session_with(place_to_ask(expected, actual), request, scratch);
    const auto oldest =
        std::min(expected.expectation.server_major, actual.expectation.server_major);
    for (auto& finding :
         engine::second_opinion(session, kinds, found, comparison, k_lock_timeout, oldest))
      report.findings.push_back(std::move(finding));
  }
  leave_out_what_was_not_read(report.findings, expected.expectation);
  leave_out_what_was_not_read(report.findings, actual.expectation);
  judge_extras(report.findings, wanted, found, true);
  if (plans) {
    auto session = session_with(actual, request, scratch);
    report.plan = plan_of(session, {kinds, wanted, found}, report.findings);
  }
  report.subject = {.job = Job::diff,
                    .target = actual.expectation.source,
                    .origin = "",
                    .source = expected.expectation.source,
                    .notes = notes_of(expected, actual, scratch)};
  reporter.begin(report.subject);
  reporter.compared(wanted, found);
  reporter.checked(report);
  reporter.end(report);
  return report;
}

}  // namespace pgmend::app
