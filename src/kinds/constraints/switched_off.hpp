// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "kinds/support/rarely.hpp"
#include "model/kind.hpp"
#include "util/joined.hpp"

/// Triggers that check constraints and that somebody disabled (PostgreSQL documentation, ALTER
/// TABLE, "DISABLE TRIGGER"): foreign keys have some on both tables, keys that are deferrable have
/// one, and partitions have their own. The catalogs say of such a constraint that all is well.
namespace pgmend::kinds {

/// Of the constraint k, and of those that partitions have of it: the triggers that do not fire, as
/// {state, schema, table, name} each, what is disabled first; null if all do.
inline constexpr std::string_view k_off_tree = R"sql(
         WITH RECURSIVE tree (oid) AS (
           SELECT %1$s::oid
           UNION ALL
           SELECT c.oid FROM tree JOIN pg_catalog.pg_constraint c ON c.conparentid = tree.oid)
         SELECT )sql";
inline constexpr std::string_view k_off_each = R"sql(pg_catalog.array_agg(
                  ARRAY[CASE g.tgenabled WHEN 'D' THEN 'disabled' ELSE 'replica' END,
                        gn.nspname, gt.relname, g.tgname]::text
                  ORDER BY g.tgenabled, gn.nspname, gt.relname, g.tgname))sql";
inline constexpr std::string_view k_off_from = R"sql(
         FROM tree
         JOIN pg_catalog.pg_trigger g ON g.tgconstraint = tree.oid
         JOIN pg_catalog.pg_class gt ON gt.oid = g.tgrelid
         JOIN pg_catalog.pg_namespace gn ON gn.oid = gt.relnamespace
         WHERE g.tgisinternal AND g.tgenabled IN ('D', 'R'))sql";
inline constexpr std::string_view k_off_of = "k.oid";
inline constexpr std::string_view k_switched_off =
    Joined<k_rarely, k_off_tree, k_found, k_off_each, k_as_found, k_off_from, k_rarely_of, k_off_of,
           k_rarely_end>::k_text;

/// The two attributes, of the row `off` with that array.
inline constexpr std::string_view k_off_columns =
    R"sql(       CASE WHEN off.triggers[1] LIKE '{disabled,%' THEN 'disabled'
            WHEN off.triggers IS NOT NULL THEN 'replica' END AS enabled,
       off.triggers AS triggers)sql";

/// Few constraints are deferrable, and of the others only foreign keys have triggers.
inline constexpr std::string_view k_off_if_deferrable = R"sql(CROSS JOIN LATERAL (
  SELECT CASE WHEN k.condeferrable THEN )sql";
inline constexpr std::string_view k_off_end = " END AS triggers OFFSET 0) AS off\n";

Judgement judge_switched_off(const Difference& difference);

/// Both attributes of a room.
inline constexpr Attribute k_enabled_attribute = {
    .name = "enabled",
    .doc =
        "whether the triggers that check it are switched off. No error: rows that it forbids "
        "are accepted",
    .form = Attribute::Form::fault,
    .judge = judge_switched_off};
inline constexpr Attribute k_triggers_attribute = {.name = "triggers",
                                                   .doc = "the triggers that are switched off",
                                                   .form = Attribute::Form::directive};

/// Lets them fire again; only a superuser may. `offenders` looks for rows that came in meanwhile.
Recipe switch_on(const Object& actual, std::optional<Stage> offenders);

}  // namespace pgmend::kinds
