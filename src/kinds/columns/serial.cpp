// SPDX-License-Identifier: MIT
#include "kinds/columns/serial.hpp"

#include <fmt/format.h>

#include <string_view>

#include "kinds/columns/column_settings.hpp"
#include "kinds/columns/identity.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/sql_words.hpp"
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

struct SequenceName {
  std::string schema;
  std::string name;
};

/// That of a quoted and qualified name.
SequenceName parsed(const std::string& qualified) {
  std::vector<std::string> names;
  for (auto& word : sql::words(qualified))
    if (word.is_name()) names.push_back(std::move(word.text));
  if (names.size() < 2) return {"", names.empty() ? "" : names.front()};
  return {names[0], names[1]};
}

/// As makeObjectName() in src/backend/commands/indexcmds.c: of what is too long, the longer part is
/// cut.
std::string chosen_name(const Object& column) {
  constexpr std::size_t k_room = sql::k_max_identifier_bytes - std::string_view("__seq").size();
  auto table = column.name.relation.size();
  auto own = column.name.name.size();
  while (table + own > k_room) --(table > own ? table : own);
  const auto cut = [](std::string_view name, std::size_t size) {
    while (size < name.size() && size > 0 &&
           (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U)
      --size;
    return name.substr(0, size);
  };
  return fmt::format("{}_{}_seq", cut(column.name.relation, table), cut(column.name.name, own));
}

/// The sequence that a serial column owns, or that of an identity column, as an expression of type
/// text. The latter may still own one from before.
std::string own_sequence(const Object& column) {
  const auto relation = sql::quote_literal(relation_sql(column));
  const auto name = sql::quote_literal(column.name.name);
  if (!column.has("identity"))
    return fmt::format("pg_catalog.pg_get_serial_sequence({}, {})", relation, name);
  return fmt::format(
      "(SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_depend AS d "
      "JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid "
      "JOIN pg_catalog.pg_class AS c ON c.oid = d.objid JOIN pg_catalog.pg_namespace AS n ON n.oid "
      "= c.relnamespace WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND "
      "d.refclassid = d.classid AND d.refobjid = {}::pg_catalog.regclass AND a.attname = {} AND "
      "d.deptype = 'i')",
      relation, name);
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

/// What stands against giving the column's sequence its name: something else has it. `unless`: a
/// condition on the relation c under which it is none.
Stage name_is_free(const Object& column, const std::string& unless = "false") {
  const auto [schema, name] = parsed(column.text("sequence_name"));
  auto stage =
      precondition(fmt::format(R"(SELECT pg_catalog.concat_ws(' of ',
         pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0),
         (SELECT pg_catalog.pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
          FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
            AND d.refclassid = d.classid AND d.deptype IN ('a', 'i') AND c.relkind = 'S' LIMIT 1)) AS other
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = {} AND c.relname = {} AND NOT coalesce({}, false))",
                               sql::quote_literal(schema), sql::quote_literal(name), unless),
                   fmt::format("its sequence is to have the name {}, which is taken: {}",
                               sql::display_ident(name), "{}"),
                   "rename or drop what has the name, or expect the sequence under another one");
  stage.cost = Cost::catalog;
  return stage;
}

std::string rename_sequence(const Object& column, const std::string& from) {
  return fmt::format("ALTER SEQUENCE {} RENAME TO {}", from,
                     sql::quote_ident(parsed(column.text("sequence_name")).name));
}

/// Whether the sequence is known to be meant to have another name.
bool is_misnamed(const Object& column, const std::string& sequence) {
  return column.has("sequence_name") &&
         parsed(column.text("sequence_name")).name != parsed(sequence).name;
}

/// The sequence of its default becomes the column's own, unless it is somebody else's as well.
Recipe own(const Object& column, const std::string& sequence) {
  const auto oid = sql::quote_literal(sequence) + "::pg_catalog.regclass";
  auto unshared = precondition(
      others_of(oid, column) + "\n    LIMIT 1",
      fmt::format("the sequence {} is not its alone: {}", sequence, "{}"),
      "expect the default as it is (nextval), or give the column a sequence of its own");
  unshared.cost = Cost::catalog;
  auto become =
      in_transaction({fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence,
                                  relation_sql(column), sql::quote_ident(column.name.name))},
                     Lock::share_row_exclusive, Cost::catalog);
  Recipe recipe = {.stages = {std::move(unshared)}};
  if (is_misnamed(column, sequence)) {
    recipe.stages.push_back(name_is_free(column));
    become.statements.push_back(rename_sequence(column, sequence));
    become.lock = Lock::access_exclusive;
  }
  recipe.stages.push_back(std::move(become));
  return recipe;
}

/// The name of its sequence as it is known to be, or as the server would choose it.
SequenceName wanted_name(const Object& column) {
  if (column.has("sequence_name")) return parsed(column.text("sequence_name"));
  return {column.name.schema, chosen_name(column)};
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

/// Gives the sequence in the variable `sequence` its name, if that is known.
std::string naming(const Object& column) {
  if (!column.has("sequence_name")) return "";
  const auto [schema, name] = parsed(column.text("sequence_name"));
  return fmt::format(R"(  IF (pg_catalog.parse_ident(sequence))[2] <> {0} THEN
    EXECUTE pg_catalog.format('ALTER SEQUENCE %s RENAME TO %I', sequence, {0});
    sequence := pg_catalog.format('%I.%I', {1}, {0});
  END IF;
)",
                     sql::quote_literal(name), sql::quote_literal(schema));
}

/// A sequence that the column owns already is used again: only its default was lost. So is one of
/// the name that nobody uses or owns. Otherwise there is a new one, with a number behind the name
/// where that is taken, as for identity columns, unless it is known that it is to have that very
/// name. It has the owner of the table, as it must, and never goes back.
std::string block(const Object& column) {
  const auto wanted = wanted_name(column);
  const auto ident = sql::quote_ident(column.name.name);
  const auto relation = relation_sql(column);
  return fmt::format(
      R"(
DECLARE
  sequence text := pg_catalog.pg_get_serial_sequence({relation_text}, {column_text});
  wanted text[] := ARRAY[{wanted_schema}, {wanted}];
  name text := wanted[2];
  number int := 0;
  following numeric;
BEGIN
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
      fmt::arg("wanted_schema", sql::quote_literal(wanted.schema)),
      fmt::arg("wanted", sql::quote_literal(wanted.name)), fmt::arg("type", column.text("type")),
      fmt::arg("naming", naming(column)),
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
  Recipe recipe;
  if (expected.has("sequence_name"))
    recipe.stages.push_back(name_is_free(
        expected, fmt::format("(c.oid = pg_catalog.to_regclass({})::oid OR {})",
                              own_sequence(expected), is_to_be_had("c.oid", expected))));
  recipe.stages.push_back(in_transaction({"DO " + sql::dollar_quote(block(expected))},
                                         Lock::access_exclusive,
                                         facts.relation_has_rows ? Cost::scan : Cost::catalog));
  return recipe;
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

Judgement judge_sequence_persistence(const Difference& d) {
  for (const auto* side : {&d.expected, &d.actual})
    if (!side->has("serial") && !side->has("identity"))
      return {.sort = Sort::different,
              .weight = Weight::information,
              .reason = "one of the two has no sequence"};
  return judge_alter(d);
}

Recipe mend_sequence_name(const Object& expected, const Object& actual) {
  return {.stages = {name_is_free(expected),
                     in_transaction({rename_sequence(expected, actual.text("sequence_name"))},
                                    Lock::access_exclusive, Cost::catalog)}};
}

/// Where it is to be as the table is, the table is asked when it comes to it: that may change, too.
Recipe mend_sequence_persistence(const Object& expected, const Object& actual) {
  const auto& sequence = actual.text("sequence_name");
  const auto statement =
      expected.has("sequence_persistence")
          ? fmt::format("ALTER SEQUENCE {} SET {}", sequence, expected.text("sequence_persistence"))
          : "DO " +
                sql::dollar_quote(fmt::format(
                    "\nBEGIN\n  EXECUTE pg_catalog.format('ALTER SEQUENCE %s SET %s', {},\n    "
                    "(SELECT CASE relpersistence WHEN 'u' THEN 'UNLOGGED' ELSE 'LOGGED' END\n"
                    "     FROM pg_catalog.pg_class WHERE oid = {}::pg_catalog.regclass));\nEND\n",
                    sql::quote_literal(sequence), sql::quote_literal(relation_sql(expected))));
  return {.stages = {in_transaction({statement}, Lock::access_exclusive, Cost::catalog)}};
}

std::string known_sequence_name(const Object& column) {
  return column.has("sequence_name") ? parsed(column.text("sequence_name")).name : "";
}

std::optional<Stage> sequence_name_is_free(const Object& column) {
  if (!column.has("sequence_name")) return std::nullopt;
  return name_is_free(column);
}

namespace {

bool has_serial_type(const Object& column) {
  const auto& type = column.text("type");
  return type == "smallint" || type == "integer" || type == "bigint";
}

}  // namespace

bool is_plain_serial(const Object& column) {
  return column.has("serial") && column.has("not_null") && has_serial_type(column);
}

namespace {

/// What serial says too much.
std::vector<std::string> unserial_statements(const Object& column) {
  if (!column.has("serial") || is_plain_serial(column)) return {};
  const auto ident = sql::quote_ident(column.name.name);
  std::vector<std::string> actions;
  if (!has_serial_type(column))
    actions.push_back(fmt::format("ALTER COLUMN {} TYPE {}", ident, column.text("type")));
  if (!column.has("not_null"))
    actions.push_back(fmt::format("ALTER COLUMN {} DROP NOT NULL", ident));
  return {fmt::format("{} {}", alter_table(column), text::join(actions, ", "))};
}

bool has_another_name(const Object& column) {
  return column.has("sequence_name") &&
         parsed(column.text("sequence_name")).name != chosen_name(column);
}

}  // namespace

std::vector<std::string> sequence_statements(const Object& column, const Facts& facts) {
  auto statements = unserial_statements(column);
  const bool has_type = column.has("sequence_type") || column.has("other_sequence_type");
  std::string options;
  if (has_type) options += "AS " + sequence_type(column) + ' ';
  if (column.has("sequence_options"))
    options += sequence_options(column.text("sequence_options"), "");
  std::string block;
  if (!options.empty())
    block += fmt::format("  EXECUTE pg_catalog.format('ALTER SEQUENCE %s %s', sequence, {});\n",
                         sql::quote_literal(options));
  if (column.has("sequence_persistence") && facts.server_version >= 150000)
    block += fmt::format("  EXECUTE pg_catalog.format('ALTER SEQUENCE %s SET {}', sequence);\n",
                         column.text("sequence_persistence"));
  if (has_another_name(column)) block += naming(column);
  if (!block.empty())
    statements.push_back(
        "DO " + sql::dollar_quote(fmt::format("\nDECLARE\n  sequence text := {};\nBEGIN\n{}END\n",
                                              own_sequence(column), block)));
  return statements;
}

Lock sequence_lock(const Object& column) {
  const bool moves = has_another_name(column) || column.has("sequence_persistence") ||
                     (column.has("serial") && !is_plain_serial(column));
  return moves ? Lock::access_exclusive : Lock::share_row_exclusive;
}

}  // namespace pgmend::kinds
