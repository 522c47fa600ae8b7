// SPDX-License-Identifier: MIT
#include "app/fleet/depth.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/finding_id.hpp"
#include "model/kind.hpp"
#include "util/digest.hpp"
#include "util/interrupt.hpp"
#include "util/sql.hpp"
#include "util/sql_schema_names.hpp"

namespace pgmend::app {

Report run_member(Session& session, const Listed& listed, const FleetExpectation& expected,
                  const RunOptions& options, Reporter& reporter) {
  auto own = options;
  own.remembers = false;
  own.only_schema = listed.schema;
  own.migrations.schema = listed.schema;
  if (!listed.schema.empty()) own.migrations.schemas.clear();
  if (!listed.schema.empty()) own.filter.schemas.clear();
  auto subject = session.subject;
  if (!listed.schema.empty())
    subject.target = fmt::format("schema {} of {}", listed.schema, subject.target);
  const auto expectation = expected_of(expected, listed.schema);
  auto report = run(session.target, expectation, std::move(subject), own, reporter);
  if (report.interrupted) throw interrupt::Interrupted();
  return report;
}

std::string signature_of(const Report& report, const std::string& schema) {
  std::string words;
  const auto add = [&](std::string_view text) {
    words += schema.empty() ? std::string(text) : sql::with_schema(text, schema, "its own");
    words += '\n';
  };
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const auto& finding = report.findings[i];
    add(finding_id(finding));
    add(sql::quote_qualified(finding.name.schema, finding.name.relation) + "." + finding.name.name);
    add(finding.expected_value().text());
    add(finding.actual_value().text());
    add(std::to_string(static_cast<int>(finding.outcome)) + finding.outcome_text);
    for (const auto& statement : report.sql_for(i)) add(statement);
  }
  for (const auto& text : {report.failure, report.standing.reason}) add(text);
  return Digest(words).text();
}

bool is_same_for_alike(const Report& report) {
  return report.failure.empty() &&
         std::none_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
           return finding.judgement.sort == Sort::broken ||
                  finding.judgement.weight == Weight::unconfirmed ||
                  (finding.attribute &&
                   finding.kind->attributes[*finding.attribute].form == Attribute::Form::fault);
         });
}

}  // namespace pgmend::app
