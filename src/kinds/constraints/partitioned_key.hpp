// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "kinds/support/partition_tree.hpp"
#include "kinds/support/rarely.hpp"
#include "model/kind.hpp"
#include "util/joined.hpp"

/// PRIMARY KEY and UNIQUE whose index is INVALID: those of a partitioned table of which some
/// partition has none (PostgreSQL documentation, section 5.11.2.2, "Partition Maintenance"), as
/// ADD CONSTRAINT on ONLY the table leaves it. No duplicates are found there, though the constraint
/// says so.
namespace pgmend::kinds {

inline constexpr std::string_view k_before_key_lacking =
    R"sql(       CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_index x
                         WHERE x.indexrelid = k.conindid AND NOT x.indisvalid)
            THEN 'invalid' END AS state,
       -- the partitions, from the top, of which no index is attached; one that would do may be there
       CASE WHEN t.relkind = 'p' AND EXISTS (SELECT 1 FROM pg_catalog.pg_index x
                         WHERE x.indexrelid = k.conindid AND NOT x.indisvalid) THEN )sql";

inline constexpr std::string_view k_key_tree = R"sql(
         WITH RECURSIVE tree (relid, parent, parent_index, index, attached, depth, own) AS (
           SELECT %1$s::oid, NULL::oid, NULL::oid, %2$s::oid, true, 0, NULL::name
           UNION ALL
           SELECT h.inhrelid, tree.relid, tree.index, coalesce(a.indexrelid, e.indexrelid),
                  a.indexrelid IS NOT NULL, tree.depth + 1, e.conname
           FROM tree
           JOIN pg_catalog.pg_inherits h ON h.inhparent = tree.relid
           LEFT JOIN LATERAL (
             SELECT x.indexrelid FROM pg_catalog.pg_index x
             JOIN pg_catalog.pg_inherits xh ON xh.inhrelid = x.indexrelid
             WHERE x.indrelid = h.inhrelid AND xh.inhparent = tree.index) AS a ON true
           LEFT JOIN LATERAL (
             SELECT x.indexrelid, o.conname FROM pg_catalog.pg_index i
             JOIN pg_catalog.pg_index x ON x.indrelid = h.inhrelid
             JOIN pg_catalog.pg_class xc ON xc.oid = x.indexrelid
             LEFT JOIN pg_catalog.pg_constraint o ON o.conrelid = x.indrelid
                                                 AND o.conindid = x.indexrelid
                                                 AND o.contype IN ('p', 'u', 'x')
             WHERE i.indexrelid = %2$s AND NOT xc.relispartition
               AND (o.oid IS NULL AND xc.relkind = 'i'
                    OR (o.contype, o.condeferrable, o.condeferred) IN (
                         SELECT k.contype, k.condeferrable, k.condeferred
                         FROM pg_catalog.pg_constraint k WHERE k.oid = %3$s))
               )sql";

inline constexpr std::string_view k_behind_same_keys = R"sql(
             ORDER BY o.conname IS NULL, x.indisvalid DESC, xc.relname LIMIT 1)
             AS e ON a.indexrelid IS NULL
         )
         SELECT )sql";
inline constexpr std::string_view k_lacking_each = R"sql(pg_catalog.array_agg(
                  ARRAY[pn.nspname, p.relname, un.nspname, u.relname,
                        CASE p.relkind WHEN 'p' THEN 'partitioned' ELSE '' END,
                        coalesce(xn.nspname, ''), coalesce(x.relname, ''),
                        CASE WHEN xi.indisvalid THEN 'valid' ELSE '' END,
                        coalesce(vn.nspname, ''), coalesce(v.relname, ''),
                        coalesce(tree.own, '')]::text
                  ORDER BY tree.depth, pn.nspname, p.relname))sql";
inline constexpr std::string_view k_lacking_from = R"sql(
         FROM tree
         JOIN pg_catalog.pg_class p ON p.oid = tree.relid AND p.relkind IN ('r', 'p')
         JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
         JOIN pg_catalog.pg_class u ON u.oid = tree.parent
         JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace
         LEFT JOIN pg_catalog.pg_class x ON x.oid = tree.index
         LEFT JOIN pg_catalog.pg_namespace xn ON xn.oid = x.relnamespace
         LEFT JOIN pg_catalog.pg_index xi ON xi.indexrelid = tree.index
         LEFT JOIN pg_catalog.pg_class v ON v.oid = tree.parent_index
         LEFT JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
         WHERE NOT tree.attached)sql";
inline constexpr std::string_view k_lacking_of = "k.conrelid, k.conindid, k.oid";
inline constexpr std::string_view k_as_lacking = " END AS lacking,\n";

/// Two attributes of the constraint k and its table t.
inline constexpr std::string_view k_key_state =
    Joined<k_before_key_lacking, k_rarely, k_key_tree, k_same_keys, k_behind_same_keys, k_found,
           k_lacking_each, k_as_found, k_lacking_from, k_rarely_of, k_lacking_of, k_rarely_end,
           k_as_lacking>::k_text;

Judgement judge_key_state(const Difference& difference);

inline constexpr Attribute k_key_state_attribute = {
    .name = "state",
    .doc = "whether its index is INVALID. No error: duplicates are accepted, and ON CONFLICT fails",
    .form = Attribute::Form::fault,
    .judge = judge_key_state};
inline constexpr Attribute k_lacking_attribute = {
    .name = "lacking",
    .doc = "the partitions that have no such key attached to it",
    .form = Attribute::Form::directive};

/// Looks for rows that stand against it; nothing where equality is not what it compares by.
std::optional<Stage> no_duplicate_keys(const Object& key, std::string_view constraint_word);

/// Builds what partitions lack, without blocking writes, makes keys of that and attaches them.
Recipe mend_key_state(const Object& expected, const Object& actual,
                      std::string_view constraint_word);

}  // namespace pgmend::kinds
