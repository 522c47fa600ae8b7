// SPDX-License-Identifier: MIT
// Unique constraints (PostgreSQL documentation, section 5.4.3).
//
// Locks: the index is built CONCURRENTLY (SHARE UPDATE EXCLUSIVE), then taken over under a short
// ACCESS EXCLUSIVE.
#include <fmt/format.h>

#include <array>

#include "kinds/constraints/constraint.hpp"
#include "kinds/constraints/constraint_query.hpp"
#include "kinds/constraints/partitioned_key.hpp"
#include "kinds/constraints/switched_off.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/hypertable.hpp"
#include "kinds/support/index_marks.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::unique_room {

namespace {

constexpr std::string_view k_behind_columns = R"sql( AS columns,
       CASE WHEN i.indnatts > i.indnkeyatts THEN
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) ORDER BY u.n)
        FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
        WHERE u.n > i.indnkeyatts) END AS include,
       CASE WHEN i.indnullsnotdistinct THEN 'NULLS NOT DISTINCT' END AS nulls_not_distinct, -- since 15
       -- before 15: NULL AS nulls_not_distinct,
       CASE WHEN k.conperiod THEN 'WITHOUT OVERLAPS' END AS period, -- since 18
       -- before 18: NULL AS period,
       CASE WHEN k.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED'
            WHEN k.condeferrable THEN 'DEFERRABLE' END AS deferrable,
       CASE WHEN c.reloptions IS NOT NULL THEN
       (SELECT pg_catalog.array_agg(o ORDER BY o COLLATE "C")
        FROM pg_catalog.unnest(c.reloptions) AS o) END AS options,
)sql";

constexpr std::string_view k_from = R"sql(
FROM pg_catalog.pg_constraint k
)sql";

constexpr std::string_view k_behind_from =
    R"sql(JOIN pg_catalog.pg_class t ON t.oid = k.conrelid AND t.relkind IN ('r', 'p')
JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid
JOIN pg_catalog.pg_class c ON c.oid = k.conindid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
WHERE k.contype = 'u'
  -- narrowed: AND k.conrelid = ANY ($1::oid[])
  AND (k.conparentid = 0 -- whole
       OR k.conrelid IN ( -- those that are about to be partitions no more -- whole -- since 14
         SELECT h.inhrelid FROM pg_catalog.pg_inherits h -- whole -- since 14
         WHERE h.inhdetachpending) -- whole -- since 14
      ) -- whole
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = t.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.relname, k.conname
)sql";

constexpr std::string_view k_query =
    Joined<k_constraint_address, k_columns_of<k_conrelid, k_conkey>, k_behind_columns, k_key_state,
           k_off_columns, k_from, k_off_if_deferrable, k_switched_off, k_off_end,
           k_behind_from>::k_text;

constexpr std::array k_attributes = {
    Attribute{.name = "columns",
              .doc = "key columns, in order. Duplicates are accepted, or rows refused that should "
                     "not be; ON CONFLICT on the expected columns fails",
              .judge = judge_replace,
              .is_ground = true,
              .values = "[]"},
    Attribute{.name = "include",
              .doc = "INCLUDE columns. Queries cannot be answered from its index alone",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "nulls_not_distinct",
              .words = "NULLS NOT DISTINCT",
              .doc = "whether NULLs count as equal. Duplicates of NULL are accepted, or refused",
              .judge = judge_replace,
              .values = "NULLS NOT DISTINCT"},
    Attribute{.name = "period",
              .doc = "whether the last column is a period, unique in that none overlap. Rows that "
                     "overlap in time are accepted, or refused",
              .judge = judge_replace,
              .values = "WITHOUT OVERLAPS"},
    Attribute{.name = "deferrable",
              .doc = "when it is checked. Transactions fail at a statement where they should be "
                     "checked at COMMIT; ON CONFLICT fails with a deferrable one",
              .judge = judge_replace,
              .values = "DEFERRABLE|DEFERRABLE INITIALLY DEFERRED"},
    Attribute{.name = "options",
              .doc = "storage parameters of its index. Its index takes other space",
              .judge = judge_alter,
              .only_if_stated = true,
              .values = "[]"},
    k_key_state_attribute,
    k_enabled_attribute,
    k_lacking_attribute,
    k_triggers_attribute,
};

std::string definition(const Object& key) {
  return key_definition(key, "UNIQUE");
}

std::string element(const Object& key) {
  return constraint_element(key, definition(key));
}

std::string statement(const Object& key, std::span<const std::string>) {
  return add_constraint(key, definition(key));
}

Recipe create(const Object& key, std::span<const std::string> elements, const Facts& facts) {
  // An index cannot be taken over by a constraint of a partitioned table (ALTER TABLE, "USING
  // INDEX"), nor by one over periods.
  if (is_partitioned(facts.relation) || is_or_becomes_hypertable(facts) || key.has("period"))
    return marked(add_at_once(key, statement(key, elements), facts), key, facts);
  return marked(add_by_index(key, "UNIQUE", facts.occupant), key, facts);
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  if (attribute == "options") return mend_index_options(expected, actual);
  if (attribute == "state") return mend_key_state(expected, actual, "UNIQUE");
  if (attribute == "enabled") return switch_on(actual, no_duplicate_keys(expected, "UNIQUE"));
  if (auto refusal = refusal_for_identity(expected, facts)) return *refusal;
  if (is_partitioned(facts.relation) || is_or_becomes_hypertable(facts) || expected.has("period"))
    return marked(replace_at_once(expected, statement(expected, {}), facts), expected, facts);
  return marked(replace_by_index(expected, "UNIQUE"), expected, facts);
}

}  // namespace

const Kind k_unique = {
    .name = "unique",
    .plural = "unique constraints",
    .noun = "unique constraint",
    .doc = "a unique constraint with its columns",
    .owner = "table",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_index WHERE indisunique AND NOT indisprimary AND indexrelid >= "
        "16384\n"
        "-- narrowed: AND indrelid = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "no error: rows that {name} would refuse are accepted",
    .section = &k_constraints_section,
    .keyword = "UNIQUE",
    .carried_along = true,
    .referable = true,
    .occupants_query = k_relation_occupants,
    .named_among = "constraints",
    .judge_taken = judge_index_of_its_name,
    .element = element,
    .after_element = marks_of,
    .statement = statement,
    .definition = definition,
    .create = create,
    .mend = mend,
    .renaming = constraint_renaming,
    .drop = drop_constraint,
};

}  // namespace pgmend::kinds::unique_room
