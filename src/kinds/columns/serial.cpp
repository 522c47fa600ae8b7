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

/// What uses or owns a sequence beside the column, its partitions and its children: one row for
/// each. `sequence` is an expression of type regclass. Defaults, views and functions hold it by
/// dependencies of the type n, serial and identity columns by a and i.
std::string others_of(const std::string& sequence, const Object& column) {
  return fmt::format(
      R"(WITH RECURSIVE family (oid) AS (
      SELECT {relation}::pg_catalog.regclass::oid
      UNION
      SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON f.oid = i.inhparent)
    SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) AS other
    FROM pg_catalog.pg_depend d
    WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.refobjid = {sequence} AND d.deptype = 'n'
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_attrdef v
        JOIN family f ON f.oid = v.adrelid
        JOIN pg_catalog.pg_attribute a ON a.attrelid = v.adrelid AND a.attnum = v.adnum
        WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = v.oid
          AND a.attname = {column})
    UNION ALL
    SELECT pg_catalog.pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
    FROM pg_catalog.pg_depend d
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = {sequence}
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')
      AND (d.refobjid, a.attname)
            IS DISTINCT FROM ({relation}::pg_catalog.regclass::oid, {column}::name))",
      fmt::arg("relation", sql::quote_literal(relation_sql(column))),
      fmt::arg("column", sql::quote_literal(column.name.name)), fmt::arg("sequence", sequence));
}

/// The sequence of its default becomes the column's own, unless it is somebody else's as well.
Recipe own(const Object& column, const std::string& sequence) {
  const auto oid = sql::quote_literal(sequence) + "::pg_catalog.regclass";
  auto unshared = precondition(
      others_of(oid, column) + "\n    LIMIT 1",
      fmt::format("the sequence {} is not its alone: {}", sequence, "{}"),
      "expect the default as it is (nextval), or give the column a sequence of its own");
  unshared.cost = Cost::catalog;
  return {.stages = {std::move(unshared),
                     in_transaction(
                         {fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence,
                                      relation_sql(column), sql::quote_ident(column.name.name))},
                         Lock::share_row_exclusive, Cost::catalog)}};
}

/// The name of its sequence as the server would choose it, or as it is known to be.
std::string wanted_name(const Object& column) {
  const auto& known = column.text("sequence_name");
  if (!known.empty() && !known.starts_with("pg_temp"))
    return fmt::format("pg_catalog.parse_ident({})", sql::quote_literal(known));
  return fmt::format("ARRAY[{}, {}]", sql::quote_literal(column.name.schema),
                     sql::quote_literal(sql::truncate_identifier(column.name.relation + "_" +
                                                                 column.name.name + "_seq")));
}

/// A sequence that the column owns already is used again: only its default was lost. So is one of
/// the name that nobody uses or owns. Otherwise there is a new one, with a number behind the name
/// where that is taken, as for identity columns. It has the owner of the table, as it must, and
/// never goes back.
std::string block(const Object& column) {
  const auto ident = sql::quote_ident(column.name.name);
  const auto relation = relation_sql(column);
  return fmt::format(R"(
DECLARE
  sequence text := pg_catalog.pg_get_serial_sequence({relation_text}, {column_text});
  wanted text[] := {wanted};
  name text := wanted[2];
  number int := 0;
  following numeric;
BEGIN
  IF sequence IS NULL THEN
    sequence := pg_catalog.format('%I.%I', wanted[1], name);
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_sequence s
                   JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
                   WHERE c.oid = pg_catalog.to_regclass(sequence) AND s.seqincrement > 0
                     AND s.seqtypid = '{type}'::pg_catalog.regtype
                     AND pg_catalog.pg_has_role(c.relowner, 'USAGE'))
       OR EXISTS ({others}) THEN
      WHILE pg_catalog.to_regclass(pg_catalog.format('%I.%I', wanted[1], name)) IS NOT NULL LOOP
        number := number + 1;
        name := wanted[2] || number;
        WHILE pg_catalog.octet_length(name) > 63 LOOP
          wanted[2] := pg_catalog."left"(wanted[2], -1);
          name := wanted[2] || number;
        END LOOP;
      END LOOP;
      sequence := pg_catalog.format('%I.%I', wanted[1], name);
      EXECUTE pg_catalog.format('CREATE SEQUENCE %s AS {type}', sequence);
    END IF;
    EXECUTE pg_catalog.format('ALTER SEQUENCE %s OWNER TO %I', sequence,
      (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class
       WHERE oid = {relation_text}::pg_catalog.regclass));
    EXECUTE pg_catalog.format('ALTER SEQUENCE %s OWNED BY %s.%s', sequence,
      {relation_text}, {ident_text});
  END IF;
  EXECUTE pg_catalog.format(
    'SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM %s', sequence) INTO following;
  PERFORM pg_catalog.setval(sequence, last.value + 1, false)
  FROM (SELECT pg_catalog.max(r.{column}) AS value FROM {relation} AS r) AS last
  WHERE last.value >= following
    AND EXISTS (SELECT FROM pg_catalog.pg_sequence s
                WHERE s.seqrelid = sequence::pg_catalog.regclass AND s.seqincrement > 0);
  EXECUTE pg_catalog.format('ALTER TABLE %s ALTER COLUMN %s SET DEFAULT pg_catalog.nextval(%L)',
    {relation_text}, {ident_text}, sequence);
END
)",
                     fmt::arg("relation_text", sql::quote_literal(relation)),
                     fmt::arg("column_text", sql::quote_literal(column.name.name)),
                     fmt::arg("wanted", wanted_name(column)), fmt::arg("type", column.text("type")),
                     fmt::arg("others", others_of("pg_catalog.to_regclass(sequence)::oid", column)),
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
  if (d.expected.has("default"))
    return {.sort = Sort::different,
            .weight = Weight::information,
            .reason = "it is no longer filled from its sequence when it gets its default"};
  auto judgement = judge_never(d);
  if (!d.expected.has("identity"))
    judgement.hint = fmt::format(
        "if that is right, declare it as {}, or say no more than it needs: {{type: {}}}",
        serial_type(d.actual.text("type")), d.actual.text("type"));
  return judgement;
}

Recipe mend_serial(const Object& expected, const Object& actual, const Facts& facts) {
  const auto sequence = sequence_of_default(actual);
  if (!sequence.empty()) return own(expected, sequence);
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

Judgement judge_wider_sequence(const Difference& d) {
  auto judgement = judge_sequence_type(d);
  if (judgement.weight == Weight::information) return judgement;
  return {
      .sort = Sort::different,
      .weight = Weight::information,
      .reason = "INSERTs end at the same number; before PostgreSQL 10 all sequences were bigint"};
}

std::vector<Stage> sequence_type_stages(const Object& expected, const Object& actual) {
  const auto type = sequence_type(expected);
  if (!actual.has("sequence_name") || type == sequence_type(actual)) return {};
  const auto& sequence = actual.text("sequence_name");
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
