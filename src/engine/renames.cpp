// SPDX-License-Identifier: MIT
#include "engine/renames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "engine/compare.hpp"
#include "engine/relation_facts.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// What the parts of a relation that texts can name are made of.
std::multiset<std::string> make_of(const Schema& schema, const Object& relation) {
  std::multiset<std::string> make;
  for (const auto* part : schema.of_relation(relation.name.schema, relation.name.name))
    if (part != &relation && part->kind->twin_element) make.insert(part->kind->twin_element(*part));
  return make;
}

/// The last before it of its sort that stands in the other schema as well; empty: there is none.
std::string predecessor(const Schema& schema, const Object& part, const Schema& other) {
  std::string before;
  for (const auto* each : schema.of_relation(part.name.schema, part.name.relation)) {
    if (each->kind != part.kind) continue;
    if (each->name == part.name) break;
    if (other.find(*each->kind, each->name)) before = each->name.name;
  }
  return before;
}

class Suspicion {
 public:
  Suspicion(const Schema& expected, const Schema& actual)
      : m_expected(expected), m_actual(actual) {}

  /// A renamed one keeps its make and its place.
  bool may_be(const Object& wanted, const Object& found) const {
    if (wanted.kind != found.kind || wanted.name.schema != found.name.schema ||
        wanted.name.relation != found.name.relation)
      return false;
    if (wanted.is_relation()) {
      // Another partition of the same relation is no other name for this one.
      if (!equal(wanted, found)) return false;
      const auto make = make_of(m_expected, wanted);
      return !make.empty() && make == make_of(m_actual, found);
    }
    // Renamed with its parent's, and only there.
    const auto* relation = m_actual.relation(found.name.schema, found.name.relation);
    if (relation && found.kind->follows_parent && found.kind->follows_parent(found, *relation))
      return false;
    auto renamed = found;
    renamed.name = wanted.name;
    return wanted.kind->twin_element &&
           wanted.kind->twin_element(renamed) == wanted.kind->twin_element(wanted) &&
           predecessor(m_expected, wanted, m_actual) == predecessor(m_actual, found, m_expected);
  }

 private:
  const Schema& m_expected;
  const Schema& m_actual;
};

bool is_whole(const Finding& finding, Sort sort) {
  return finding.judgement.sort == sort && !finding.attribute && !finding.consequence &&
         finding.kind->renaming;
}

void judge_renamed(Finding& finding, const std::vector<const Object*>& others) {
  std::vector<std::string> names;
  for (const auto* other : others) names.push_back(display(*other->kind, other->name));
  auto& judgement = finding.judgement;
  judgement.consent = Consent::never;
  judgement.perhaps = std::make_shared<const Name>(others.front()->name);
  judgement.reason = fmt::format(
      "was it renamed? {}, which {} not expected, {} of the same make{}, with rows",
      text::join(names, " and "), names.size() == 1 ? "is" : "are",
      names.size() == 1 ? "is" : "are", finding.name.relation.empty() ? "" : " in the same place");
  judgement.hint = fmt::format(
      "if it was:\n{};\nif not, ignore the other one (`ignore:` in pgmend.yaml), or let it be "
      "removed with what it holds (--allow drop)",
      finding.kind->renaming(*others.front(), finding.name.name));
}

}  // namespace

void suspect_renames(pg::Connection& connection, Kinds kinds, const Schema& expected,
                     const Schema& actual, std::chrono::milliseconds lock_timeout,
                     std::vector<Finding>& findings) {
  std::vector<const Object*> extras;
  for (const auto& finding : findings)
    if (is_whole(finding, Sort::extra)) extras.push_back(finding.actual.get());
  if (extras.empty()) return;
  const Suspicion suspicion(expected, actual);
  RelationFacts facts(connection, kinds, expected, actual, lock_timeout);
  for (auto& finding : findings) {
    if (!is_whole(finding, Sort::missing)) continue;
    std::vector<const Object*> others;
    for (const auto* extra : extras)
      if (suspicion.may_be(*finding.expected, *extra) && facts.of(*extra, false).relation_has_rows)
        others.push_back(extra);
    if (!others.empty()) judge_renamed(finding, others);
  }
}

}  // namespace pgmend::engine
