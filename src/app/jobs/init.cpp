// SPDX-License-Identifier: MIT
#include "app/jobs/init.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/compare/tools_own.hpp"
#include "app/compare/unread.hpp"
#include "app/errors.hpp"
#include "app/expected/schema_source.hpp"
#include "app/output/reporters.hpp"
#include "engine/inspect.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "kinds/kinds.hpp"
#include "report/words.hpp"
#include "source/yaml_writer.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// Whether it is what the user asked for, and the application's own.
bool is_wanted(const Object& object, const ToolsOwn& tools, const Filter& filter) {
  if (!filter.accepts(object) || !filter.accepts_relation(object.name.schema, object.name.group()))
    return false;
  const bool asked_for = !filter.tables.empty();
  return asked_for || (tools.table_of(object) == nullptr && tools.schema_of(object) == nullptr);
}

/// "1 enum type, 2 functions", in the order in which they would be made.
std::string counts(const std::map<const Kind*, std::size_t>& by_kind) {
  std::vector<std::string> words;
  for (const auto* kind : kinds::all())
    if (const auto found = by_kind.find(kind); found != by_kind.end())
      words.push_back(text::count(found->second, kind_words(*kind), kind->plural));
  return text::join(words, ", ");
}

/// public first, then every schema that something stands in.
std::vector<std::string> search_path(const Schema& schema) {
  std::vector<std::string> path;
  for (const auto& object : schema.objects())
    if (std::find(path.begin(), path.end(), object.name.schema) == path.end())
      path.push_back(object.name.schema);
  const auto home = std::find(path.begin(), path.end(), "public");
  if (home != path.end()) std::rotate(path.begin(), home, home + 1);
  return path;
}

/// What there is and nobody expects, and is written into a spec.
std::string not_expected(const Report& report) {
  std::vector<std::string> names;
  for (const auto& finding : report.findings)
    if (finding.judgement.sort == Sort::extra && !finding.attribute && !finding.consequence &&
        finding.kind->section)
      names.push_back(report::object_words(*finding.kind, finding.name));
  return text::first_of(names);
}

}  // namespace

Draft draft_spec(Target& target, const Filter& filter, const std::vector<ledger::OwnName>& own) {
  check_filter(filter, kinds::all(), Expectation{});
  Schema wanted;
  std::map<const Kind*, std::size_t> left_out;
  try {
    const auto inspection =
        engine::inspect_target(target.connection, kinds_with({}), kinds::k_locked_along_query,
                               engine::Selection::whole(), std::chrono::milliseconds(1000));
    for (const auto& unread : inspection.unread)
      if (filter.accepts_relation(unread.schema, unread.group)) throw unread_error(unread);
    const ToolsOwn tools(inspection.schema, own);
    for (const auto& object : inspection.schema.objects()) {
      if (!is_wanted(object, tools, filter)) continue;
      if (object.kind->section)
        wanted.add(object);
      else
        ++left_out[object.kind];
    }
  } catch (const pg::Error& error) {
    throw UnverifiedError(error);
  }
  if (wanted.objects().empty())
    throw SpecError(Fault{.where = {target.description},
                          .message = "there is no table to write a spec from",
                          .hint = "is this the right database? if it is new, run the migrations "
                                  "first; look at --table and --schema-name"});
  const auto without = counts(left_out);
  return {
      source::write_yaml({target.description, search_path(wanted), wanted, without}, kinds::all()),
      without};
}

AgainstMigrations hold_against_migrations(Session& session, const Expectation& migrations,
                                          RunOptions options) {
  options.job = Job::verify;
  options.plan = false;
  const auto silent = make_silent_reporter();
  const auto report = run(session.target, migrations, session.subject, options, *silent);
  if (!report.failure.empty()) return {.not_held_because = report.failure};
  switch (report.verdict()) {
    case Verdict::drift:
      return {.differences = report.open_drift()};
    case Verdict::pending:
    case Verdict::unclear:
      return {.not_held_because = report.standing.reason};
    case Verdict::unconfirmed:
      return {.note = "not all of it could be held against its migrations"};
    case Verdict::correct:
      break;
  }
  const auto extra = not_expected(report);
  if (extra.empty()) return {};
  return {.note = "no migration makes, and written all the same: " + extra};
}

}  // namespace pgmend::app
