// SPDX-License-Identifier: MIT
// Composite types (PostgreSQL documentation, section 8.16, and ALTER TYPE).
//
// Attributes are added at the end only; changing one's type is refused by the server as long as
// a column holds the type.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::composite_type_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       t.typname AS name,
       'pg_catalog.pg_type'::pg_catalog.regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       (SELECT pg_catalog.array_agg(
                 pg_catalog.quote_ident(a.attname) || ' '
                 || pg_catalog.format_type(a.atttypid, a.atttypmod)
                 || CASE WHEN a.attcollation <> b.typcollation
                         THEN ' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.'
                              || pg_catalog.quote_ident(co.collname) ELSE '' END
                 ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
        LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_class c ON c.reltype = t.oid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.typnamespace OFFSET 0) AS n
WHERE t.typtype = 'c' AND c.relkind = 'c'
  -- narrowed: AND t.typnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                    AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY n.nspname, t.typname
)sql";

using Texts = std::vector<std::string>;

Texts elements_of(const Value& value) {
  return value.is_present() ? sql::parse_array(value.text()) : Texts{};
}

bool begins_with(const Texts& all, const Texts& first) {
  return first.size() <= all.size() && std::equal(first.begin(), first.end(), all.begin());
}

bool same_names(const Texts& a, const Texts& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const std::string& x, const std::string& y) {
                      return leading_name(x) == leading_name(y);
                    });
}

Judgement judge_attributes(const Difference& d) {
  const auto wanted = elements_of(d.wanted);
  const auto found = elements_of(d.found);
  if (begins_with(wanted, found)) return {.sort = Sort::missing, .consent = Consent::add};
  if (same_names(wanted, found)) return {.sort = Sort::different, .consent = Consent::alter};
  return {.sort = Sort::different,
          .consent = Consent::replace,
          .reason = "its attributes have other names, or stand in another order"};
}

constexpr std::array k_attributes = {
    Attribute{.name = "attributes",
              .doc = "attributes with type and collation, in order. Code that reads or makes such "
                     "values fails, or takes one part for another",
              .judge = judge_attributes,
              .values = "[]"},
};

std::string statement(const Object& type, std::span<const std::string>) {
  return fmt::format("CREATE TYPE {} AS ({})", own_sql(type),
                     text::join(elements_of(type.value("attributes")), ", "));
}

Recipe create(const Object& type, std::span<const std::string> elements, const Facts&) {
  return {.stages = {in_transaction({statement(type, elements)}, Lock::none, Cost::catalog)}};
}

std::string change(const std::string& element) {
  const auto name = leading_name(element);
  return fmt::format("ALTER ATTRIBUTE {} TYPE{}", name, element.substr(name.size()));
}

Recipe mend(const Object& expected, const Object& actual, std::string_view, const Facts&) {
  const auto wanted = elements_of(expected.value("attributes"));
  const auto found = elements_of(actual.value("attributes"));
  if (!begins_with(wanted, found) && !same_names(wanted, found)) return made_anew();
  Texts actions;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i >= found.size())
      actions.push_back("ADD ATTRIBUTE " + wanted[i]);
    else if (wanted[i] != found[i])
      actions.push_back(change(wanted[i]));
  }
  return {.stages = {in_transaction(
              {fmt::format("ALTER TYPE {} {}", own_sql(expected), text::join(actions, ", "))},
              Lock::none, Cost::catalog)}};
}

Recipe drop(const Object& type) {
  return {.stages = {in_transaction({"DROP TYPE " + own_sql(type)}, Lock::none, Cost::catalog)}};
}

}  // namespace

const Kind k_composite_type = {
    .name = "composite_type",
    .plural = "composite types",
    .doc = "a composite type with its attributes",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    // Without storage, which an index tells.
    .presence_query =
        "SELECT FROM pg_catalog.pg_class WHERE reltablespace = 0 AND relfilenode = 0 "
        "AND relkind = 'c' AND oid >= 16384",
    .attributes = k_attributes,
    .without = "type \"{name}\" does not exist",
    .occupants_query = k_relation_occupants,
    .statement = statement,
    .create = create,
    .mend = mend,
    .renaming = type_renaming,
    .drop = drop,
};

}  // namespace pgmend::kinds::composite_type_room
