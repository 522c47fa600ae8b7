// SPDX-License-Identifier: MIT
// Exclusion constraints (PostgreSQL documentation, section 5.4.6).
//
// Locks: there is no way to add one but under ACCESS EXCLUSIVE, which is held while its index is
// built and every row is held against it.
#include <fmt/format.h>

#include <array>

#include "kinds/constraints/constraint.hpp"
#include "kinds/constraints/constraint_query.hpp"
#include "kinds/constraints/switched_off.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "kinds/support/index_marks.hpp"
#include "kinds/support/judge.hpp"

namespace pgmend::kinds::exclusion_room {

namespace {

constexpr std::string_view k_behind_address = R"sql(       am.amname AS method,
       (SELECT pg_catalog.array_agg(
                 u.expression
                 || CASE WHEN u.coll <> 0 AND u.coll <> coalesce(ta.attcollation, 100)
                         THEN ' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.'
                              || pg_catalog.quote_ident(co.collname) ELSE '' END
                 -- of inet and cidr in GiST it is another one from 19 on
                 || CASE WHEN NOT oc.opcdefault OR ia.attoptions IS NOT NULL
                              OR oc.opcmethod = 783 AND oc.opcintype IN (650, 869)
                         THEN ' ' || pg_catalog.quote_ident(ocn.nspname) || '.'
                              || pg_catalog.quote_ident(oc.opcname) ELSE '' END
                 || coalesce('(' || pg_catalog.array_to_string(ia.attoptions, ', ') || ')', '')
                 || CASE WHEN u.option & 1 = 1 THEN ' DESC' ELSE '' END
                 || CASE u.option & 3 WHEN 2 THEN ' NULLS FIRST' WHEN 1 THEN ' NULLS LAST'
                                      ELSE '' END
                 || ' WITH OPERATOR(' || pg_catalog.quote_ident(opn.nspname) || '.'
                 || op.oprname || ')'
                 ORDER BY u.n)
        FROM (SELECT v.*,
                     CASE WHEN v.attnum = 0
                          THEN pg_catalog.pg_get_indexdef(i.indexrelid, v.n::int, false)
                          ELSE (SELECT pg_catalog.quote_ident(x.attname)
                                FROM pg_catalog.pg_attribute x
                                WHERE x.attrelid = i.indrelid AND x.attnum = v.attnum)
                     END AS expression
              FROM ROWS FROM (pg_catalog.unnest(i.indkey::int2[]),
                              pg_catalog.unnest(i.indcollation::oid[]),
                              pg_catalog.unnest(i.indclass::oid[]),
                              pg_catalog.unnest(i.indoption::int2[]),
                              pg_catalog.unnest(k.conexclop))
                   WITH ORDINALITY AS v (attnum, coll, opclass, option, operator, n)
              WHERE v.n <= i.indnkeyatts) AS u
        JOIN pg_catalog.pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = u.n
        JOIN pg_catalog.pg_opclass oc ON oc.oid = u.opclass
        JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
        JOIN pg_catalog.pg_operator op ON op.oid = u.operator
        JOIN pg_catalog.pg_namespace opn ON opn.oid = op.oprnamespace
        LEFT JOIN pg_catalog.pg_attribute ta ON ta.attrelid = i.indrelid AND ta.attnum = u.attnum
                                            AND u.attnum > 0
        LEFT JOIN pg_catalog.pg_collation co ON co.oid = u.coll
        LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace) AS keys,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(x.attname) ORDER BY u.n)
        FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
        JOIN pg_catalog.pg_attribute x ON x.attrelid = i.indrelid AND x.attnum = u.attnum
        WHERE u.n > i.indnkeyatts) AS include,
       (SELECT pg_catalog.array_agg(o ORDER BY o COLLATE "C")
        FROM pg_catalog.unnest(c.reloptions) AS o) AS options,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
       CASE WHEN k.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED'
            WHEN k.condeferrable THEN 'DEFERRABLE' END AS deferrable,
       (SELECT pg_catalog.array_agg(a.attnum || ' SET STATISTICS ' || a.attstattarget
                                    ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a
        WHERE i.indexprs IS NOT NULL AND a.attrelid = i.indexrelid AND a.attstattarget >= 0)
         AS statistics,
       CASE WHEN k.condeferrable THEN
       (SELECT pg_catalog.array_agg(
                 ARRAY[coalesce((SELECT pg_catalog.quote_ident(x.attname)
                                 FROM pg_catalog.pg_attribute x
                                 WHERE x.attrelid = i.indrelid AND x.attnum = v.attnum),
                                pg_catalog.pg_get_indexdef(i.indexrelid, v.n::int, false)),
                       'OPERATOR(' || pg_catalog.quote_ident(opn.nspname) || '.' || op.oprname
                       || ')']::text
                 ORDER BY v.n)
        FROM ROWS FROM (pg_catalog.unnest(i.indkey::int2[]), pg_catalog.unnest(k.conexclop))
             WITH ORDINALITY AS v (attnum, operator, n)
        JOIN pg_catalog.pg_operator op ON op.oid = v.operator
        JOIN pg_catalog.pg_namespace opn ON opn.oid = op.oprnamespace) END AS comparisons,
)sql";

constexpr std::string_view k_from = R"sql(
FROM pg_catalog.pg_constraint k
)sql";

constexpr std::string_view k_behind_from = R"sql(JOIN pg_catalog.pg_class t ON t.oid = k.conrelid
JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = c.relam
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
WHERE k.contype = 'x'
  -- narrowed: AND k.conrelid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = t.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.relname, k.conname
)sql";

constexpr std::string_view k_query =
    Joined<k_constraint_address, k_behind_address, k_off_columns, k_from, k_off_if_deferrable,
           k_switched_off, k_off_end, k_behind_from>::k_text;

constexpr std::array k_attributes = {
    Attribute{.name = "method",
              .doc = "access method of its index. Rows are compared by other rules",
              .judge = judge_replace},
    Attribute{.name = "keys",
              .doc = "what is compared, and by which operators. Rows are accepted that should "
                     "exclude each other, or refused that should not be",
              .form = Attribute::Form::text,
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "include",
              .doc = "INCLUDE columns. Queries cannot be answered from its index alone",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "options",
              .doc = "storage parameters of its index. Its index takes other space",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "predicate",
              .doc = "WHERE clause. Rows are accepted that should exclude each other, or refused "
                     "that should not be",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{.name = "deferrable",
              .doc = "when it is checked. Transactions fail at a statement where they should be "
                     "checked at COMMIT, or the other way round",
              .judge = judge_replace,
              .values = "DEFERRABLE|DEFERRABLE INITIALLY DEFERRED"},
    Attribute{.name = "statistics",
              .doc = "statistics targets of the expressions of its index, by column, where not the "
                     "server's default. Queries may get other plans",
              .judge = judge_alter,
              .only_if_stated = true},
    k_enabled_attribute,
    k_triggers_attribute,
    Attribute{.name = "comparisons",
              .doc = "each key and its operator, for looking for rows that exclude each other",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

std::string definition(const Object& exclusion) {
  auto out =
      fmt::format("EXCLUDE USING {} ({})", exclusion.text("method"), list(exclusion.text("keys")));
  if (exclusion.has("include"))
    out += fmt::format(" INCLUDE ({})", list(exclusion.text("include")));
  if (exclusion.has("options")) out += fmt::format(" WITH ({})", list(exclusion.text("options")));
  if (exclusion.has("predicate")) out += fmt::format(" WHERE ({})", exclusion.text("predicate"));
  if (exclusion.has("deferrable")) out += ' ' + exclusion.text("deferrable");
  return out;
}

std::string element(const Object& exclusion) {
  return constraint_element(exclusion, definition(exclusion));
}

std::string statement(const Object& exclusion, std::span<const std::string>) {
  return add_constraint(exclusion, definition(exclusion));
}

Recipe create(const Object& exclusion, std::span<const std::string> elements, const Facts& facts) {
  return marked(add_at_once(exclusion, statement(exclusion, elements), facts), exclusion, facts);
}

/// The new index is built while the table is locked: there is no other way.
Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  if (attribute == "options") return mend_index_options(expected, actual);
  if (attribute == "statistics") return mend_index_statistics(expected, actual);
  if (attribute == "enabled")
    return switch_on(actual,
                     no_conflicts(actual, actual.text("comparisons"), actual.text("predicate")));
  auto exchange = exchange_constraint(expected, definition(expected), Cost::build);
  const auto wanted = with_statistics(expected, actual);
  // In one transaction with what is said of it.
  if (!marks_of(wanted, facts).empty())
    exchange = in_transaction(exchange.sql(), exchange.lock, exchange.cost);
  return marked({.stages = {std::move(exchange)}, .needs = rewrite_over_rows(facts), .anew = true},
                wanted, facts);
}

}  // namespace

const Kind k_exclusion = {
    .name = "exclusion",
    .plural = "exclusion constraints",
    .noun = "exclusion constraint",
    .doc = "an exclusion constraint with its keys, operators and condition",
    .owner = "table",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_constraint WHERE contype = 'x'\n"
        "-- narrowed: AND conrelid = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "no error: rows that {name} would refuse are accepted",
    .section = &k_constraints_section,
    .keyword = "EXCLUDE",
    .carried_along = true,
    .occupants_query = k_relation_occupants,
    .named_among = "constraints",
    .element = element,
    .after_element = marks_of,
    .statement = statement,
    .definition = definition,
    .create = create,
    .mend = mend,
    .renaming = constraint_renaming,
    .drop = drop_constraint,
};

}  // namespace pgmend::kinds::exclusion_room
