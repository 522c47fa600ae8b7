// SPDX-License-Identifier: MIT
// Operator families (PostgreSQL documentation, section 38.16.5, pg_opfamily in section 53.35), by
// access method: "money_ops USING btree". Whether an operator or function was added to the family
// or came with a class, servers note differently; here, what is for the type of a class alone
// belongs to that class, and all else to the family. Of a family that the server or an extension
// came with, an object holds what somebody added to it, and has the address of the first of that:
// with the family's own, the extension would need it and it the extension.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/added_members.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/joined.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::operator_family_room {

namespace {

constexpr std::string_view k_with = "WITH ";

constexpr std::string_view k_families = R"sql(,
first AS (
  SELECT DISTINCT ON (d.family) d.family, d.classid, d.objid FROM added d ORDER BY 1, 2, 3
)
SELECT n.nspname AS schema,
       '' AS relation,
       f.opfname || ' USING ' || m.amname AS name,
       coalesce(t.classid, 'pg_catalog.pg_opfamily'::pg_catalog.regclass::oid) AS classid,
       coalesce(t.objid, f.oid) AS objid,
       0 AS objsubid,
       (SELECT pg_catalog.array_agg(
                 'OPERATOR ' || a.amopstrategy || ' ' || a.amopopr::pg_catalog.regoperator::text
                 || coalesce(' FOR ORDER BY ' || pg_catalog.quote_ident(sn.nspname) || '.'
                             || pg_catalog.quote_ident(s.opfname), '')
                 ORDER BY a.amopstrategy, a.amopopr::pg_catalog.regoperator::text)
        FROM pg_catalog.pg_amop a
        LEFT JOIN pg_catalog.pg_opfamily s ON s.oid = a.amopsortfamily
        LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace
        WHERE a.amopfamily = f.oid
          AND CASE WHEN t.objid IS NULL
                   THEN a.amoplefttype <> a.amoprighttype
                        OR NOT EXISTS (SELECT 1 FROM pg_catalog.pg_opclass c
                                       WHERE c.opcfamily = f.oid AND c.opcintype = a.amoplefttype)
                   ELSE EXISTS (SELECT 1 FROM added d
                                WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
                                  AND d.objid = a.oid) END)
         AS operators,
       (SELECT pg_catalog.array_agg(
                 'FUNCTION ' || a.amprocnum || ' ('
                 || pg_catalog.format_type(a.amproclefttype, NULL) || ', '
                 || pg_catalog.format_type(a.amprocrighttype, NULL) || ') '
                 || a.amproc::pg_catalog.oid::pg_catalog.regprocedure::text
                 ORDER BY a.amprocnum, pg_catalog.format_type(a.amproclefttype, NULL),
                          pg_catalog.format_type(a.amprocrighttype, NULL))
        FROM pg_catalog.pg_amproc a
        WHERE a.amprocfamily = f.oid
          AND CASE WHEN t.objid IS NULL
                   THEN a.amproclefttype <> a.amprocrighttype
                        OR NOT EXISTS (SELECT 1 FROM pg_catalog.pg_opclass c
                                       WHERE c.opcfamily = f.oid AND c.opcintype = a.amproclefttype)
                   ELSE EXISTS (SELECT 1 FROM added d
                                WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
                                  AND d.objid = a.oid) END)
         AS functions,
       pg_catalog.quote_ident(f.opfname) || ' USING ' || pg_catalog.quote_ident(m.amname)
         AS signature,
       CASE WHEN t.objid IS NOT NULL
            THEN coalesce((SELECT 'extension ' || pg_catalog.quote_ident(x.extname)
                           FROM pg_catalog.pg_depend e
                           JOIN pg_catalog.pg_extension x ON x.oid = e.refobjid
                           WHERE e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
                             AND e.objid = f.oid AND e.deptype = 'e'), 'server') END AS comes_with
FROM pg_catalog.pg_opfamily f
JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
LEFT JOIN first t ON t.family = f.oid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = f.opfnamespace OFFSET 0) AS n
WHERE (t.objid IS NOT NULL OR f.oid NOT IN (SELECT g.family FROM given g))
  AND (t.objid IS NOT NULL OR n.nspname NOT LIKE 'pg\_%') -- whole
  -- narrowed: AND f.opfnamespace = ANY ($1::oid[])
ORDER BY n.nspname, 3
)sql";

constexpr auto k_query = Joined<k_with, k_added_members, k_families>::k_text;

constexpr std::string_view k_members = R"sql(
SELECT d.classid, d.objid, t.classid AS wholeclassid, t.objid AS wholeobjid
FROM added d
JOIN (SELECT DISTINCT ON (d.family) d.family, d.classid, d.objid FROM added d ORDER BY 1, 2, 3) AS t
  ON t.family = d.family
UNION ALL
SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass::oid, a.oid,
       'pg_catalog.pg_opfamily'::pg_catalog.regclass::oid, a.amopfamily
FROM pg_catalog.pg_amop a
WHERE a.oid >= 16384
  AND (a.amoplefttype <> a.amoprighttype
       OR NOT EXISTS (SELECT 1 FROM pg_catalog.pg_opclass c
                      WHERE c.opcfamily = a.amopfamily AND c.opcintype = a.amoplefttype))
UNION ALL
SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass::oid, a.oid,
       'pg_catalog.pg_opfamily'::pg_catalog.regclass::oid, a.amprocfamily
FROM pg_catalog.pg_amproc a
WHERE a.oid >= 16384
  AND (a.amproclefttype <> a.amprocrighttype
       OR NOT EXISTS (SELECT 1 FROM pg_catalog.pg_opclass c
                      WHERE c.opcfamily = a.amprocfamily AND c.opcintype = a.amproclefttype))
)sql";

constexpr auto k_parts_query = Joined<k_with, k_added_members, k_members>::k_text;

std::vector<std::string> elements_of(const Value& value) {
  return value.is_present() ? sql::parse_array(value.text()) : std::vector<std::string>{};
}

Judgement judge_members(const Difference& d) {
  if (without(elements_of(d.found), elements_of(d.wanted)).empty())
    return {.sort = Sort::missing, .consent = Consent::add};
  return judge_replace(d);
}

constexpr std::array k_attributes = {
    Attribute{.name = "operators",
              .doc = "operators of no class. Queries across types do not use its indexes",
              .judge = judge_members,
              .values = "[]"},
    Attribute{.name = "functions",
              .doc = "functions of no class. Queries across types do not use its indexes",
              .judge = judge_members,
              .values = "[]"},
    Attribute{.name = "signature",
              .doc = "quoted name and access method",
              .form = Attribute::Form::directive},
    Attribute{.name = "comes_with",
              .doc = "what the family came with, if it is not the database's own",
              .form = Attribute::Form::directive,
              .marks_newly_read = true},
};

std::string name_sql(const Object& family) {
  return fmt::format("{}.{}", sql::quote_ident(family.name.schema), family.text("signature"));
}

std::string alter(const Object& family, std::string_view action,
                  const std::vector<std::string>& members) {
  return fmt::format("ALTER OPERATOR FAMILY {} {} {}", name_sql(family), action,
                     text::join(members, ", "));
}

std::string statement(const Object& family, std::span<const std::string>) {
  return "CREATE OPERATOR FAMILY " + name_sql(family);
}

Recipe create(const Object& family, std::span<const std::string> elements, const Facts&) {
  std::vector<std::string> statements;
  if (!family.has("comes_with")) statements.push_back(statement(family, elements));
  for (const auto* attribute : {"operators", "functions"})
    if (family.has(attribute))
      statements.push_back(alter(family, "ADD", elements_of(family.value(attribute))));
  return in_catalogs(std::move(statements));
}

/// "OPERATOR 1 (integer, bigint)": a member is dropped by its number and types, which stand in the
/// last parentheses of an operator and in the first of a function.
std::string place_of(const std::string& member) {
  const auto words = member.substr(0, member.find(' ', member.find(' ') + 1));
  const bool is_operator = member.starts_with("OPERATOR");
  const auto order = member.find(" FOR ORDER BY ");
  const auto begin = is_operator ? member.rfind('(', order) : member.find('(');
  return fmt::format("{} {}", words, member.substr(begin, member.find(')', begin) + 1 - begin));
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  const auto wanted = elements_of(expected.value(attribute));
  const auto found = elements_of(actual.value(attribute));
  std::vector<std::string> statements;
  std::vector<std::string> gone;
  for (const auto& member : without(found, wanted)) gone.push_back(place_of(member));
  if (!gone.empty()) statements.push_back(alter(actual, "DROP", gone));
  const auto added = without(wanted, found);
  if (!added.empty()) statements.push_back(alter(expected, "ADD", added));
  return in_catalogs(std::move(statements));
}

/// What came with the server or an extension stays, without what was added.
Recipe drop(const Object& family) {
  if (family.has("comes_with")) {
    std::vector<std::string> gone;
    for (const auto* attribute : {"operators", "functions"})
      for (const auto& member : elements_of(family.value(attribute)))
        gone.push_back(place_of(member));
    return in_catalogs({alter(family, "DROP", gone)});
  }
  return in_catalogs({"DROP OPERATOR FAMILY " + name_sql(family)});
}

}  // namespace

const Kind k_operator_family = {
    .name = "operator_family",
    .plural = "operator families",
    .doc =
        "an operator family with what is of none of its classes, or what was added to one of "
        "the server or an extension",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_opfamily WHERE oid >= 16384 "
        "UNION ALL SELECT FROM pg_catalog.pg_amop WHERE oid >= 16384 "
        "UNION ALL SELECT FROM pg_catalog.pg_amproc WHERE oid >= 16384",
    .parts_query = k_parts_query,
    .attributes = k_attributes,
    .without = "no error: queries across types read whole tables",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::operator_family_room
