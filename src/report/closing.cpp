// SPDX-License-Identifier: MIT
#include "report/closing.hpp"

#include <fmt/format.h>

#include "report/words.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

using Mark = Closing::Mark;
using Tone = Closing::Tone;

std::string behind_comma(const std::string& words) {
  return words.empty() ? words : ", " + words;
}

std::string reasons_are(Detail detail) {
  return detail == Detail::quiet ? "run without --quiet to see why" : "the reasons stand above";
}

Closing of_obstacle(const Report& report) {
  const bool pending = report.verdict() == Verdict::pending;
  const auto* option = pending ? "--even-if-pending" : "--even-if-unclear";
  Closing closing = {
      Tone::doubtful, Mark::warning,
      fmt::format("{} - {}", pending ? "Migrations are pending" : "Schema state is unclear",
                  report.standing.reason),
      report.standing.remedy};
  if (report.subject.job == Job::verify) return closing;
  const bool already = closing.hint.find(option) != std::string::npos;
  closing.aftermath = fmt::format("nothing was changed{}",
                                  already ? "" : fmt::format("; {} goes on all the same", option));
  return closing;
}

std::string hint_at_drift(const Report& report, Detail detail) {
  const auto& subject = report.subject;
  const bool all_refused =
      subject.job != Job::verify && report.count(Outcome::refused) >= report.open_drift();
  if (lacks_only_consent(report)) return how_to_repair(report);
  if (all_refused) {
    const auto words = "none of this is repaired without you; " + reasons_are(detail);
    const auto rest = how_to_repair(report);
    return rest.find("--allow") == std::string::npos ? words : words + "; " + rest;
  }
  if (none_is_ours(report)) return "none of this is for pgmend to repair; " + reasons_are(detail);
  const auto rest = how_to_repair(report);
  return subject.job == Job::ensure && subject.dry_run ? "this was a dry run; " + rest : rest;
}

Closing of_drift(const Report& report, Detail detail) {
  const auto open = report.open_drift();
  const auto differences = text::count(open, "difference");
  if (report.subject.job == Job::diff)
    return {Tone::bad, Mark::bad, "Schemas differ - " + differences};
  const auto fixed = behind_comma(what_was_done(report));
  const bool any_failed = report.count(Outcome::failed) > 0;
  if (!report.fails() && !any_failed)
    return {
        Tone::doubtful, Mark::warning,
        fmt::format("Schema differs - {}{}, nothing to fail over (--fail-on)", differences, fixed),
        hint_at_drift(report, detail)};
  const auto left = fmt::format("{} left{}", text::count(open, "item"), fixed);
  if (any_failed && report.repairs_tried)
    return {Tone::bad, Mark::bad, "Failed to fix schema issues - " + left,
            reasons_are(detail) + "; mend them and run the same command again"};
  return {Tone::bad, Mark::bad,
          report.repairs_tried ? "Schema still differs - " + left
                               : "Schema verification FAILED - " + differences,
          hint_at_drift(report, detail)};
}

Closing of_correct(const Report& report) {
  const auto fixed = what_was_done(report);
  return {Tone::good, Mark::ok,
          !fixed.empty()                    ? "Schema fixed - " + fixed
          : report.subject.job == Job::diff ? "Schemas are the same"
                                            : "Schema is correct - no changes needed"};
}

}  // namespace

Closing closing(const Report& report, Detail detail) {
  if (report.interrupted)
    return {Tone::doubtful, Mark::none, interrupted_words(report),
            "run the same command again to finish"};
  if (!report.failure.empty())
    return {Tone::bad, Mark::bad,
            fmt::format(
                "{} - {}",
                report.repairs_tried ? "Failed to fix schema issues" : "Could not verify schema",
                report.failure),
            report.failure_hint};
  switch (report.verdict()) {
    case Verdict::drift:
      return of_drift(report, detail);
    case Verdict::pending:
    case Verdict::unclear:
      return of_obstacle(report);
    case Verdict::unconfirmed:
      return {Tone::doubtful, Mark::bad, "Could not verify schema - some of it is unconfirmed",
              "what was checked is correct; the rest is marked above with the reason"};
    case Verdict::correct:
      break;
  }
  return of_correct(report);
}

}  // namespace pgmend::report
