// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "util/joined.hpp"

/// What the catalog queries of constraints have in common, to be put together by Joined: `k` is the
/// row of pg_constraint, `t` that of its table, `n` that of its schema.
namespace pgmend::kinds {

/// Begins such a query: whose row it is.
inline constexpr std::string_view k_constraint_address = R"sql(
SELECT
       n.nspname AS schema,
       t.relname AS relation,
       k.conname AS name,
       'pg_catalog.pg_constraint'::pg_catalog.regclass::oid AS classid,
       k.oid AS objid,
       0 AS objsubid,
)sql";

inline constexpr std::string_view k_conkey = "k.conkey";
inline constexpr std::string_view k_conrelid = "k.conrelid";
inline constexpr std::string_view k_confkey = "k.confkey";
inline constexpr std::string_view k_confrelid = "k.confrelid";

namespace columns_of {

inline constexpr std::string_view k_case = "       CASE pg_catalog.cardinality(";
inline constexpr std::string_view k_one =
    R"sql()
       WHEN 1 THEN ARRAY[(SELECT pg_catalog.quote_ident(a.attname) FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = )sql";
inline constexpr std::string_view k_first = " AND a.attnum = ";
inline constexpr std::string_view k_several =
    R"sql([1])]
       ELSE ARRAY(SELECT (SELECT pg_catalog.quote_ident(a.attname) FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = )sql";
inline constexpr std::string_view k_each = R"sql( AND a.attnum = u.attnum)
                  FROM pg_catalog.unnest()sql";
inline constexpr std::string_view k_end = ") AS u (attnum)) END";

}  // namespace columns_of

/// The names of the columns that `k_key` numbers, quoted and in order: text[]. Most keys are one
/// column, and to look up its name is quicker without a set of rows around it.
template <const std::string_view& k_relation, const std::string_view& k_key>
inline constexpr std::string_view k_columns_of =
    Joined<columns_of::k_case, k_key, columns_of::k_one, k_relation, columns_of::k_first, k_key,
           columns_of::k_several, k_relation, columns_of::k_each, k_key, columns_of::k_end>::k_text;

}  // namespace pgmend::kinds
