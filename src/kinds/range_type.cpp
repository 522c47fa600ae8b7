// SPDX-License-Identifier: MIT
// Range types (PostgreSQL documentation, section 8.17, and CREATE TYPE).
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::range_type_room {

namespace {

// The name of the multirange type is qualified: bare, it would land where the search path points.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       t.typname AS name,
       'pg_catalog.pg_type'::pg_catalog.regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format_type(r.rngsubtype, NULL) AS subtype,
       CASE WHEN NOT oc.opcdefault
            THEN pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname)
       END AS operator_class,
       CASE WHEN r.rngcollation <> s.typcollation
            THEN pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
       END AS collation,
       (SELECT pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
        FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
        WHERE f.oid = r.rngcanonical) AS canonical,
       (SELECT pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
        FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
        WHERE f.oid = r.rngsubdiff) AS difference,
       (SELECT pg_catalog.quote_ident(mn.nspname) || '.' || pg_catalog.quote_ident(m.typname) -- since 14
        FROM pg_catalog.pg_type m -- since 14
        JOIN pg_catalog.pg_namespace mn ON mn.oid = m.typnamespace -- since 14
        WHERE m.oid = r.rngmultitypid) AS multirange -- since 14
       -- before 14: NULL AS multirange
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
JOIN pg_catalog.pg_opclass oc ON oc.oid = r.rngsubopc
JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
LEFT JOIN pg_catalog.pg_collation co ON co.oid = r.rngcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.typnamespace OFFSET 0) AS n
WHERE t.typtype = 'r'
  -- narrowed: AND t.typnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                    AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY n.nspname, t.typname
)sql";

Judgement judge_part_of_type(const Difference&) {
  return {.sort = Sort::different,
          .consent = Consent::replace,
          .reason = "what a range type is made of cannot be changed, only made anew"};
}

Judgement judge_multirange(const Difference&) {
  return {.sort = Sort::different,
          .consent = Consent::never,
          .reason = "its multirange type has another name, which texts may use",
          .hint = "rename it: ALTER TYPE ... RENAME TO ..."};
}

constexpr std::array k_attributes = {
    Attribute{.name = "subtype",
              .doc = "type of its bounds. Bounds do not fit, or compare differently",
              .judge = judge_part_of_type},
    Attribute{
        .name = "operator_class",
        .doc = "operator class, where it is not the subtype's default. Ranges compare differently",
        .judge = judge_part_of_type},
    Attribute{.name = "collation",
              .doc = "collation, where it is not the subtype's own. Ranges compare differently",
              .judge = judge_part_of_type},
    Attribute{.name = "canonical",
              .doc = "canonicalization function. Equal ranges do not compare as equal",
              .judge = judge_part_of_type},
    Attribute{.name = "difference",
              .doc = "difference function. Indexes on it are slower",
              .judge = judge_part_of_type},
    Attribute{.name = "multirange",
              .doc = "name of its multirange type. Code that names the multirange type fails",
              .since = 14,
              .judge = judge_multirange},
};

std::string statement(const Object& type, std::span<const std::string>) {
  std::vector<std::string> parts = {"SUBTYPE = " + type.text("subtype")};
  const auto add = [&](std::string_view word, std::string_view attribute) {
    if (type.has(attribute)) parts.push_back(fmt::format("{} = {}", word, type.text(attribute)));
  };
  add("SUBTYPE_OPCLASS", "operator_class");
  add("COLLATION", "collation");
  add("CANONICAL", "canonical");
  add("SUBTYPE_DIFF", "difference");
  add("MULTIRANGE_TYPE_NAME", "multirange");
  return fmt::format("CREATE TYPE {} AS RANGE ({})", own_sql(type), text::join(parts, ", "));
}

Recipe create(const Object& type, std::span<const std::string> elements, const Facts&) {
  // The function takes the type and the type names the function: only a shell type breaks that
  // circle, and only C can write a function for one.
  if (type.has("canonical"))
    return {.stages = {},
            .refusal = "its canonicalization function has to be made between two halves of it",
            .hint = "create both as CREATE TYPE (\"Range Types\") describes"};
  return {.stages = {in_transaction({statement(type, elements)}, Lock::none, Cost::catalog)}};
}

Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& type) {
  return {.stages = {in_transaction({"DROP TYPE " + own_sql(type)}, Lock::none, Cost::catalog)}};
}

}  // namespace

const Kind k_range_type = {
    .name = "range_type",
    .plural = "range types",
    .doc = "a range type with its subtype and functions",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_range WHERE rngtypid >= 16384",
    .attributes = k_attributes,
    .without = "type \"{name}\" does not exist",
    .occupants_query = k_type_occupants,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::range_type_room
