// SPDX-License-Identifier: MIT
// Triggers on tables and views (PostgreSQL documentation, pg_trigger in section 53.58, CREATE
// TRIGGER). Those that carry constraints, and the copies that partitions have of their parent's,
// come and go with those and are not read.
//
// Locks: CREATE TRIGGER and ENABLE TRIGGER take SHARE ROW EXCLUSIVE, which blocks writes, DROP
// TRIGGER takes ACCESS EXCLUSIVE; all are short.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/enabled.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::trigger_room {

namespace {

// tgtype, bit by bit: row, before, insert, delete, update, truncate, instead. The condition is cut
// out of the definition: pg_get_expr cannot print what refers to two rows. What comes before it is
// cut off by its length, for a name may hold any words.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       t.relname AS relation,
       g.tgname AS name,
       'pg_catalog.pg_trigger'::pg_catalog.regclass::oid AS classid,
       g.oid AS objid,
       0 AS objsubid,
       CASE WHEN g.tgconstraint <> 0 THEN 'CONSTRAINT' END AS "constraint",
       CASE WHEN g.tgtype & 2 <> 0 THEN 'BEFORE' WHEN g.tgtype & 64 <> 0 THEN 'INSTEAD OF'
            ELSE 'AFTER' END AS timing,
       pg_catalog.array_to_string(ARRAY[
         CASE WHEN g.tgtype & 4 <> 0 THEN 'INSERT' END,
         CASE WHEN g.tgtype & 8 <> 0 THEN 'DELETE' END,
         CASE WHEN g.tgtype & 16 <> 0 THEN 'UPDATE' || coalesce(' OF ' || (
           SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY u.i)
           FROM pg_catalog.unnest(g.tgattr::int2[]) WITH ORDINALITY AS u (attnum, i)
           JOIN pg_catalog.pg_attribute a ON a.attrelid = g.tgrelid AND a.attnum = u.attnum
         ), '') END,
         CASE WHEN g.tgtype & 32 <> 0 THEN 'TRUNCATE' END], ' OR ') AS events,
       CASE WHEN g.tgdeferrable THEN CASE WHEN g.tginitdeferred THEN 'DEFERRABLE INITIALLY DEFERRED'
                                          ELSE 'DEFERRABLE' END END AS deferrable,
       (SELECT pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
        FROM pg_catalog.pg_class r JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
        WHERE r.oid = g.tgconstrrelid) AS "from",
       pg_catalog.quote_ident(g.tgoldtable) AS old_table,
       pg_catalog.quote_ident(g.tgnewtable) AS new_table,
       CASE WHEN g.tgtype & 1 <> 0 THEN 'ROW' ELSE 'STATEMENT' END AS level,
       CASE WHEN g.tgqual IS NOT NULL
            THEN pg_catalog.substring(
                   pg_catalog.substr(pg_catalog.pg_get_triggerdef(g.oid),
                                     pg_catalog.length(pg_catalog.quote_ident(g.tgname)) + 16),
                   ' FOR EACH (?:ROW|STATEMENT) WHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) ')
       END AS condition,
       (SELECT pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
        FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
        WHERE f.oid = g.tgfoid) AS function,
       CASE WHEN g.tgnargs > 0
            THEN pg_catalog.substring(pg_catalog.encode(g.tgargs, 'escape'), '^(.*)\\000$')
       END AS arguments,
       CASE g.tgenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica'
                        ELSE 'always' END AS enabled
FROM pg_catalog.pg_trigger g
JOIN pg_catalog.pg_class t ON t.oid = g.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE NOT g.tgisinternal AND g.tgparentid = 0
  -- narrowed: AND g.tgrelid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.deptype = 'e' -- whole
                    AND (e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                         AND e.objid = t.oid -- whole
                         OR e.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass -- whole
                         AND e.objid = g.oid)) -- whole
ORDER BY n.nspname, t.relname, g.tgname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "constraint",
              .doc = "constraint trigger. It cannot be deferred to COMMIT, or is",
              .judge = judge_replace},
    Attribute{
        .name = "timing",
        .doc = "BEFORE, AFTER or INSTEAD OF. It fires too early or too late to change the row",
        .judge = judge_replace},
    Attribute{.name = "events",
              .doc = "what it fires on. It does not fire for some changes, or for others",
              .judge = judge_replace},
    Attribute{.name = "deferrable",
              .doc = "when it is checked. It fires at the statement where it should at COMMIT, or "
                     "the other way round",
              .judge = judge_replace},
    Attribute{.name = "from",
              .doc = "the other table of a constraint trigger. It does not look at the other table",
              .form = Attribute::Form::reference,
              .judge = judge_replace},
    Attribute{.name = "old_table",
              .doc = "name of the old rows. Its function fails where it reads the old rows",
              .judge = judge_replace},
    Attribute{.name = "new_table",
              .doc = "name of the new rows. Its function fails where it reads the new rows",
              .judge = judge_replace},
    Attribute{.name = "level",
              .doc = "for each row or statement. It fires once for a statement where it should for "
                     "each row, or the other way round",
              .judge = judge_replace},
    Attribute{.name = "condition",
              .doc = "the condition after WHEN. It fires for other rows",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{.name = "function",
              .doc = "the function it calls. Something else is done",
              .judge = judge_replace},
    Attribute{.name = "arguments",
              .doc = "arguments of the function. Something else is done",
              .judge = judge_replace},
    Attribute{.name = "enabled",
              .doc = "when it fires. What it does is not done, in silence, or is done where it "
                     "should not be",
              .judge = judge_enabled},
};

/// As encode(..., 'escape') prints them: each ends with a zero byte, and high bytes are octal.
std::string arguments_sql(const Object& trigger) {
  if (!trigger.has("arguments")) return "";
  std::vector<std::string> arguments(1);
  const auto& text = trigger.text("arguments");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      arguments.back() += text[at];
    } else if (text.compare(at, 2, "\\\\") == 0) {
      arguments.back() += text[++at];
    } else {
      const auto byte = static_cast<char>(std::stoi(text.substr(at + 1, 3), nullptr, 8));
      if (byte == '\0')
        arguments.emplace_back();
      else
        arguments.back() += byte;
      at += 3;
    }
  }
  for (auto& argument : arguments) argument = sql::quote_literal(argument);
  return text::join(arguments, ", ");
}

std::string create_sql(const Object& trigger, std::string_view create) {
  auto out = fmt::format("{} {}TRIGGER {} {} {} ON {}", create,
                         trigger.has("constraint") ? "CONSTRAINT " : "",
                         sql::quote_ident(trigger.name.name), trigger.text("timing"),
                         trigger.text("events"), relation_sql(trigger));
  if (trigger.has("from")) out += " FROM " + trigger.text("from");
  if (trigger.has("deferrable")) out += ' ' + trigger.text("deferrable");
  if (trigger.has("old_table") || trigger.has("new_table")) out += " REFERENCING";
  if (trigger.has("old_table")) out += " OLD TABLE AS " + trigger.text("old_table");
  if (trigger.has("new_table")) out += " NEW TABLE AS " + trigger.text("new_table");
  out += " FOR EACH " + trigger.text("level");
  if (trigger.has("condition")) out += fmt::format(" WHEN ({})", trigger.text("condition"));
  return out +
         fmt::format(" EXECUTE FUNCTION {}({})", trigger.text("function"), arguments_sql(trigger));
}

std::string statement(const Object& trigger, std::span<const std::string>) {
  return create_sql(trigger, "CREATE");
}

std::string enable_sql(const Object& trigger) {
  return fmt::format("{} {} TRIGGER {}", alter_table(trigger), enable_words(trigger),
                     sql::quote_ident(trigger.name.name));
}

std::string drop_sql(const Object& trigger) {
  return fmt::format("DROP TRIGGER {} ON {}", sql::quote_ident(trigger.name.name),
                     relation_sql(trigger));
}

/// A new trigger is enabled.
std::vector<std::string> with_state(std::vector<std::string> statements, const Object& trigger) {
  if (!is_plainly_enabled(trigger)) statements.push_back(enable_sql(trigger));
  return statements;
}

Recipe create(const Object& trigger, std::span<const std::string> elements, const Facts&) {
  return {.stages = {in_transaction(with_state({statement(trigger, elements)}, trigger),
                                    Lock::share_row_exclusive, Cost::catalog)}};
}

/// Replacing in place came with 14, and is not for constraint triggers.
Recipe replace(const Object& expected, const Object& actual, const Facts& facts) {
  const bool in_place =
      facts.server_version >= 140000 && !expected.has("constraint") && !actual.has("constraint");
  if (in_place)
    return {
        .stages = {in_transaction(with_state({create_sql(expected, "CREATE OR REPLACE")}, expected),
                                  Lock::share_row_exclusive, Cost::catalog)}};
  return made_anew();
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  if (attribute == "enabled")
    return {.stages = {
                in_transaction({enable_sql(expected)}, Lock::share_row_exclusive, Cost::catalog)}};
  return replace(expected, actual, facts);
}

Recipe drop(const Object& trigger) {
  return {.stages = {in_transaction({drop_sql(trigger)}, Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_trigger = {
    .name = "trigger",
    .plural = "triggers",
    .doc = "a trigger with its events, condition and function, enabled",
    .owner = "",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_trigger WHERE NOT tgisinternal\n"
        "-- narrowed: AND tgrelid = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "no error: what it does is not done",
    .right_to_create = "TRIGGER",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::trigger_room
