// SPDX-License-Identifier: MIT
#include "engine/lookaround.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/findings_by_relation.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

bool wants_to_know(const Finding& finding) {
  return finding.judgement.sort == Sort::missing && finding.judgement.weight == Weight::drift &&
         !finding.attribute && !finding.consequence && !finding.kind->occupants_query.empty();
}

std::vector<Occupant> find_occupants(pg::Connection& connection, std::string_view query,
                                     const std::vector<std::string>& names) {
  const auto result = connection.query(std::string(query), {sql::format_array(names)});
  std::vector<Occupant> occupants;
  for (int row = 0; row < result.rows(); ++row)
    occupants.push_back(
        {{result.str(row, "schema"), result.str(row, "relation"), result.str(row, "name")},
         result.str(row, "what"),
         nullptr});
  return occupants;
}

std::string with_article(const std::string& what) {
  const bool vowel = std::string_view("aeiou").find(what.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + what;
}

void judge_taken(Finding& finding, Occupant occupant, const Schema& actual) {
  auto& judgement = finding.judgement;
  if (finding.kind->judge_taken) {
    occupant.object = occupant_of(*finding.kind, occupant.name, actual);
    if (auto made_of_it = finding.kind->judge_taken(*finding.expected, occupant)) {
      judgement = std::move(*made_of_it);
      judgement.in_place_of = std::make_shared<const Name>(occupant.name);
      return;
    }
  }
  judgement.consent = Consent::never;
  judgement.until_gone = std::make_shared<const Name>(occupant.name);
  judgement.reason = occupant.name.relation.empty()
                         ? "its name is taken by " + with_article(occupant.what)
                         : fmt::format("its name is taken by the {} of that name on {}",
                                       occupant.what, sql::display_ident(occupant.name.relation));
  judgement.hint = "rename or drop what has the name, or change the name in the spec";
}

void judge_elsewhere(Finding& finding, const Occupant& occupant) {
  auto& judgement = finding.judgement;
  judgement.consent = Consent::never;
  judgement.until_gone = std::make_shared<const Name>(occupant.name);
  judgement.reason =
      fmt::format("there is {} of that name in schema {}", with_article(occupant.what),
                  sql::display_ident(occupant.name.schema));
  judgement.hint = fmt::format(
      "declare it as {}.{} if that is the one, and look at the search_path of the role "
      "and the database: migrations may have gone to another schema",
      sql::display_ident(occupant.name.schema), sql::display_ident(occupant.name.name));
}

/// What is to be created, by itself or as part of what is, and takes a name that is known.
std::string further_name(const Finding& finding) {
  const bool counts = finding.consequence || finding.is_drift();
  if (finding.judgement.sort != Sort::missing || !counts || finding.attribute ||
      !finding.expected || !finding.kind->further_name)
    return "";
  return finding.kind->further_name(*finding.expected);
}

/// The finding that would create it: that of the relation where it comes with one.
Finding* creating(Finding& part, const FindingsByRelation& by_relation,
                  std::vector<Finding>& findings) {
  if (!part.consequence) return &part;
  const auto owner = by_relation.owner_of(part);
  return owner ? &findings[*owner] : nullptr;
}

void judge_further(Finding& finding, const Finding& part, const Occupant& occupant) {
  auto& judgement = finding.judgement;
  if (judgement.consent == Consent::never) return;
  judgement.consent = Consent::never;
  judgement.reason = fmt::format(
      "{} takes the name {} as well, which is taken by {}", display(*part.kind, part.name),
      sql::display_ident(occupant.name.name), with_article(occupant.what));
  judgement.hint = "rename or drop what has the name";
}

bool is_expected(const Name& name, const Schema& expected) {
  return std::any_of(expected.objects().begin(), expected.objects().end(),
                     [&](const Object& object) { return object.name == name; });
}

void judge(Finding& finding, const std::vector<Occupant>& occupants, const Schema& expected,
           const Schema& actual) {
  const Occupant* elsewhere = nullptr;
  for (const auto& occupant : occupants) {
    if (occupant.name.name != finding.name.name) continue;
    if (occupant.name.schema == finding.name.schema) return judge_taken(finding, occupant, actual);
    if (finding.name.relation.empty() && occupant.name.relation.empty() && !elsewhere &&
        !is_expected(occupant.name, expected))
      elsewhere = &occupant;
  }
  if (elsewhere) judge_elsewhere(finding, *elsewhere);
}

}  // namespace

const Object* occupant_of(const Kind& kind, const Name& name, const Schema& actual) {
  const auto& objects = actual.objects();
  const auto found = std::find_if(objects.begin(), objects.end(), [&](const Object& object) {
    return object.name == name && object.kind->occupants_query == kind.occupants_query;
  });
  return found == objects.end() ? nullptr : &*found;
}

void look_around(pg::Connection& connection, const Schema& expected, const Schema& actual,
                 const std::string& only_schema, std::vector<Finding>& findings) {
  std::map<std::string_view, std::vector<std::string>> names;  // by the query that knows of them
  for (const auto& finding : findings) {
    if (wants_to_know(finding)) names[finding.kind->occupants_query].push_back(finding.name.name);
    if (auto name = further_name(finding); !name.empty())
      names[finding.kind->further_occupants_query].push_back(std::move(name));
  }
  if (names.empty()) return;
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  std::map<std::string_view, std::vector<Occupant>> occupants;
  for (const auto& [query, wanted] : names)
    occupants[query] = find_occupants(connection, query, wanted);
  if (!only_schema.empty())
    for (auto& [query, found] : occupants)
      std::erase_if(found, [&](const Occupant& one) { return one.name.schema != only_schema; });
  for (auto& finding : findings)
    if (wants_to_know(finding))
      judge(finding, occupants.at(finding.kind->occupants_query), expected, actual);
  const FindingsByRelation by_relation(findings);
  for (auto& finding : findings) {
    const auto name = further_name(finding);
    if (name.empty()) continue;
    for (const auto& occupant : occupants.at(finding.kind->further_occupants_query))
      if (occupant.name.name == name && occupant.name.schema == finding.name.schema)
        if (auto* whole = creating(finding, by_relation, findings))
          judge_further(*whole, finding, occupant);
  }
}

}  // namespace pgmend::engine
