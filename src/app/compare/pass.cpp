// SPDX-License-Identifier: MIT
#include "app/compare/pass.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/compare/unread.hpp"
#include "engine/ask.hpp"
#include "engine/catalog_query.hpp"
#include "engine/compare.hpp"
#include "engine/findings_by_relation.hpp"
#include "engine/inspect.hpp"
#include "engine/lookaround.hpp"
#include "engine/renames.hpp"
#include "engine/second_opinion.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "kinds/kinds.hpp"
#include "model/spec_error.hpp"
#include "pg/extension_property.hpp"

namespace pgmend::app {

namespace {

engine::Selection selection_of(const Expectation& expectation) {
  engine::Selection selection;
  for (const auto& relation : expectation.declarations.relations)
    selection.relations.emplace_back(relation.self.name.schema, relation.self.name.name);
  return selection;
}

/// A declaration that could not be put before the server is open; if its object is missing, it
/// must not be created from half a definition.
void add_unasked(const std::vector<engine::Unasked>& unasked, std::vector<Finding>& findings,
                 const Filter& filter) {
  for (const auto& [object, reason, hint] : unasked) {
    if (!filter.accepts(object)) continue;
    const auto text = "the server could not be asked about its definition: " + reason;
    bool is_missing = false;
    for (auto& finding : findings) {
      if (finding.kind != object.kind || finding.name != object.name || finding.attribute) continue;
      is_missing = true;
      finding.judgement.consent = Consent::never;
      finding.judgement.reason = text;
      finding.judgement.hint = hint;
    }
    if (is_missing) continue;
    Finding finding;
    finding.kind = object.kind;
    finding.name = object.name;
    finding.where = object.where;
    finding.judgement = {.sort = Sort::different,
                         .consent = Consent::never,
                         .weight = Weight::unconfirmed,
                         .reason = text,
                         .hint = "it exists; to compare the rest, " + hint};
    findings.push_back(std::move(finding));
  }
}

std::vector<Finding> compare(pg::Connection& connection, const PassInput& input,
                             const Schema& expected, const Schema& actual, engine::Extent extent) {
  auto comparison = engine::compare(expected, actual, extent);
  auto opinions = engine::second_opinion(connection, input.kinds, actual, comparison,
                                         input.lock_timeout, input.expectation.server_major);
  auto findings = std::move(comparison.findings);
  for (auto& opinion : opinions) findings.push_back(std::move(opinion));
  return findings;
}

}  // namespace

bool Pass::has_drift() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.is_drift(); });
}

bool Pass::is_open() const {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.judgement.weight == Weight::unconfirmed;
  });
}

namespace {

/// Some of it is compared when asked for.
bool is_compared(Kinds kinds, const std::string& what) {
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](const Kind* kind) { return kind->plural == what; });
}

using Property = std::shared_ptr<const pg::ExtensionProperty>;

/// And, by the same question, what is extensions' business.
std::vector<Unmodelled> read_unmodelled(pg::Connection& connection, Kinds kinds,
                                        Property& property) {
  const auto result = connection.query(fmt::format(
      "SELECT what, count FROM ({}) AS found UNION ALL SELECT '', 1 WHERE {} ORDER BY 1",
      engine::render_catalog_query(kinds::k_unmodelled_query, connection.server_major(),
                                   engine::Reach::whole),
      pg::k_may_have_extension_property));
  std::vector<Unmodelled> all;
  bool has_extension_property = false;
  for (int row = 0; row < result.rows(); ++row) {
    const auto what = result.str(row, "what");
    if (what.empty())
      has_extension_property = true;
    else if (!is_compared(kinds, what))
      all.push_back({what, result.integer(row, "count")});
  }
  if (has_extension_property) property = pg::ExtensionProperty::read(connection);
  if (property)
    for (const auto& [extension, number] : property->counts())
      all.push_back({fmt::format("{} that {} the business of extension {}",
                                 number == 1 ? "relation" : "relations", number == 1 ? "is" : "are",
                                 extension),
                     number});
  return all;
}

/// A lock file may be from before these were passed over.
std::shared_ptr<const Schema> without_property(const std::shared_ptr<const Schema>& expected,
                                               const Property& property) {
  if (!property) return expected;
  auto rest = std::make_shared<Schema>();
  for (const auto& object : expected->objects())
    if (!property->covers(object.name, object.address)) rest->add(object);
  return rest;
}

/// What the declared texts come to on the target's server.
void ask(pg::Connection& connection, const PassInput& input,
         const std::vector<engine::Unread>& unread, Pass& pass,
         std::vector<engine::Unasked>& unasked) {
  const auto declarations =
      without_unread(input.expectation.declarations, unread, input.kinds, pass.findings);
  auto answer = engine::ask(connection, input.kinds, declarations, pass.actual, input.lock_timeout);
  if (!answer.faults.empty()) throw SpecError(std::move(answer.faults));
  pass.expected = std::make_shared<Schema>(filtered(answer.expected, input.filter));
  unasked = std::move(answer.unasked);
}

void add(std::vector<Finding>&& more, Pass& pass) {
  if (pass.findings.empty()) {
    pass.findings = std::move(more);
    return;
  }
  for (auto& finding : more) pass.findings.push_back(std::move(finding));
}

/// Whether migration tools keep all of that for themselves.
engine::IsBeside is_tools_own(const PassInput& input) {
  return [&input](const Schema& others) {
    const ToolsOwn tools(others, input.own_names);
    const auto& all = others.objects();
    return std::all_of(all.begin(), all.end(), [&](const Object& object) {
      return tools.table_of(object) || tools.schema_of(object);
    });
  };
}

/// Those that are not there; of what could not be read, that is not known.
std::vector<ToolTable> absent_of(std::vector<ToolTable> tables, const Schema& actual,
                                 const std::vector<engine::Unread>& unread) {
  std::erase_if(tables, [&](const ToolTable& each) {
    const auto& table = each.table;
    return actual.relation(table.schema, table.name) ||
           std::any_of(unread.begin(), unread.end(), [&](const engine::Unread& one) {
             return one.schema == table.schema && one.group == table.name;
           });
  });
  return tables;
}

/// As much as a whole expectation can speak of.
engine::Selection selection_of(const PassInput& input) {
  if (!input.only_schema.empty()) return engine::Selection::within(input.only_schema);
  const auto* const only = input.filter.only_schema();
  if (!only) return engine::Selection::whole();
  auto selection = engine::Selection::within(*only);
  selection.database = true;  // the schema itself
  return selection;
}

/// Against a whole schema: what is beyond it is found, too.
void compare_whole(pg::Connection& connection, const PassInput& input, Pass& pass) {
  std::vector<Unmodelled> left_to_server;
  const auto complete =
      as_written_for(input.expectation, connection.server_major(), left_to_server);
  const auto selection = selection_of(input);
  auto inspection =
      engine::inspect_target(connection, input.kinds, kinds::k_locked_along_query, selection,
                             input.lock_timeout, complete.get(), is_tools_own(input));
  pass.patience_left = inspection.patience_left;
  pass.expected = without_unread(complete, inspection.unread, pass.findings);
  if (input.strict)
    add_unexpected(*complete, inspection.unread, input.kinds, input.filter, pass.findings);
  pass.is_as_expected = inspection.is_as_expected;
  Property property;
  if (input.only_schema.empty())
    pass.unmodelled = read_unmodelled(connection, input.kinds, property);
  else  // of one among many, nobody counts what stands beside it
    property = pg::ExtensionProperty::read(connection);
  auto tables = input.expectation.left_to_tools;
  if (pass.is_as_expected) {
    pass.beside = std::move(inspection.beside);
    pass.absent_books = absent_of(std::move(tables), pass.beside, inspection.unread);
  } else {
    pass.expected = without_property(pass.expected, property);
    const bool is_all = input.filter.lets_all_through();
    auto rest = without_tools_own(pass.expected, *input.unfiltered.complete, input.own_names);
    pass.expected = std::move(rest.schema);
    tables.insert(tables.end(), rest.left_out.begin(), rest.left_out.end());
    pass.absent_books = absent_of(std::move(tables), inspection.schema, inspection.unread);
    pass.actual = is_all ? std::move(inspection.schema) : filtered(inspection.schema, input.filter);
    auto compared =
        compare(connection, input, *pass.expected, pass.actual, engine::Extent::complete);
    leave_out_what_was_not_read(compared, input.expectation);
    // By all that was read: a version table is known by its columns, whatever is asked for.
    judge_extras(compared, *pass.expected, is_all ? pass.actual : inspection.schema, input.strict,
                 input.own_names);
    add(std::move(compared), pass);
  }
  pass.unmodelled.insert(pass.unmodelled.end(), left_to_server.begin(), left_to_server.end());
}

/// What must be known of a relation before anything can be asked about it: whether it is there, and
/// what its twin is made of.
bool is_ground(const Kind* kind) {
  return kind->home == Kind::Home::relation && (kind->owner.empty() || kind->twin_element);
}

/// What has a name that one of these is to get may become it.
void add_possible_occupants(Kinds kinds, std::set<const Kind*>& of_these) {
  std::set<std::string_view> names;
  for (const auto* kind : of_these)
    if (kind->judge_taken) names.insert(kind->occupants_query);
  for (const auto* kind : kinds)
    if (kind->judge_taken && names.contains(kind->occupants_query)) of_these.insert(kind);
}

/// What of the declared relations is of other kinds than those: of the kinds that are expected.
engine::Inspection inspect_rest(pg::Connection& connection, const PassInput& input,
                                const Schema& expected) {
  std::set<const Kind*> of_these;
  for (const auto& object : expected.objects()) of_these.insert(object.kind);
  add_possible_occupants(input.kinds, of_these);
  std::vector<const Kind*> kinds(input.kinds.begin(), input.kinds.end());
  std::erase_if(kinds,
                [&](const Kind* kind) { return is_ground(kind) || !of_these.contains(kind); });
  if (kinds.empty()) return {};
  return engine::inspect_target(connection, kinds, kinds::k_locked_along_query,
                                selection_of(input.expectation), input.lock_timeout);
}

PassInput without_hurry(PassInput input) {
  input.only_declared = false;
  return input;
}

/// Against what was declared, of which the server says what it comes to.
void compare_declared(pg::Connection& connection, const PassInput& input, Pass& pass,
                      std::vector<engine::Unasked>& unasked) {
  std::vector<const Kind*> first(input.kinds.begin(), input.kinds.end());
  if (input.only_declared) std::erase_if(first, [](const Kind* kind) { return !is_ground(kind); });
  auto inspection = engine::inspect_target(connection, first, kinds::k_locked_along_query,
                                           selection_of(input.expectation), input.lock_timeout);
  pass.patience_left = inspection.patience_left;
  pass.actual = std::move(inspection.schema);
  ask(connection, input, inspection.unread, pass, unasked);
  if (input.only_declared) {
    const auto rest = inspect_rest(connection, input, *pass.expected);
    if (!rest.unread.empty()) {  // locked since: another look finds that out, too
      pass = Pass();
      return compare_declared(connection, without_hurry(input), pass, unasked);
    }
    for (const auto& object : rest.schema.objects()) pass.actual.add(object);
  }
  add(compare(connection, input, *pass.expected, pass.actual, engine::Extent::partial), pass);
}

}  // namespace

Pass run_pass(pg::Connection& connection, const PassInput& input) {
  Pass pass;
  pass.is_partial = !input.expectation.complete;
  std::vector<engine::Unasked> unasked;
  if (pass.is_partial)
    compare_declared(connection, input, pass, unasked);
  else
    compare_whole(connection, input, pass);
  engine::ask_again_later(pass.findings);
  engine::look_around(connection, *pass.expected, pass.actual, input.only_schema, pass.findings);
  engine::suspect_renames(connection, input.kinds, *pass.expected, pass.actual, input.lock_timeout,
                          pass.findings);
  add_unasked(unasked, pass.findings, input.filter);
  return pass;
}

Pass unchanged_pass(pg::Connection& connection, const PassInput& input) {
  Pass pass;
  pass.is_partial = false;
  pass.is_as_expected = true;
  pass.expected = input.expectation.complete;
  Property property;
  pass.unmodelled = read_unmodelled(connection, input.kinds, property);
  return pass;
}

std::vector<Finding> recheck(pg::Connection& connection, const PassInput& input,
                             const std::vector<const Finding*>& findings) {
  Schema expected;
  engine::Selection selection;
  for (const auto* finding : findings) {
    selection.add(finding->expected ? *finding->expected : *finding->actual);
    if (finding->expected) expected.add(*finding->expected);
  }
  const auto inspection = engine::inspect_target(
      connection, input.kinds, kinds::k_locked_along_query, selection, input.lock_timeout);
  // Whether the rest is as it should be, the proof will tell, or that it could not be read either.
  std::vector<Finding> not_read;
  const auto readable = without_unread(std::make_shared<const Schema>(std::move(expected)),
                                       inspection.unread, not_read);
  auto left = compare(connection, input, *readable, inspection.schema, engine::Extent::partial);
  for (const auto* finding : findings)
    if (!finding->expected && inspection.schema.find(*finding->kind, finding->name))
      left.push_back(*finding);
  return left;
}

std::vector<Finding> only_known_again(std::vector<Finding> findings) {
  for (auto& finding : findings) finding.expected = finding.actual = nullptr;
  return findings;
}

namespace {

/// What could not be found out is told each time.
bool is_confirmed(const Finding& finding, const engine::FindingsByRelation& first) {
  return finding.judgement.weight == Weight::unconfirmed || first.same_as(finding);
}

}  // namespace

bool are_confirmed(const std::vector<Finding>& second, const std::vector<Finding>& first) {
  const engine::FindingsByRelation known(first);
  return std::all_of(second.begin(), second.end(),
                     [&](const Finding& finding) { return is_confirmed(finding, known); });
}

std::vector<Finding> confirmed(std::vector<Finding> second, const std::vector<Finding>& first) {
  const engine::FindingsByRelation known(first);
  std::erase_if(second, [&](const Finding& finding) { return !is_confirmed(finding, known); });
  return second;
}

}  // namespace pgmend::app
