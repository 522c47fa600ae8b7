// SPDX-License-Identifier: MIT
// Domains (PostgreSQL documentation, section 8.18, and ALTER DOMAIN).
//
// Locks: a new check, a validation and SET NOT NULL read every table with a column of the domain,
// under SHARE, which blocks writes. All else is a matter of the catalogs.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::domain_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       t.typname AS name,
       'pg_catalog.pg_type'::pg_catalog.regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format_type(t.typbasetype, t.typtypmod) AS type,
       CASE WHEN t.typcollation <> b.typcollation
            THEN pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
       END AS collation,
       pg_catalog.pg_get_expr(t.typdefaultbin, 0) AS "default",
       CASE WHEN t.typnotnull THEN 'NOT NULL' END AS not_null,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(k.conname) || ' CHECK ('
                                    || pg_catalog.pg_get_expr(k.conbin, 0) || ')'
                                    ORDER BY k.conname)
        FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(k.conname) ORDER BY k.conname)
        FROM pg_catalog.pg_constraint k
        WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated) AS not_valid,
       (SELECT 'used' FROM pg_catalog.pg_depend u
        WHERE u.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
          AND u.refobjid = t.oid AND u.deptype = 'n'
          AND u.classid = 'pg_catalog.pg_class'::pg_catalog.regclass LIMIT 1) AS used
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation co ON co.oid = t.typcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.typnamespace OFFSET 0) AS n
WHERE t.typtype = 'd'
  -- narrowed: AND t.typnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                    AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY n.nspname, t.typname
)sql";

std::vector<std::string> elements_of(const Value& value) {
  return value.is_present() ? sql::parse_array(value.text()) : std::vector<std::string>{};
}

Judgement judge_base(const Difference&) {
  return {.sort = Sort::different,
          .consent = Consent::replace,
          .reason = "what a domain is made of cannot be changed, only made anew"};
}

Judgement judge_checks(const Difference& d) {
  if (without(elements_of(d.found), elements_of(d.wanted)).empty())
    return {.sort = Sort::missing, .consent = Consent::add};
  return {.sort = Sort::different, .consent = Consent::alter};
}

Judgement judge_not_valid(const Difference& d) {
  if (without(elements_of(d.found), elements_of(d.wanted)).empty())
    return worth_knowing("existing values were checked, which was not expected");
  auto judgement = judge_effect(d);
  judgement.reason = "existing values were never checked against it";
  return judgement;
}

constexpr std::array k_attributes = {
    Attribute{
        .name = "type",
        .doc = "base type with its modifiers. Values do not fit, or come back as another type",
        .judge = judge_base},
    Attribute{
        .name = "collation",
        .doc = "collation, where it is not the base type's own. Texts sort and compare differently",
        .judge = judge_base},
    Attribute{.name = "default",
              .doc = "default expression. INSERTs that leave such a column out store another value",
              .form = Attribute::Form::text,
              .judge = judge_part},
    Attribute{.name = "not_null",
              .words = "NOT NULL",
              .doc = "nullability. NULLs get in that the code does not expect, or INSERTs fail",
              .judge = judge_part,
              .values = "NOT NULL"},
    Attribute{.name = "checks",
              .doc = "check constraints by name. Values are accepted that should not be, or "
                     "refused that should not be",
              .form = Attribute::Form::text,
              .judge = judge_checks,
              .values = "[]"},
    Attribute{
        .name = "not_valid",
        .doc =
            "checks that existing values were not held against. Values from before may violate it",
        .judge = judge_not_valid,
        .values = "[]"},
    Attribute{.name = "used",
              .doc = "whether a relation has a column of it",
              .form = Attribute::Form::directive,
              .values = "used"},
};

std::string statement(const Object& domain, std::span<const std::string>) {
  auto out = fmt::format("CREATE DOMAIN {} AS {}", own_sql(domain), domain.text("type"));
  if (domain.has("collation")) out += " COLLATE " + domain.text("collation");
  if (domain.has("default")) out += " DEFAULT " + domain.text("default");
  if (domain.has("not_null")) out += " NOT NULL";
  for (const auto& check : elements_of(domain.value("checks"))) out += " CONSTRAINT " + check;
  return out;
}

Recipe create(const Object& domain, std::span<const std::string> elements, const Facts&) {
  return {.stages = {in_transaction({statement(domain, elements)}, Lock::none, Cost::catalog)}};
}

std::vector<std::string> change_checks(const Object& expected, const Object& actual) {
  const auto wanted = elements_of(expected.value("checks"));
  const auto found = elements_of(actual.value("checks"));
  const auto alter = "ALTER DOMAIN " + own_sql(expected);
  std::vector<std::string> statements;
  for (const auto& check : without(found, wanted))
    statements.push_back(fmt::format("{} DROP CONSTRAINT {}", alter, leading_name(check)));
  for (const auto& check : without(wanted, found))
    statements.push_back(fmt::format("{} ADD CONSTRAINT {}", alter, check));
  return statements;
}

std::vector<std::string> validate(const Object& expected, const Object& actual) {
  std::vector<std::string> statements;
  for (const auto& check :
       without(elements_of(actual.value("not_valid")), elements_of(expected.value("not_valid"))))
    statements.push_back(
        fmt::format("ALTER DOMAIN {} VALIDATE CONSTRAINT {}", own_sql(expected), check));
  return statements;
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  const auto changed = [&](std::vector<std::string> statements, bool reads) {
    const bool locks = reads && actual.has("used");
    return Recipe{.stages = {in_transaction(std::move(statements), locks ? Lock::share : Lock::none,
                                            locks ? Cost::scan : Cost::catalog)}};
  };
  if (attribute == "type" || attribute == "collation") return made_anew();
  const auto alter = "ALTER DOMAIN " + own_sql(expected);
  if (attribute == "default")
    return changed({expected.has("default") ? alter + " SET DEFAULT " + expected.text("default")
                                            : alter + " DROP DEFAULT"},
                   false);
  if (attribute == "not_null")
    return changed({alter + (expected.has("not_null") ? " SET NOT NULL" : " DROP NOT NULL")},
                   expected.has("not_null"));
  if (attribute == "not_valid") return changed(validate(expected, actual), true);
  const bool adds =
      !without(elements_of(expected.value("checks")), elements_of(actual.value("checks"))).empty();
  return changed(change_checks(expected, actual), adds);
}

Recipe drop(const Object& domain) {
  return {
      .stages = {in_transaction({"DROP DOMAIN " + own_sql(domain)}, Lock::none, Cost::catalog)}};
}

}  // namespace

const Kind k_domain = {
    .name = "domain",
    .plural = "domains",
    .doc = "a domain with its base type, default, nullability and checks",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_type WHERE typtype = 'd' AND oid >= 16384",
    .attributes = k_attributes,
    .without = "type \"{name}\" does not exist",
    .occupants_query = k_type_occupants,
    .statement = statement,
    .create = create,
    .mend = mend,
    .renaming = type_renaming,
    .drop = drop,
};

}  // namespace pgmend::kinds::domain_room
