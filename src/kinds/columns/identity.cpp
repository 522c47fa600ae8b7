// SPDX-License-Identifier: MIT
#include "kinds/columns/identity.hpp"

#include <fmt/format.h>

#include <utility>

#include "kinds/columns/column_sequence.hpp"
#include "kinds/columns/column_settings.hpp"
#include "kinds/columns/generated.hpp"
#include "kinds/columns/not_null.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds {

namespace {

/// The number behind a word, or nothing.
std::string option(std::string_view identity, std::string_view word) {
  const auto at = identity.find(word);
  if (at == std::string_view::npos) return {};
  const auto from = at + word.size();
  return std::string(identity.substr(from, identity.find_first_of(" )", from) - from));
}

std::string or_else(const std::string& number, std::string_view otherwise) {
  return number.empty() ? std::string(otherwise) : number;
}

}  // namespace

Judgement judge_identity(const Difference& difference) {
  const auto& actual = difference.actual;
  if (!difference.wanted.is_present() && difference.expected.has("serial"))
    return worth_knowing("it goes when the column gets a sequence of its own");
  if (actual.text("raw_default") == "identity") return judge_never(difference);  // its parent's
  if (actual.text("generated") == "VIRTUAL") return worth_knowing("a new column takes its place");
  // One that has another source of values, or allows NULL, did not just lose it.
  const bool is_lost = difference.wanted.is_present() && !difference.found.is_present() &&
                       !actual.has("raw_default") && !actual.has("generated") &&
                       actual.has("not_null");
  return is_lost ? Judgement{.sort = Sort::missing, .consent = Consent::add}
                 : judge_alter(difference);
}

std::string sequence_options(std::string_view options, std::string_view set) {
  const auto increment = or_else(option(options, "INCREMENT BY "), "1");
  const auto min = option(options, "MINVALUE ");
  const auto max = option(options, "MAXVALUE ");
  const auto first = increment.starts_with('-') ? or_else(max, "-1") : or_else(min, "1");
  const bool cycle = options.find("CYCLE") != std::string_view::npos;
  return fmt::format("{0}INCREMENT BY {1} {0}{2} {0}{3} {0}START WITH {4} {0}CACHE {5} {0}{6}", set,
                     increment, min.empty() ? "NO MINVALUE" : "MINVALUE " + min,
                     max.empty() ? "NO MAXVALUE" : "MAXVALUE " + max,
                     or_else(option(options, "START WITH "), first),
                     or_else(option(options, "CACHE "), "1"), cycle ? "CYCLE" : "NO CYCLE");
}

namespace {

std::string set_identity_options(std::string_view identity) {
  const auto* form = identity.find("ALWAYS") != std::string_view::npos ? "ALWAYS" : "BY DEFAULT";
  return fmt::format("SET GENERATED {} {}", form, sequence_options(identity, "SET "));
}

std::string add_clause(const Object& column) {
  return alter_column_sql(column, "ADD " + column.text("identity"));
}

/// Makes a column without any default an identity.
std::vector<std::string> add_identity(const Object& column) {
  return {
      add_clause(column),
      fmt::format("SELECT pg_catalog.setval({}::pg_catalog.regclass, last.value + 1, false) "
                  "FROM (SELECT pg_catalog.max({}) AS value FROM {}) AS last "
                  "WHERE last.value >= 1",
                  own_sequence(column), sql::quote_ident(column.name.name), relation_sql(column))};
}

/// Its new sequence goes on where the one that it had is, and no number comes twice.
std::string exchange_sequence(const Object& column, const std::string& old_sequence) {
  return "DO " +
         sql::dollar_quote(fmt::format(
             R"(
DECLARE
  following bigint;
BEGIN
  {drop_default};
  SELECT r.last_value + CASE WHEN r.is_called THEN s.seqincrement ELSE 0 END INTO following
  FROM {old} AS r JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = {old_text}::pg_catalog.regclass;
  DROP SEQUENCE {old};
  {add_identity};
  PERFORM pg_catalog.setval(s.seqrelid::pg_catalog.regclass,
                            CASE WHEN s.seqincrement > 0 THEN greatest(following, last.value + 1)
                                 ELSE following END, false)
  FROM pg_catalog.pg_sequence AS s, (SELECT pg_catalog.max({column}) AS value FROM {relation}) AS last
  WHERE s.seqrelid = {own}::pg_catalog.regclass;
END
)",
             fmt::arg("drop_default", alter_column_sql(column, "DROP DEFAULT")),
             fmt::arg("old", old_sequence), fmt::arg("old_text", sql::quote_literal(old_sequence)),
             fmt::arg("add_identity", add_clause(column)),
             fmt::arg("column", sql::quote_ident(column.name.name)),
             fmt::arg("relation", relation_sql(column)), fmt::arg("own", own_sequence(column))));
}

Recipe become_identity(const Object& expected, const Object& actual, const Facts& facts) {
  Recipe recipe;
  const bool is_serial = actual.has("serial") && actual.has("sequence_name");
  if (is_serial)
    recipe.stages.push_back(
        is_unshared(actual.text("sequence_name"), expected, "let that have a sequence of its own"));
  if (expected.has("sequence_name"))
    recipe.stages.push_back(name_is_free(
        expected, is_serial ? fmt::format("c.oid = {}::pg_catalog.regclass",
                                          sql::quote_literal(actual.text("sequence_name")))
                            : "false"));
  if (!actual.has("not_null"))
    for (auto& stage : not_null_stages(expected, facts)) recipe.stages.push_back(std::move(stage));
  std::vector<std::string> statements;
  if (actual.has("generated")) statements.push_back(drop_expression(expected));
  if (is_serial) {
    statements.push_back(exchange_sequence(expected, actual.text("sequence_name")));
  } else {
    if (actual.has("raw_default") && !actual.has("generated"))
      statements.push_back(alter_column_sql(expected, "DROP DEFAULT"));
    for (auto& statement : add_identity(expected)) statements.push_back(std::move(statement));
  }
  for (auto& statement : sequence_statements(expected, facts))
    statements.push_back(std::move(statement));
  recipe.stages.push_back(in_transaction(std::move(statements), Lock::access_exclusive,
                                         facts.relation_has_rows ? Cost::scan : Cost::catalog));
  return recipe;
}

}  // namespace

Recipe mend_identity(const Object& expected, const Object& actual, const Facts& facts) {
  if (expected.has("identity") && !actual.has("identity"))
    return become_identity(expected, actual, facts);
  const auto action = expected.has("identity") ? set_identity_options(expected.text("identity"))
                                               : std::string("DROP IDENTITY");
  return {.stages = {column_action(expected, action)}};
}

}  // namespace pgmend::kinds
