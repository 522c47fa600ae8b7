// SPDX-License-Identifier: MIT
#include "kinds/columns/serial.hpp"

#include <fmt/format.h>

#include <string_view>

#include "kinds/columns/column_sequence.hpp"
#include "kinds/columns/column_settings.hpp"
#include "kinds/columns/generated.hpp"
#include "kinds/columns/not_null.hpp"
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

/// The sequence of its default becomes the column's own, unless it is somebody else's as well.
Recipe own(const Object& column, const std::string& sequence) {
  auto become =
      in_transaction({fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence,
                                  relation_sql(column), sql::quote_ident(column.name.name))},
                     Lock::share_row_exclusive, Cost::catalog);
  Recipe recipe = {
      .stages = {is_unshared(
          sequence, column,
          "expect the default as it is (nextval), or give the column a sequence of its own")}};
  if (is_misnamed(column, sequence)) {
    recipe.stages.push_back(name_is_free(column));
    become.statements.push_back(rename_sequence(column, sequence));
    become.lock = Lock::access_exclusive;
  }
  recipe.stages.push_back(std::move(become));
  return recipe;
}

/// Whether a relation, an expression of type oid, is a sequence that the column may have.
std::string is_to_be_had(const std::string& relation, const Object& column) {
  return fmt::format(R"((EXISTS (SELECT FROM pg_catalog.pg_sequence s
                   JOIN pg_catalog.pg_class sc ON sc.oid = s.seqrelid
                   WHERE sc.oid = {} AND s.seqincrement > 0
                     AND s.seqtypid = {}::pg_catalog.regtype
                     AND pg_catalog.pg_has_role(sc.relowner, 'USAGE'))
       AND NOT EXISTS ({})))",
                     relation, sql::quote_literal(column.text("type")),
                     others_of(relation, column));
}

/// What an identity column counted to is kept in the variable `counted`.
std::string no_identity(const Object& column, const Object& actual) {
  if (!actual.has("identity")) return "";
  return fmt::format(
      R"(  EXECUTE pg_catalog.format(
    'SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM %s', {}) INTO counted;
  {};
)",
      own_sequence(actual), alter_column_sql(column, "DROP IDENTITY"));
}

/// A sequence that the column owns already is used again: only its default was lost. So is one of
/// the name that nobody uses or owns. Otherwise there is a new one, with a number behind the name
/// where that is taken, as for identity columns, unless it is known that it is to have that very
/// name. It has the owner of the table, as it must, and never goes back.
std::string block(const Object& column, const Object& actual) {
  const auto wanted = wanted_name(column);
  const auto ident = sql::quote_ident(column.name.name);
  const auto relation = relation_sql(column);
  return fmt::format(
      R"(
DECLARE
  sequence text;
  wanted text[] := ARRAY[{wanted_schema}, {wanted}];
  name text := wanted[2];
  number int := 0;
  following numeric;
  counted bigint := 0;
BEGIN
{no_identity}  sequence := pg_catalog.pg_get_serial_sequence({relation_text}, {column_text});
  IF sequence IS NULL THEN
    sequence := pg_catalog.format('%I.%I', wanted[1], name);
    IF NOT {is_to_be_had} THEN
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
{naming}  EXECUTE pg_catalog.format(
    'SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM %s', sequence) INTO following;
  PERFORM pg_catalog.setval(sequence, last.value + 1, false)
  FROM (SELECT greatest(pg_catalog.max(r.{column}), counted) AS value FROM {relation} AS r) AS last
  WHERE last.value >= following
    AND EXISTS (SELECT FROM pg_catalog.pg_sequence s
                WHERE s.seqrelid = sequence::pg_catalog.regclass AND s.seqincrement > 0);
  EXECUTE pg_catalog.format('ALTER TABLE %s ALTER COLUMN %s SET DEFAULT pg_catalog.nextval(%L)',
    {relation_text}, {ident_text}, sequence);
END
)",
      fmt::arg("relation_text", sql::quote_literal(relation)),
      fmt::arg("column_text", sql::quote_literal(column.name.name)),
      fmt::arg("wanted_schema", sql::quote_literal(wanted.schema)),
      fmt::arg("wanted", sql::quote_literal(wanted.name)), fmt::arg("type", column.text("type")),
      fmt::arg("no_identity", no_identity(column, actual)), fmt::arg("naming", naming(column)),
      fmt::arg("is_to_be_had", is_to_be_had("pg_catalog.to_regclass(sequence)::oid", column)),
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
    if (d.actual.text("raw_default") == "identity") return judge_never(d);  // its parent's
    if (d.actual.text("generated") == "VIRTUAL")
      return worth_knowing("a new column takes its place");
    // One that allows NULL did not just lose its sequence: it never was one.
    const bool was_another = d.actual.has("identity") || d.actual.has("generated") ||
                             d.actual.has("raw_default") ||
                             (d.expected.has("not_null") && !d.actual.has("not_null"));
    return was_another ? judge_alter(d) : Judgement{.sort = Sort::missing, .consent = Consent::add};
  }
  if (d.expected.has("default") && d.actual.text("raw_default") == d.expected.text("default"))
    return worth_knowing("the column owns the sequence of its default");
  if (d.expected.has("default"))
    return worth_knowing("it is no longer filled from its sequence when it gets its default");
  if (d.expected.has("identity"))
    return worth_knowing("it goes when the column becomes an identity");
  if (d.expected.has("expression"))
    return worth_knowing("it goes when the column becomes a generated one");
  // A whole schema says of each column whether it has a sequence. A declaration that names the type
  // only may just not have thought of it.
  if (d.expected.value("sequence_name").is_specified()) return judge_alter(d);
  auto judgement = judge_never(d);
  judgement.hint =
      fmt::format("if that is right, declare it as {}, or say no more than it needs: {{type: {}}}",
                  serial_type(d.actual.text("type")), d.actual.text("type"));
  return judgement;
}

Recipe mend_serial(const Object& expected, const Object& actual, const Facts& facts) {
  if (!expected.has("serial")) return {.stages = {column_action(expected, "DROP DEFAULT")}};
  const auto sequence = sequence_of_default(actual);
  Recipe recipe;
  if (expected.has("not_null") && !actual.has("not_null"))
    recipe.stages = not_null_stages(expected, facts);
  if (!sequence.empty()) {
    for (auto& stage : own(expected, sequence).stages) recipe.stages.push_back(std::move(stage));
    return recipe;
  }
  if (expected.has("sequence_name"))
    recipe.stages.push_back(
        name_is_free(expected, fmt::format("(c.oid = pg_catalog.to_regclass({})::oid OR {})",
                                           own_sequence(actual), is_to_be_had("c.oid", expected))));
  std::vector<std::string> statements;
  if (actual.has("generated")) statements.push_back(drop_expression(expected));
  statements.push_back("DO " + sql::dollar_quote(block(expected, actual)));
  recipe.stages.push_back(in_transaction(std::move(statements), Lock::access_exclusive,
                                         facts.relation_has_rows ? Cost::scan : Cost::catalog));
  return recipe;
}

}  // namespace pgmend::kinds
