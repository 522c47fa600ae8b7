// SPDX-License-Identifier: MIT
#include "app/diff.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/pass.hpp"
#include "engine/compare.hpp"
#include "engine/second_opinion.hpp"
#include "pg/database_url.hpp"

namespace pgmend::app {

namespace {

Expectation load_complete(const SourceRequest& request, const Filter& filter) {
  auto loaded = load_source(request);
  if (!loaded.expectation.complete)
    throw UsageError(loaded.expectation.source +
                         " names only some objects: there is no whole "
                         "schema to compare",
                     "give database URLs or lock files; for pgmend.yaml: pgmend verify");
  return filtered(loaded.expectation, filter);
}

/// Kinds that both sides speak of.
std::vector<const Kind*> common_kinds(const Expectation& a, const Expectation& b) {
  std::vector<const Kind*> kinds;
  for (const auto* kind : a.kinds)
    if (std::find(b.kinds.begin(), b.kinds.end(), kind) != b.kinds.end()) kinds.push_back(kind);
  return kinds;
}

Schema only(const Schema& schema, const std::vector<const Kind*>& kinds) {
  Schema out;
  for (const auto& object : schema.objects())
    if (std::find(kinds.begin(), kinds.end(), object.kind) != kinds.end()) out.add(object);
  return out;
}

/// A server that can be asked about texts, if either side is a database.
std::optional<Session> connect_to_either(const SourceRequest& a, const SourceRequest& b) {
  for (const auto* request : {&b, &a})
    if (pg::is_url(request->source.value_or("")))
      return connect(
          {request->source, std::nullopt, request->connect_timeout_seconds, request->log_sql});
  return std::nullopt;
}

}  // namespace

Report diff(const SourceRequest& expected, const SourceRequest& actual, const Filter& filter,
            Reporter& reporter) {
  const auto left = load_complete(expected, filter);
  const auto right = load_complete(actual, filter);
  const auto kinds = common_kinds(left, right);
  const auto wanted = only(*left.complete, kinds);
  const auto found = only(*right.complete, kinds);
  Report report;
  report.is_complete = true;
  report.subject = {
      .job = Job::diff, .target = right.source, .origin = "", .source = left.source, .notes = {}};
  reporter.begin(report.subject);
  for (const auto& object : wanted.objects()) report.checked.push_back({object.kind, object.name});
  auto comparison = engine::compare(wanted, found, engine::Extent::complete);
  report.findings = std::move(comparison.findings);
  if (!comparison.doubts.empty() || !comparison.lookalikes.empty()) {
    auto session = connect_to_either(expected, actual);
    if (session) {
      for (auto& finding : engine::second_opinion(session->target.connection, kinds, found,
                                                  comparison, std::chrono::milliseconds(1000)))
        report.findings.push_back(std::move(finding));
    } else {
      for (const auto& doubt : comparison.doubts)
        report.findings.push_back(
            engine::difference(*doubt.expected, *doubt.actual, doubt.attribute));
      for (const auto& lookalikes : comparison.lookalikes)
        report.findings.push_back(engine::missing(*lookalikes.expected));
    }
  }
  make_extras_drift(report.findings);
  reporter.checked(report);
  reporter.end(report);
  return report;
}

}  // namespace pgmend::app
