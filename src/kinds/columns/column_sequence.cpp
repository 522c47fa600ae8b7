// SPDX-License-Identifier: MIT
#include "kinds/columns/column_sequence.hpp"

#include <fmt/format.h>

#include <utility>

#include "kinds/columns/identity.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

SequenceName sequence_parsed(const std::string& qualified) {
  std::vector<std::string> names;
  for (auto& word : sql::words(qualified))
    if (word.is_name()) names.push_back(std::move(word.text));
  if (names.size() < 2) return {"", names.empty() ? "" : names.front()};
  return {names[0], names[1]};
}

namespace {

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

}  // namespace

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

Stage is_unshared(const std::string& sequence, const Object& column, const std::string& hint) {
  const auto oid = sql::quote_literal(sequence) + "::pg_catalog.regclass";
  auto stage =
      precondition(others_of(oid, column) + "\n    LIMIT 1",
                   fmt::format("the sequence {} is not its alone: {}", sequence, "{}"), hint);
  stage.cost = Cost::catalog;
  return stage;
}

Stage name_is_free(const Object& column, const std::string& unless) {
  const auto [schema, name] = sequence_parsed(column.text("sequence_name"));
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
                     sql::quote_ident(sequence_parsed(column.text("sequence_name")).name));
}

bool is_misnamed(const Object& column, const std::string& sequence) {
  return column.has("sequence_name") &&
         sequence_parsed(column.text("sequence_name")).name != sequence_parsed(sequence).name;
}

SequenceName wanted_name(const Object& column) {
  if (column.has("sequence_name")) return sequence_parsed(column.text("sequence_name"));
  return {column.name.schema, chosen_name(column)};
}

std::string naming(const Object& column) {
  if (!column.has("sequence_name")) return "";
  const auto [schema, name] = sequence_parsed(column.text("sequence_name"));
  return fmt::format(R"(  IF (pg_catalog.parse_ident(sequence))[2] <> {0} THEN
    EXECUTE pg_catalog.format('ALTER SEQUENCE %s RENAME TO %I', sequence, {0});
    sequence := pg_catalog.format('%I.%I', {1}, {0});
  END IF;
)",
                     sql::quote_literal(name), sql::quote_literal(schema));
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
    return worth_knowing("the column is not expected to have a sequence");
  if (sequence_type(d.expected) == sequence_type(d.actual))
    return worth_knowing("it is right as soon as the column has its type");
  return judge_alter(d);
}

Judgement judge_wider_sequence(const Difference& d) {
  auto judgement = judge_sequence_type(d);
  if (judgement.weight == Weight::information) return judgement;
  return worth_knowing(
      "INSERTs end at the same number; before PostgreSQL 10 all sequences were bigint");
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

Judgement judge_sequence_detail(const Difference& d) {
  for (const auto* side : {&d.expected, &d.actual})
    if (!side->has("serial") && !side->has("identity"))
      return worth_knowing("one of the two has no sequence");
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
  return column.has("sequence_name") ? sequence_parsed(column.text("sequence_name")).name : "";
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
         sequence_parsed(column.text("sequence_name")).name != chosen_name(column);
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
