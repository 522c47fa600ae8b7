// SPDX-License-Identifier: MIT
#include "engine/second_opinion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/declared_twin.hpp"
#include "engine/twin.hpp"
#include "pg/expression.hpp"
#include "util/sql_spelling.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// A part of a relation, put on a twin of that.
Schema put_on_twin(ProbeTransaction& probe, const Schema& actual, const Object& object) {
  const auto* relation = actual.relation(object.name.schema, object.name.group());
  if (!relation) return {};
  auto elements = twin_elements(actual, relation->name, {object.name});
  const bool is_element = object.kind->element != nullptr;
  if (is_element) elements.push_back(object.kind->element(object));
  probe.create_ground(*relation, elements);
  if (!is_element) probe.connection().query(object.kind->statement(on_twin(object), {}));
  return probe.read_twins({{relation->name.schema, relation->name.name}});
}

Schema put_beside(ProbeTransaction& probe, const Object& object) {
  probe.connection().query(object.kind->statement(on_twin(object), {}));
  return probe.read_beside(*object.kind, object.name.schema);
}

Schema put_relation(ProbeTransaction& probe, const Object& object) {
  probe.create_twin(object, {});
  if (object.kind->after_element)
    for (const auto& statement : object.kind->after_element(on_twin(object), {}))
      probe.connection().query(statement);
  return probe.read_twins({{object.name.schema, object.name.name}});
}

/// The object as it reads back after one more round through the server. Two spellings that a
/// dump and reload would make one are one afterwards.
std::optional<Object> reread(ProbeTransaction& probe, const Schema& actual, const Object& object) {
  if (!object.kind->statement || object.kind->home == Kind::Home::database) return std::nullopt;
  const pg::Savepoint scope(probe.connection());
  probe.deparse();
  const auto read = object.kind->home == Kind::Home::schema ? put_beside(probe, object)
                    : object.is_relation()                  ? put_relation(probe, object)
                                                            : put_on_twin(probe, actual, object);
  const auto* found = read.find(*object.kind, object.name);
  return found ? std::optional(*found) : std::nullopt;
}

/// Two expressions that are not volatile and give the same value at the same moment, such as now()
/// and CURRENT_TIMESTAMP: worth a remark, not an alarm. The value is that of the type in which it
/// is stored, and compared as it is printed: = takes '1 month' and '30 days' for the same, and some
/// types have none. One that stays and one that does not are the same by chance only. A volatile
/// one is never evaluated: that could have effects. One that refers to the row has no value by
/// itself.
bool same_value(ProbeTransaction& probe, const Doubt& doubt) {
  const auto& kind = *doubt.expected->kind;
  if (!kind.may_rewrite || !kind.element) return false;
  auto& connection = probe.connection();
  const auto& wanted = doubt.expected->values[doubt.attribute];
  const auto& found = doubt.actual->values[doubt.attribute];
  probe.deparse();
  try {
    const bool stays = pg::is_constant(connection, wanted.text());
    if (stays != pg::is_constant(connection, found.text())) return false;
    if (!stays &&
        (pg::is_volatile(connection, wanted.text()) || pg::is_volatile(connection, found.text())))
      return false;
    auto in_its_place = *doubt.expected;
    in_its_place.values.set(doubt.attribute, found);
    const auto value = pg::value_in_a_row(connection, kind.element(*doubt.expected));
    return value && value == pg::value_in_a_row(connection, kind.element(in_its_place));
  } catch (const pg::Error& error) {
    const bool is_record = error.is("42P16");  // of a type of which nothing is stored
    if (!connection.is_alive() || !(error.is("42703") || is_record)) throw;
    return false;
  }
}

/// As reread(), but a text that names what is not there is no riddle: it cannot mean what another
/// text means that is there. Neither can one that the server does not take at all: then `refusal`
/// says why.
std::optional<Object> reread_expected(ProbeTransaction& probe, const Schema& actual,
                                      const Object& object, std::string& refusal) {
  try {
    return reread(probe, actual, object);
  } catch (const pg::Error& error) {
    for (const auto* missing : {"42703", "42P01", "42883", "42704", "3F000"})
      if (error.is(missing)) return std::nullopt;
    // Syntax errors, wrong types; values that no type takes; what this server has not learned yet.
    const bool is_about_the_text =
        error.in_class("42") || error.in_class("22") || error.in_class("0A");
    if (!is_about_the_text || error.is_permission()) throw;
    refusal = error.what();
    return std::nullopt;
  }
}

/// The same with plain calls in its texts; nothing if it has no others.
std::optional<Object> with_plain_calls(const Object& object, bool extracts) {
  auto plain = object;
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const auto& attribute = object.kind->attributes[i];
    if (attribute.form != Attribute::Form::text || attribute.verbatim) continue;
    const auto& text = object.values[i].text();
    auto rewritten = sql::with_plain_calls(text, extracts);
    if (object.values[i].is_present() && rewritten != text)
      plain.values.set(i, Value::present(std::move(rewritten)));
  }
  return plain.values == object.values ? std::nullopt : std::optional(std::move(plain));
}

/// A server of before 14 knows no other calls than plain ones, and a newer one keeps each as it was
/// written. EXTRACT was another function there.
std::optional<Object> reread_plain(ProbeTransaction& probe, const Schema& actual,
                                   const Object& object, bool extracts) {
  const auto plain = with_plain_calls(object, extracts);
  try {
    return reread(probe, actual, plain ? *plain : object);
  } catch (const pg::Error&) {
    if (!probe.connection().is_alive()) throw;
    return std::nullopt;
  }
}

/// Puts both through the server and asks `same` what has become of them: as they are, and if that
/// is not enough with plain calls.
template <typename Same>
bool come_to_the_same(ProbeTransaction& probe, const Schema& actual, const Object& wanted,
                      const std::optional<Object>& reread_wanted, const Object& found,
                      bool extracts, Same same) {
  const auto reread_found = reread(probe, actual, found);
  if (!reread_wanted || !reread_found) return false;
  if (same(*reread_wanted, *reread_found)) return true;
  if (!with_plain_calls(wanted, extracts) && !with_plain_calls(found, extracts)) return false;
  const auto plain_wanted = reread_plain(probe, actual, wanted, extracts);
  const auto plain_found = reread_plain(probe, actual, found, extracts);
  return plain_wanted && plain_found && same(*plain_wanted, *plain_found);
}

/// It cannot be made like this.
void note_refusal(Finding& finding, const std::string& refusal) {
  if (refusal.empty()) return;
  finding.judgement.consent = Consent::never;
  finding.judgement.is_refused_by_server = true;
  finding.judgement.reason = "this server does not take what is expected: " + refusal;
  finding.judgement.hint = "is it written for another version of the server, or damaged?";
}

std::optional<Finding> settle(ProbeTransaction& probe, const Schema& actual, const Doubt& doubt,
                              bool extracts) {
  std::string refusal;
  const auto expected = reread_expected(probe, actual, *doubt.expected, refusal);
  const auto same = [&](const Object& wanted, const Object& found) {
    return agree(wanted, found, doubt.attribute);
  };
  if (come_to_the_same(probe, actual, *doubt.expected, expected, *doubt.actual, extracts, same))
    return std::nullopt;
  auto finding = difference(*doubt.expected, *doubt.actual, doubt.attribute);
  note_refusal(finding, refusal);
  if (expected && same_value(probe, doubt)) {
    finding.judgement.weight = Weight::information;
    finding.judgement.reason = "written differently, the value is the same";
  }
  return finding;
}

/// What the object with lookalikes comes to; nothing if one of them is it and the name is free.
std::optional<Finding> settle(ProbeTransaction& probe, const Schema& actual,
                              const Lookalikes& lookalikes, bool extracts) {
  const auto& expected = *lookalikes.expected;
  std::string refusal;
  const auto wanted = reread_expected(probe, actual, expected, refusal);
  for (const auto* candidate : lookalikes.candidates) {
    if (!come_to_the_same(probe, actual, expected, wanted, *candidate, extracts, equal)) continue;
    if (expected.any_name) return std::nullopt;
    return under_another_name(expected, *candidate);
  }
  auto finding = missing(expected);
  note_refusal(finding, refusal);
  return finding;
}

Finding unconfirmed(const Doubt& doubt, const std::string& reason) {
  auto finding = difference(*doubt.expected, *doubt.actual, doubt.attribute);
  finding.judgement.weight = Weight::unconfirmed;
  finding.judgement.reason = "the texts differ, and the server could not be asked: " + reason;
  return finding;
}

Finding unconfirmed(const Lookalikes& lookalikes, const std::string& reason) {
  const auto* other = lookalikes.candidates.front();
  auto finding = under_another_name(*lookalikes.expected, *other);
  finding.judgement.weight = Weight::unconfirmed;
  finding.judgement.reason = fmt::format("{} may be it, and the server could not be asked: {}",
                                         text::visible(other->name.name), reason);
  return finding;
}

/// Puts the questions of one run before the server.
class Opinion {
 public:
  Opinion(pg::Connection& connection, Kinds kinds, const Schema& actual,
          std::chrono::milliseconds lock_timeout, bool extracts)
      : m_connection(connection), m_actual(actual), m_extracts(extracts) {
    try {
      m_probe.emplace(connection, kinds, m_no_declarations, lock_timeout);
    } catch (const pg::Error& error) {
      if (!connection.is_alive()) throw;
      m_reason = error.what();
    }
  }

  template <typename Question>
  void ask_all(const std::vector<Question>& questions, std::vector<Finding>& findings) {
    for (const auto& question : questions)
      if (auto finding = ask(question)) findings.push_back(std::move(*finding));
  }

 private:
  template <typename Question>
  std::optional<Finding> ask(const Question& question) {
    if (!m_probe) return unconfirmed(question, m_reason);
    try {
      return settle(*m_probe, m_actual, question, m_extracts);
    } catch (const pg::Error& error) {
      if (!m_connection.is_alive()) throw;
      return unconfirmed(question, error.what());
    }
  }

  pg::Connection& m_connection;
  const Schema& m_actual;
  bool m_extracts;
  const Declarations m_no_declarations;
  std::optional<ProbeTransaction> m_probe;
  std::string m_reason;
};

}  // namespace

std::vector<Finding> second_opinion(pg::Connection& connection, Kinds kinds, const Schema& actual,
                                    const Comparison& comparison,
                                    std::chrono::milliseconds lock_timeout, int oldest_major) {
  constexpr int k_first_with_extract = 14;
  std::vector<Finding> findings;
  if (comparison.doubts.empty() && comparison.lookalikes.empty()) return findings;
  const bool extracts = oldest_major > 0 && oldest_major < k_first_with_extract;
  Opinion opinion(connection, kinds, actual, lock_timeout, extracts);
  opinion.ask_all(comparison.doubts, findings);
  opinion.ask_all(comparison.lookalikes, findings);
  return findings;
}

void ask_again_later(std::vector<Finding>& findings) {
  if (std::none_of(findings.begin(), findings.end(),
                   [](const Finding& finding) { return finding.judgement.is_refused_by_server; }))
    return;
  std::set<std::pair<const Kind*, Name>> differing;
  for (const auto& finding : findings)
    if (finding.expected && finding.is_drift() && !finding.judgement.is_refused_by_server)
      differing.emplace(finding.kind, finding.name);
  for (auto& finding : findings) {
    if (!finding.judgement.is_refused_by_server) continue;
    const auto& below = finding.expected->depends_on;
    if (std::any_of(below.begin(), below.end(), [&](const Reference& needed) {
          return differing.contains({needed.kind, needed.name});
        }))
      finding.judgement =
          finding.attribute
              ? difference(*finding.expected, *finding.actual, *finding.attribute).judgement
              : missing(*finding.expected).judgement;
  }
}

}  // namespace pgmend::engine
