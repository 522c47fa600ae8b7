// SPDX-License-Identifier: MIT
// Triggers on tables and views (PostgreSQL documentation, pg_trigger in section 53.58, CREATE
// TRIGGER). Those that carry constraints come and go with those, whose rooms look whether they are
// enabled. Copies that partitions have of their parent's are read where they are in another state.
//
// Locks: CREATE TRIGGER and ENABLE TRIGGER take SHARE ROW EXCLUSIVE, which blocks writes, DROP
// TRIGGER takes ACCESS EXCLUSIVE; all are short.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/enabled.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/rarely.hpp"
#include "util/joined.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::trigger_room {

namespace {

// tgtype, bit by bit: row, before, insert, delete, update, truncate, instead. The condition is cut
// out of the definition: pg_get_expr cannot print what refers to two rows. What comes before it is
// cut off by its length, for a name may hold any words.
constexpr std::string_view k_before_copies = R"sql(
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
                        ELSE 'always' END AS enabled,
       -- copies of it, on partitions, that are in another state
       CASE WHEN t.relkind = 'p' AND g.tgtype & 1 <> 0 THEN )sql";

constexpr std::string_view k_copies_tree = R"sql(
         WITH RECURSIVE tree (oid, relid, name, state) AS (
           SELECT g.oid, g.tgrelid, g.tgname, g.tgenabled
           FROM pg_catalog.pg_trigger g WHERE g.oid = %1$s
           UNION ALL
           SELECT c.oid, c.tgrelid, c.tgname, c.tgenabled
           FROM tree
           JOIN pg_catalog.pg_inherits h ON h.inhparent = tree.relid
           JOIN pg_catalog.pg_trigger c ON c.tgrelid = h.inhrelid AND c.tgparentid = tree.oid)
         SELECT )sql";
constexpr std::string_view k_copies_each = R"sql(pg_catalog.array_agg(
                  pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.relname)
                  || ' ' || pg_catalog.quote_ident(tree.name) || ': '
                  || CASE tree.state WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled'
                                     WHEN 'R' THEN 'replica' ELSE 'always' END
                  ORDER BY pn.nspname, p.relname))sql";
constexpr std::string_view k_copies_from = R"sql(
         FROM tree
         JOIN pg_catalog.pg_class p ON p.oid = tree.relid
         JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
         WHERE tree.state <> '%2$s')sql";
constexpr std::string_view k_copies_of = "g.oid, g.tgenabled";

constexpr std::string_view k_behind_copies = R"sql( END AS on_partitions
FROM pg_catalog.pg_trigger g
JOIN pg_catalog.pg_class t ON t.oid = g.tgrelid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
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

constexpr std::string_view k_query =
    Joined<k_before_copies, k_rarely, k_copies_tree, k_found, k_copies_each, k_as_found,
           k_copies_from, k_rarely_of, k_copies_of, k_rarely_end, k_behind_copies>::k_text;

/// Copies of a trigger that are in another state than it, of which an array tells.
Judgement judge_copies(const Difference& d) {
  const auto wanted = sql::parse_array(d.wanted.text());
  for (const auto& entry : without(sql::parse_array(d.found.text()), wanted)) {
    if (!entry.ends_with(": disabled")) continue;
    auto judgement = judge_effect(d);
    judgement.reason = "it is disabled on partitions, and has no effect there";
    return judgement;
  }
  return judge_alter(d);
}

constexpr std::array k_attributes = {
    Attribute{.name = "constraint",
              .doc = "constraint trigger. It cannot be deferred to COMMIT, or is",
              .judge = judge_replace,
              .values = "CONSTRAINT"},
    Attribute{
        .name = "timing",
        .doc = "BEFORE, AFTER or INSTEAD OF. It fires too early or too late to change the row",
        .judge = judge_replace,
        .values = "BEFORE|INSTEAD OF|AFTER"},
    Attribute{.name = "events",
              .doc = "what it fires on. It does not fire for some changes, or for others",
              .judge = judge_replace},
    Attribute{.name = "deferrable",
              .doc = "when it is checked. It fires at the statement where it should at COMMIT, or "
                     "the other way round",
              .judge = judge_replace,
              .values = "DEFERRABLE|DEFERRABLE INITIALLY DEFERRED"},
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
              .judge = judge_replace,
              .values = "ROW|STATEMENT"},
    Attribute{.name = "condition",
              .doc = "the condition after WHEN. It fires for other rows",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{.name = "function",
              .doc = "the function it calls. Something else is done",
              .judge = judge_replace},
    Attribute{.name = "arguments",
              .doc = "arguments of the function. Something else is done",
              .judge = judge_replace,
              .verbatim = true},
    Attribute{.name = "enabled",
              .doc = "when it fires. What it does is not done, in silence, or is done where it "
                     "should not be",
              .judge = judge_enabled,
              .values = "enabled|disabled|replica|always"},
    Attribute{.name = "on_partitions",
              .doc = "partitions on which it is in another state. What it does is not done for "
                     "their rows, in silence, or is done where it should not be",
              .judge = judge_copies,
              .values = "[]"},
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

/// An entry of the attribute on_partitions: names are quoted where they must be.
struct Copy {
  explicit Copy(std::string_view entry) {
    const auto colon = entry.rfind(": ");
    const auto space = sql::find_outside_quotes(entry, " ");
    table = entry.substr(0, space);
    trigger = entry.substr(space + 1, colon - space - 1);
    state = entry.substr(colon + 2);
  }

  std::string sql(std::string_view wanted_state) const {
    return fmt::format("ALTER TABLE ONLY {} {} TRIGGER {}", table, enable_words(wanted_state),
                       trigger);
  }

  std::string table;
  std::string trigger;
  std::string state;
};

/// Those that are as they should not be come to the state of the trigger, or to their own.
Recipe mend_copies(const Object& expected, const Object& actual, const Facts& facts) {
  const auto wanted = sql::parse_array(expected.text("on_partitions"));
  const auto found = sql::parse_array(actual.text("on_partitions"));
  auto stage = in_transaction({}, Lock::share_row_exclusive, Cost::catalog);
  for (const auto& entry : without(found, wanted)) {
    const Copy copy(entry);
    stage.statements.push_back(copy.sql(expected.text("enabled")));
    stage.also_locks.push_back(copy.table);
  }
  for (const auto& entry : without(wanted, found)) {
    const Copy copy(entry);
    stage.statements.push_back(copy.sql(copy.state));
    stage.also_locks.push_back(copy.table);
  }
  Recipe recipe = {.stages = {std::move(stage)}};
  // Before 15, the server takes copies for its own.
  if (facts.server_version < 150000)
    recipe.superuser_for = "enable the copies of a trigger that partitions have";
  return recipe;
}

std::string drop_sql(const Object& trigger) {
  return fmt::format("DROP TRIGGER {} ON {}", sql::quote_ident(trigger.name.name),
                     relation_sql(trigger));
}

/// What is done to a trigger is done to its copies.
std::vector<std::string> with_copies(std::vector<std::string> statements, const Object& trigger) {
  for (const auto& entry : sql::parse_array(trigger.text("on_partitions"))) {
    const Copy copy(entry);
    statements.push_back(copy.sql(copy.state));
  }
  return statements;
}

/// A new trigger is enabled.
std::vector<std::string> with_state(std::vector<std::string> statements, const Object& trigger) {
  if (!is_plainly_enabled(trigger)) statements.push_back(enable_sql(trigger));
  return with_copies(std::move(statements), trigger);
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
    return {.stages = {in_transaction(with_copies({enable_sql(expected)}, expected),
                                      Lock::share_row_exclusive, Cost::catalog)}};
  if (attribute == "on_partitions") return mend_copies(expected, actual, facts);
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
