// SPDX-License-Identifier: MIT
#include "engine/second_opinion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/declared_twin.hpp"
#include "engine/twin.hpp"
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
/// and CURRENT_TIMESTAMP: worth a remark, not an alarm. A volatile one is never evaluated: that
/// could have effects. Whether it is shows in whether adding it rewrites the twin. One that refers
/// to the row has no value by itself.
bool same_value(ProbeTransaction& probe, const Schema& actual, const Doubt& doubt) {
  if (!doubt.expected->kind->may_rewrite) return false;
  for (const auto* side : {doubt.expected, doubt.actual})
    if (rewrites_relation(probe, actual, *side)) return false;
  const pg::Savepoint scope(probe.connection());
  probe.deparse();
  try {
    const auto result =
        probe.connection().query(fmt::format("SELECT ({}) IS NOT DISTINCT FROM ({}) AS same",
                                             doubt.expected->values[doubt.attribute].text(),
                                             doubt.actual->values[doubt.attribute].text()));
    return result.boolean(0, "same");
  } catch (const pg::Error& error) {
    if (!probe.connection().is_alive() || !error.is("42703")) throw;
    return false;
  }
}

/// As reread(), but a text that names what is not there is no riddle: it cannot mean what another
/// text means that is there.
std::optional<Object> reread_expected(ProbeTransaction& probe, const Schema& actual,
                                      const Object& object) {
  try {
    return reread(probe, actual, object);
  } catch (const pg::Error& error) {
    for (const auto* missing : {"42703", "42P01", "42883", "42704", "3F000"})
      if (error.is(missing)) return std::nullopt;
    throw;
  }
}

std::optional<Finding> settle(ProbeTransaction& probe, const Schema& actual, const Doubt& doubt) {
  const auto expected = reread_expected(probe, actual, *doubt.expected);
  const auto found = reread(probe, actual, *doubt.actual);
  if (expected && found && expected->values[doubt.attribute] == found->values[doubt.attribute])
    return std::nullopt;
  auto finding = difference(*doubt.expected, *doubt.actual, doubt.attribute);
  if (expected && same_value(probe, actual, doubt)) {
    finding.judgement.weight = Weight::information;
    finding.judgement.reason = "written differently, the value is the same";
  }
  return finding;
}

/// What the object with lookalikes comes to; nothing if one of them is it and the name is free.
std::optional<Finding> settle(ProbeTransaction& probe, const Schema& actual,
                              const Lookalikes& lookalikes) {
  const auto& expected = *lookalikes.expected;
  const auto wanted = reread_expected(probe, actual, expected);
  for (const auto* candidate : lookalikes.candidates) {
    const auto found = reread(probe, actual, *candidate);
    if (!wanted || !found || !equal(*wanted, *found)) continue;
    if (expected.any_name) return std::nullopt;
    return under_another_name(expected, *candidate);
  }
  return missing(expected);
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
          std::chrono::milliseconds lock_timeout)
      : m_connection(connection), m_actual(actual) {
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
      return settle(*m_probe, m_actual, question);
    } catch (const pg::Error& error) {
      if (!m_connection.is_alive()) throw;
      return unconfirmed(question, error.what());
    }
  }

  pg::Connection& m_connection;
  const Schema& m_actual;
  const Declarations m_no_declarations;
  std::optional<ProbeTransaction> m_probe;
  std::string m_reason;
};

}  // namespace

std::vector<Finding> second_opinion(pg::Connection& connection, Kinds kinds, const Schema& actual,
                                    const Comparison& comparison,
                                    std::chrono::milliseconds lock_timeout) {
  std::vector<Finding> findings;
  if (comparison.doubts.empty() && comparison.lookalikes.empty()) return findings;
  Opinion opinion(connection, kinds, actual, lock_timeout);
  opinion.ask_all(comparison.doubts, findings);
  opinion.ask_all(comparison.lookalikes, findings);
  return findings;
}

}  // namespace pgmend::engine
