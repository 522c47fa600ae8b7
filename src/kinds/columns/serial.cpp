// SPDX-License-Identifier: MIT
#include "kinds/columns/serial.hpp"

#include <fmt/format.h>

#include "kinds/columns/column_settings.hpp"
#include "kinds/columns/identity.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::string_view k_nextval = "nextval('";
constexpr std::string_view k_nextval_end = "'::regclass)";

/// The quoted name of the sequence if the default is nothing but its next value; else empty.
std::string sequence_of_default(const Object& column) {
  const auto& value = column.text("raw_default");
  if (!value.starts_with(k_nextval) || !value.ends_with(k_nextval_end)) return "";
  return text::replace_all(
      value.substr(k_nextval.size(), value.size() - k_nextval.size() - k_nextval_end.size()), "''",
      "'");
}

Stage own(const Object& column, const std::string& sequence) {
  return in_transaction({fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence,
                                     relation_sql(column), sql::quote_ident(column.name.name))},
                        Lock::share_row_exclusive, Cost::catalog);
}

/// A sequence that the column owns already is used again: only its default was lost. A new one has
/// the owner of the table, as it must.
std::string block(const Object& column) {
  const auto name =
      sql::truncate_identifier(column.name.relation + "_" + column.name.name + "_seq");
  const auto sequence = sql::quote_qualified(column.name.schema, name);
  const auto ident = sql::quote_ident(column.name.name);
  const auto relation = relation_sql(column);
  return fmt::format(R"(
DECLARE
  sequence text := pg_catalog.pg_get_serial_sequence({relation_text}, {column_text});
BEGIN
  IF sequence IS NULL THEN
    CREATE SEQUENCE IF NOT EXISTS {sequence} AS {type};
    EXECUTE pg_catalog.format('ALTER SEQUENCE %s OWNER TO %I', {sequence_text},
      (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class
       WHERE oid = {relation_text}::pg_catalog.regclass));
    ALTER SEQUENCE {sequence} OWNED BY {relation}.{column};
    sequence := {sequence_text};
  END IF;
  PERFORM pg_catalog.setval(sequence, last.value + 1, false)
  FROM (SELECT pg_catalog.max({column}) AS value FROM {relation}) AS last
  WHERE last.value >= 1;
  EXECUTE pg_catalog.format('ALTER TABLE %s ALTER COLUMN %s SET DEFAULT pg_catalog.nextval(%L)',
    {relation_text}, {ident_text}, sequence);
END
)",
                     fmt::arg("relation_text", sql::quote_literal(relation)),
                     fmt::arg("column_text", sql::quote_literal(column.name.name)),
                     fmt::arg("sequence", sequence), fmt::arg("type", column.text("type")),
                     fmt::arg("sequence_text", sql::quote_literal(sequence)),
                     fmt::arg("relation", relation), fmt::arg("column", ident),
                     fmt::arg("ident_text", sql::quote_literal(ident)));
}

}  // namespace

std::string_view serial_type(const std::string& type) {
  if (type == "bigint") return "bigserial";
  if (type == "smallint") return "smallserial";
  return "serial";
}

Judgement judge_serial(const Difference& d) {
  if (d.wanted.is_present()) {
    // One that allows NULL did not just lose its sequence: it never was one.
    if (d.actual.has("identity") || d.actual.has("generated") ||
        (d.expected.has("not_null") && !d.actual.has("not_null")))
      return judge_never(d);
    if (d.actual.has("raw_default")) return judge_alter(d);
    return {.sort = Sort::missing, .consent = Consent::add};
  }
  if (d.expected.has("default") && d.actual.text("raw_default") == d.expected.text("default"))
    return {.sort = Sort::different,
            .weight = Weight::information,
            .reason = "the column owns the sequence of its default"};
  auto judgement = judge_never(d);
  if (!d.expected.has("identity"))
    judgement.hint = fmt::format(
        "if that is right, declare it as {}, or say no more than it needs: {{type: {}}}",
        serial_type(d.actual.text("type")), d.actual.text("type"));
  return judgement;
}

Recipe mend_serial(const Object& expected, const Object& actual, const Facts& facts) {
  const auto sequence = sequence_of_default(actual);
  if (!sequence.empty()) return {.stages = {own(expected, sequence)}};
  return {.stages = {in_transaction({"DO " + sql::dollar_quote(block(expected))},
                                    Lock::access_exclusive,
                                    facts.relation_has_rows ? Cost::scan : Cost::catalog)}};
}

namespace {

std::string sequence_type(const Object& column) {
  for (const auto* other : {"sequence_type", "other_sequence_type"})
    if (column.has(other)) return column.text(other);
  return column.text("type");
}

/// The bounds of a type that a sequence can have.
std::pair<std::string, std::string> bounds(std::string_view type) {
  if (type == "smallint") return {"-32768", "32767"};
  if (type == "integer") return {"-2147483648", "2147483647"};
  return {"-9223372036854775808", "9223372036854775807"};
}

}  // namespace

Judgement judge_sequence_type(const Difference& d) {
  if (!d.expected.has("serial") && !d.expected.has("identity"))
    return {.sort = Sort::different,
            .weight = Weight::information,
            .reason = "the column is not expected to have a sequence"};
  if (sequence_type(d.expected) == sequence_type(d.actual))
    return {.sort = Sort::different,
            .weight = Weight::information,
            .reason = "it is right as soon as the column has its type"};
  return judge_alter(d);
}

std::vector<Stage> sequence_type_stages(const Object& expected, const Object& actual) {
  const auto type = sequence_type(expected);
  if (!actual.has("sequence_name") || type == sequence_type(actual)) return {};
  const auto sequence = actual.text("sequence_name");
  const auto [lowest, highest] = bounds(type);
  // What it has counted to by itself takes its place in the new range.
  auto action = "AS " + type;
  if (expected.value("sequence_options").is_specified() &&
      expected.value("sequence_options") != actual.value("sequence_options"))
    action += ' ' + sequence_options(expected.text("sequence_options"), "");
  return {
      precondition(fmt::format("SELECT last_value FROM {} WHERE last_value NOT BETWEEN {} AND {}",
                               sequence, lowest, highest),
                   "its sequence is at {}, which is no " + type,
                   "expect the sequence as it is, or start it anew: " +
                       fmt::format("ALTER SEQUENCE {} RESTART", sequence)),
      in_transaction({fmt::format("ALTER SEQUENCE {} {}", sequence, action)},
                     Lock::share_row_exclusive, Cost::catalog)};
}

std::vector<std::string> serial_option_statements(const Object& column) {
  const bool has_type = column.has("sequence_type") || column.has("other_sequence_type");
  if (!column.has("sequence_options") && !has_type) return {};
  std::string options;
  if (has_type) options += "AS " + sequence_type(column) + ' ';
  if (column.has("sequence_options"))
    options += sequence_options(column.text("sequence_options"), "");
  return {"DO " + sql::dollar_quote(fmt::format(
                      "\nBEGIN\n  EXECUTE pg_catalog.format('ALTER SEQUENCE %s %s', "
                      "pg_catalog.pg_get_serial_sequence({}, {}), {});\nEND\n",
                      sql::quote_literal(relation_sql(column)),
                      sql::quote_literal(column.name.name), sql::quote_literal(options)))};
}

}  // namespace pgmend::kinds
