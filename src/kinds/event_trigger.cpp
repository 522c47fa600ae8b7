// SPDX-License-Identifier: MIT
// Event triggers (PostgreSQL documentation, chapter 40, pg_event_trigger in section 53.20). Only a
// superuser can create them.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/enabled.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::event_trigger_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT '' AS schema,
       '' AS relation,
       g.evtname AS name,
       'pg_catalog.pg_event_trigger'::pg_catalog.regclass::oid AS classid,
       g.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(g.evtevent) AS event,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_literal(t) ORDER BY t)
        FROM pg_catalog.unnest(g.evttags) AS t) AS tags,
       (SELECT pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
        FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
        WHERE f.oid = g.evtfoid) AS function,
       CASE g.evtenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica'
                         ELSE 'always' END AS enabled
FROM pg_catalog.pg_event_trigger g
WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass
                    AND e.objid = g.oid AND e.deptype = 'e')
ORDER BY g.evtname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "event",
              .doc = "what it fires on. It fires at other times",
              .judge = judge_replace},
    Attribute{.name = "tags",
              .doc = "the commands it is for. It fires for other commands",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "function",
              .doc = "the function it calls. Something else is done",
              .judge = judge_replace},
    Attribute{
        .name = "enabled",
        .doc = "when it fires. What it does on DDL is not done, or is done where it should not be",
        .judge = judge_enabled,
        .values = "enabled|disabled|replica|always"},
};

std::string statement(const Object& trigger, std::span<const std::string>) {
  const auto filter =
      trigger.has("tags") ? fmt::format(" WHEN TAG IN ({})", list(trigger.text("tags"))) : "";
  return fmt::format("CREATE EVENT TRIGGER {} ON {}{} EXECUTE FUNCTION {}()",
                     sql::quote_ident(trigger.name.name), trigger.text("event"), filter,
                     trigger.text("function"));
}

std::string enable_sql(const Object& trigger) {
  return fmt::format("ALTER EVENT TRIGGER {} {}", sql::quote_ident(trigger.name.name),
                     enable_words(trigger));
}

std::string drop_sql(const Object& trigger) {
  return "DROP EVENT TRIGGER " + sql::quote_ident(trigger.name.name);
}

Recipe in_one(std::vector<std::string> statements) {
  return {.stages = {in_transaction(std::move(statements), Lock::none, Cost::catalog)}};
}

/// A new trigger is enabled.
std::vector<std::string> create_sql(const Object& trigger) {
  std::vector<std::string> statements = {statement(trigger, {})};
  if (!is_plainly_enabled(trigger)) statements.push_back(enable_sql(trigger));
  return statements;
}

Recipe create(const Object& trigger, std::span<const std::string>, const Facts&) {
  return in_one(create_sql(trigger));
}

Recipe mend(const Object& expected, const Object&, std::string_view attribute, const Facts&) {
  if (attribute == "enabled") return in_one({enable_sql(expected)});
  return made_anew();
}

Recipe drop(const Object& trigger) {
  return in_one({drop_sql(trigger)});
}

}  // namespace

const Kind k_event_trigger = {
    .name = "event_trigger",
    .plural = "event triggers",
    .doc = "an event trigger with its event, tags and function, enabled",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_event_trigger",
    .attributes = k_attributes,
    .without = "no error: what it does is not done",
    .meddles = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::event_trigger_room
