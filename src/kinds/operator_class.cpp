// SPDX-License-Identifier: MIT
// Operator classes (PostgreSQL documentation, section 38.16, pg_opclass in section 53.33), by
// access method: "money_ops USING btree". To a class belong the operators and functions of its
// family for its type alone, as operator_family.cpp says; of several classes for one type, to the
// first.
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

namespace pgmend::kinds::operator_class_room {

namespace {

// `loose` are those members that the server does not drop with the class.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.opcname || ' USING ' || m.amname AS name,
       'pg_catalog.pg_opclass'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format_type(c.opcintype, NULL) AS type,
       CASE WHEN c.opcdefault THEN 'DEFAULT' END AS "default",
       pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.opfname) AS family,
       CASE WHEN c.opckeytype <> 0 THEN pg_catalog.format_type(c.opckeytype, NULL) END AS storage,
       (SELECT pg_catalog.array_agg(
                 'OPERATOR ' || a.amopstrategy || ' ' || a.amopopr::pg_catalog.regoperator::text
                 || coalesce(' FOR ORDER BY ' || pg_catalog.quote_ident(sn.nspname) || '.'
                             || pg_catalog.quote_ident(s.opfname), '')
                 ORDER BY a.amopstrategy)
        FROM pg_catalog.pg_amop a
        LEFT JOIN pg_catalog.pg_opfamily s ON s.oid = a.amopsortfamily
        LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace
        WHERE first.is_first AND a.amopfamily = c.opcfamily AND a.amoplefttype = c.opcintype
          AND a.amoprighttype = c.opcintype) AS operators,
       (SELECT pg_catalog.array_agg(
                 'FUNCTION ' || a.amprocnum || ' ('
                 || pg_catalog.format_type(c.opcintype, NULL) || ', '
                 || pg_catalog.format_type(c.opcintype, NULL) || ') '
                 || a.amproc::pg_catalog.oid::pg_catalog.regprocedure::text
                 ORDER BY a.amprocnum)
        FROM pg_catalog.pg_amproc a
        WHERE first.is_first AND a.amprocfamily = c.opcfamily AND a.amproclefttype = c.opcintype
          AND a.amprocrighttype = c.opcintype) AS functions,
       (SELECT pg_catalog.array_agg(l.what ORDER BY l.what)
        FROM (SELECT d.classid, d.objid,
                     coalesce('OPERATOR ' || a.amopstrategy, 'FUNCTION ' || p.amprocnum) AS what
              FROM pg_catalog.pg_depend d
              LEFT JOIN pg_catalog.pg_amop a
                ON d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND a.oid = d.objid
               AND a.amoplefttype = c.opcintype AND a.amoprighttype = c.opcintype
              LEFT JOIN pg_catalog.pg_amproc p
                ON d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND p.oid = d.objid
               AND p.amproclefttype = c.opcintype AND p.amprocrighttype = c.opcintype
              WHERE d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
                AND d.refobjid = c.opcfamily) AS l
        WHERE first.is_first AND l.what IS NOT NULL) AS loose,
       pg_catalog.quote_ident(c.opcname) || ' USING ' || pg_catalog.quote_ident(m.amname)
         AS signature,
       pg_catalog.quote_ident(m.amname) AS method
FROM pg_catalog.pg_opclass c
JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod
JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
CROSS JOIN LATERAL (
  SELECT NOT EXISTS (SELECT 1 FROM pg_catalog.pg_opclass o
                     WHERE o.opcfamily = c.opcfamily AND o.opcintype = c.opcintype
                       AND (o.oid < 16384 AND c.oid >= 16384
                            OR (o.oid < 16384) = (c.oid < 16384) AND o.opcname < c.opcname))
    AS is_first) AS first
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.opcnamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND c.opcnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, 3
)sql";

constexpr std::string_view k_with = "WITH ";

constexpr std::string_view k_members = R"sql(
SELECT e.classid, e.objid,
       'pg_catalog.pg_opclass'::pg_catalog.regclass::oid AS wholeclassid,
       (SELECT c.oid FROM pg_catalog.pg_opclass c
        WHERE c.opcfamily = e.family AND c.opcintype = e.type
        ORDER BY c.oid >= 16384, c.opcname LIMIT 1) AS wholeobjid
FROM (
  SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass::oid AS classid, a.oid AS objid,
         a.amopfamily AS family, a.amoplefttype AS type
  FROM pg_catalog.pg_amop a WHERE a.oid >= 16384 AND a.amoplefttype = a.amoprighttype
  UNION ALL
  SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass::oid, a.oid, a.amprocfamily, a.amproclefttype
  FROM pg_catalog.pg_amproc a WHERE a.oid >= 16384 AND a.amproclefttype = a.amprocrighttype
) AS e
WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_opclass c
              WHERE c.opcfamily = e.family AND c.opcintype = e.type)
  AND (e.classid, e.objid) NOT IN (SELECT d.classid, d.objid FROM added d)
)sql";

constexpr auto k_parts_query = Joined<k_with, k_added_members, k_members>::k_text;

constexpr std::array k_attributes = {
    Attribute{.name = "type",
              .doc = "data type it is for. Indexes of the other type cannot be created",
              .judge = judge_replace},
    Attribute{.name = "default",
              .doc = "whether it is used where none is named. Indexes that name no operator class "
                     "cannot be created, or use another",
              .judge = judge_replace,
              .values = "DEFAULT"},
    Attribute{.name = "family",
              .doc = "operator family. Queries across types do not use its indexes",
              .judge = judge_replace},
    Attribute{.name = "storage",
              .doc = "type that is stored. Indexes store values in another way",
              .judge = judge_replace},
    Attribute{
        .name = "operators",
        .doc =
            "operators by number. Queries with an operator that is not in it do not use the index",
        .judge = judge_replace,
        .values = "[]"},
    Attribute{.name = "functions",
              .doc = "support functions by number. Indexes sort or hash in another way",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "loose",
              .doc = "members that outlive it",
              .form = Attribute::Form::directive,
              .values = "[]"},
    Attribute{.name = "signature",
              .doc = "quoted name and access method",
              .form = Attribute::Form::directive},
    Attribute{.name = "method", .doc = "access method", .form = Attribute::Form::directive},
};

std::string name_sql(const Object& opclass) {
  return fmt::format("{}.{}", sql::quote_ident(opclass.name.schema), opclass.text("signature"));
}

/// Storage of the type itself says nothing, and is said where nothing else can be.
std::string statement(const Object& opclass, std::span<const std::string>) {
  std::vector<std::string> members;
  for (const auto* attribute : {"operators", "functions"})
    if (opclass.has(attribute)) members.push_back(list(opclass.text(attribute)));
  if (opclass.has("storage") || members.empty())
    members.push_back("STORAGE " + opclass.text(opclass.has("storage") ? "storage" : "type"));
  const auto& signature = opclass.text("signature");
  const auto using_method = " USING " + opclass.text("method");
  return fmt::format("CREATE OPERATOR CLASS {}.{} {}FOR TYPE {}{} FAMILY {} AS {}",
                     sql::quote_ident(opclass.name.schema),
                     signature.substr(0, signature.size() - using_method.size()),
                     opclass.has("default") ? "DEFAULT " : "", opclass.text("type"), using_method,
                     opclass.text("family"), text::join(members, ", "));
}

std::vector<std::string> drop_sql(const Object& opclass) {
  std::vector<std::string> statements = {"DROP OPERATOR CLASS " + name_sql(opclass)};
  if (!opclass.has("loose")) return statements;
  std::vector<std::string> gone;
  for (const auto& member : sql::parse_array(opclass.text("loose")))
    gone.push_back(fmt::format("{} ({})", member, opclass.text("type")));
  statements.push_back(fmt::format("ALTER OPERATOR FAMILY {} USING {} DROP {}",
                                   opclass.text("family"), opclass.text("method"),
                                   text::join(gone, ", ")));
  return statements;
}

Recipe create(const Object& opclass, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(opclass, elements)});
}

/// Indexes that use it stand against this, as they should: they would be out of order.
Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& opclass) {
  return in_catalogs(drop_sql(opclass));
}

}  // namespace

const Kind k_operator_class = {
    .name = "operator_class",
    .plural = "operator classes",
    .doc = "an operator class with its operators and functions",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_opclass WHERE oid >= 16384",
    .parts_query = k_parts_query,
    .attributes = k_attributes,
    .without = "operator class \"{name}\" does not exist, or queries do not use an index",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::operator_class_room
