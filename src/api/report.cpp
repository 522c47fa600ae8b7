// SPDX-License-Identifier: MIT
// A case for each value and no default: the compiler names the value that is missing here.
#include <algorithm>
#include <initializer_list>
#include <pgmend/report.hpp>
#include <pgmend/run.hpp>

#include "api/convert.hpp"
#include "model/definition.hpp"
#include "model/kind.hpp"

namespace pgmend::api {

namespace {

Verdict to_public(pgmend::Verdict verdict) {
  switch (verdict) {
    case pgmend::Verdict::correct:
      return Verdict::correct;
    case pgmend::Verdict::drift:
      return Verdict::drift;
    case pgmend::Verdict::pending:
      return Verdict::pending;
    case pgmend::Verdict::unclear:
      return Verdict::unclear;
    case pgmend::Verdict::unconfirmed:
      break;
  }
  return Verdict::unconfirmed;
}

Sort to_public(pgmend::Sort sort) {
  switch (sort) {
    case pgmend::Sort::missing:
      return Sort::missing;
    case pgmend::Sort::different:
      return Sort::different;
    case pgmend::Sort::broken:
      return Sort::broken;
    case pgmend::Sort::extra:
      break;
  }
  return Sort::extra;
}

Weight to_public(pgmend::Weight weight) {
  switch (weight) {
    case pgmend::Weight::drift:
      return Weight::drift;
    case pgmend::Weight::information:
      return Weight::information;
    case pgmend::Weight::unconfirmed:
      break;
  }
  return Weight::unconfirmed;
}

Outcome to_public(pgmend::Outcome outcome) {
  switch (outcome) {
    case pgmend::Outcome::open:
      return Outcome::open;
    case pgmend::Outcome::repaired:
      return Outcome::repaired;
    case pgmend::Outcome::failed:
      return Outcome::failed;
    case pgmend::Outcome::refused:
      return Outcome::refused;
    case pgmend::Outcome::gone:
      break;
  }
  return Outcome::gone;
}

Consent to_public(pgmend::Consent consent) {
  for (const auto each : {Consent::add, Consent::restore, Consent::alter, Consent::replace,
                          Consent::rewrite, Consent::drop})
    if (to_model(each) == consent) return each;
  return Consent::never;
}

std::optional<std::string> to_public(const Value& value) {
  return value.is_present() ? std::optional(value.text()) : std::nullopt;
}

Finding to_public(const pgmend::Finding& finding, const Schema& expected,
                  std::vector<std::string> sql) {
  Finding out;
  out.kind = finding.kind->name;
  out.name = display(*finding.kind, finding.name);
  out.schema = finding.name.schema;
  out.relation = finding.name.relation;
  if (finding.attribute) out.attribute = finding.kind->attributes[*finding.attribute].name;
  out.sort = to_public(finding.judgement.sort);
  out.weight = to_public(finding.judgement.weight);
  out.consent = to_public(finding.judgement.consent);
  out.expected = to_public(expected_of(finding, expected));
  out.actual = to_public(actual_of(finding));
  out.reason = finding.judgement.reason;
  out.hint = finding.outcome_hint.empty() ? finding.judgement.hint : finding.outcome_hint;
  out.file = finding.where.file;
  out.line = finding.where.line;
  out.outcome = to_public(finding.outcome);
  out.outcome_text = finding.outcome_text;
  out.sql = std::move(sql);
  out.is_consequence = finding.consequence;
  return out;
}

/// Of a value in the order of its declaration.
template <typename Enum>
std::string word(Enum value, std::initializer_list<const char*> words) {
  return words.begin()[static_cast<std::size_t>(value)];
}

}  // namespace

pgmend::Consent to_model(Consent consent) {
  switch (consent) {
    case Consent::add:
      return pgmend::Consent::add;
    case Consent::restore:
      return pgmend::Consent::restore;
    case Consent::alter:
      return pgmend::Consent::alter;
    case Consent::replace:
      return pgmend::Consent::replace;
    case Consent::rewrite:
      return pgmend::Consent::rewrite;
    case Consent::drop:
      return pgmend::Consent::drop;
    case Consent::never:
      break;
  }
  return pgmend::Consent::never;
}

Report to_public(const pgmend::Report& report) {
  Report out;
  out.verdict = to_public(report.verdict());
  out.database = report.subject.target;
  out.origin = report.subject.origin;
  out.source = report.subject.source;
  out.notes = report.subject.notes;
  out.notes.insert(out.notes.end(), report.notes.begin(), report.notes.end());
  out.checked = report.checked->size();
  for (std::size_t i = 0; i < report.findings.size(); ++i)
    out.findings.push_back(to_public(report.findings[i], *report.checked, report.sql_for(i)));
  out.open_drift = report.open_drift();
  out.failure = report.failure;
  out.failure_hint = report.failure_hint;
  out.gave_up_on_lock = report.lock_timeout;
  out.duration = report.duration;
  return out;
}

std::string to_string(Verdict verdict) {
  return word(verdict, {"correct", "drift", "unconfirmed", "pending", "unclear"});
}

std::string to_string(Sort sort) {
  return word(sort, {"missing", "different", "broken", "extra"});
}

std::string to_string(Weight weight) {
  return word(weight, {"drift", "information", "unconfirmed"});
}

std::string to_string(Outcome outcome) {
  return word(outcome, {"open", "repaired", "failed", "refused", "gone"});
}

std::string to_string(Consent consent) {
  return std::string(pgmend::to_string(to_model(consent)));
}

std::size_t Report::count(Outcome outcome) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.outcome == outcome; }));
}

}  // namespace pgmend::api
