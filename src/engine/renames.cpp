// SPDX-License-Identifier: MIT
#include "engine/renames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "engine/compare.hpp"
#include "engine/descent.hpp"
#include "engine/relation_facts.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// What a rename leaves as it is: the sort, the schema, the relation it is part of, and its make.
using Trait = std::tuple<const Kind*, std::string, std::string, std::string>;

/// The last before it of its sort that stands in the other schema as well; empty: there is none.
std::string predecessor(const Object& part, const Schema& own, const Schema& other) {
  std::string before;
  for (const auto* each : own.of_relation(part.name.schema, part.name.relation)) {
    if (each->kind != part.kind) continue;
    if (each->name == part.name) break;
    if (other.find(*each->kind, each->name)) before = each->name.name;
  }
  return before;
}

/// Of a part: what it is by itself, and its place.
std::string make_of_part(const Object& part, const Schema& own, const Schema& other) {
  if (!part.kind->twin_element) return "";
  auto nameless = part;
  nameless.name.name.clear();
  return part.kind->twin_element(nameless) + '\n' + predecessor(part, own, other);
}

/// Of a relation: the parts that texts can name.
std::string make_of_relation(const Object& relation, const Schema& own) {
  std::vector<std::string> parts;
  for (const auto* part : own.of_relation(relation.name.schema, relation.name.name))
    if (part != &relation && part->kind->twin_element)
      parts.push_back(part->kind->twin_element(*part));
  std::sort(parts.begin(), parts.end());
  return text::join(parts, "\n");
}

/// Nothing for what cannot be told by it.
std::optional<Trait> trait_of(const Object& object, const Schema& own, const Schema& other) {
  auto make =
      object.is_relation() ? make_of_relation(object, own) : make_of_part(object, own, other);
  if (make.empty()) return std::nullopt;
  return Trait{object.kind, object.name.schema, object.name.relation, std::move(make)};
}

bool is_whole(const Finding& finding, Sort sort) {
  return finding.judgement.sort == sort && !finding.attribute && !finding.consequence &&
         finding.kind->holds_data && finding.kind->renaming;
}

void judge_renamed(Finding& finding, const std::vector<const Object*>& others) {
  std::vector<std::string> names;
  for (const auto* other : others) names.push_back(display(*other->kind, other->name));
  auto& judgement = finding.judgement;
  judgement.consent = Consent::never;
  judgement.until_gone = std::make_shared<const Name>(others.front()->name);
  judgement.reason = fmt::format(
      "was it renamed? {}, which {verb} not expected, {verb} of the same make{}, with rows",
      text::join(names, " and "), finding.name.relation.empty() ? "" : " in the same place",
      fmt::arg("verb", names.size() == 1 ? "is" : "are"));
  judgement.hint = fmt::format(
      "if it was:\n{};\nif not, ignore the other one (`ignore:` in pgmend.yaml), or let it be "
      "removed with what it holds (--allow drop)",
      finding.kind->renaming(*others.front(), finding.name.name));
}

}  // namespace

void suspect_renames(pg::Connection& connection, Kinds kinds, const Schema& expected,
                     const Schema& actual, std::chrono::milliseconds lock_timeout,
                     std::vector<Finding>& findings) {
  std::multimap<Trait, const Object*> extras;
  for (const auto& finding : findings)
    // What follows its parent is renamed with that, and only there.
    if (is_whole(finding, Sort::extra) && !follows_parent(*finding.actual, actual))
      if (auto trait = trait_of(*finding.actual, actual, expected))
        extras.emplace(std::move(*trait), finding.actual.get());
  if (extras.empty()) return;
  RelationFacts facts(connection, kinds, expected, actual, lock_timeout);
  for (auto& finding : findings) {
    const auto trait = is_whole(finding, Sort::missing)
                           ? trait_of(*finding.expected, expected, actual)
                           : std::nullopt;
    if (!trait) continue;
    std::vector<const Object*> others;
    const auto [begin, end] = extras.equal_range(*trait);
    for (auto at = begin; at != end; ++at) {
      const auto& extra = *at->second;
      // Another partition of the same relation is no other name for this one.
      const bool may_be = !extra.is_relation() || equal(*finding.expected, extra);
      if (may_be && facts.of(extra, false).relation_has_rows) others.push_back(&extra);
    }
    if (!others.empty()) judge_renamed(finding, others);
  }
}

}  // namespace pgmend::engine
