// SPDX-License-Identifier: MIT
// Comments on all that is in a database (PostgreSQL documentation, pg_description in section 53.19,
// COMMENT); those on large objects are data. A comment has no name: it is called by what it is on,
// "table column public.users.email", and has the address of that, so that it is made after it.
//
// Locks: COMMENT ON TABLE and COLUMN take SHARE UPDATE EXCLUSIVE, which blocks neither reads nor
// writes; on parts of a table they take ACCESS SHARE.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::comment_room {

namespace {

// The mark of a column whose rows are being filled is not a comment. Objects below 16384 are the
// server's own, and so are their comments, but for the schema public and the extension plpgsql.
// What a database begins with, or an extension says of itself, nobody said.
constexpr std::string_view k_query = R"sql(
SELECT coalesce(n.nspname, '') AS schema,
       '' AS relation,
       i.type || ' ' || i.identity AS name,
       d.classoid AS classid,
       d.objoid AS objid,
       d.objsubid AS objsubid,
       d.description AS text,
       i.type AS type,
       i.identity AS identity
FROM (SELECT * FROM pg_catalog.pg_description x -- first of all: the server has thousands of its own
      WHERE x.objoid >= 16384
         OR x.classoid IN ('pg_catalog.pg_namespace'::pg_catalog.regclass,
                           'pg_catalog.pg_extension'::pg_catalog.regclass) OFFSET 0) AS d
CROSS JOIN LATERAL (
  -- Up to version 17 a transform is "for integer on language sql".
  SELECT type, schema,
         CASE WHEN type = 'transform'
              THEN pg_catalog.regexp_replace(
                     identity, ' on (language ("([^"]|"")+"|[^" ]+))$', E' \\1')
              ELSE identity END AS identity
  FROM pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid)) AS i
LEFT JOIN LATERAL (
  SELECT g.tgrelid AS oid FROM pg_catalog.pg_trigger g
  WHERE d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND g.oid = d.objoid
  UNION ALL
  SELECT p.polrelid FROM pg_catalog.pg_policy p
  WHERE d.classoid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = d.objoid
  UNION ALL
  SELECT w.ev_class FROM pg_catalog.pg_rewrite w
  WHERE d.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND w.oid = d.objoid
) AS part ON true
LEFT JOIN pg_catalog.pg_class t ON t.oid = part.oid
LEFT JOIN pg_catalog.pg_constraint k
  ON d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = d.objoid
-- What stands in a schema is described with its quoted name; the others are in that of their owner.
LEFT JOIN LATERAL (
  SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
  WHERE n.oid = coalesce(t.relnamespace, k.connamespace,
                         CASE WHEN d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                              THEN d.objoid END)
  UNION
  SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
  WHERE n.nspname = CASE WHEN i.schema LIKE '"%'
                         THEN pg_catalog.replace(pg_catalog.substr(
                                i.schema, 2, pg_catalog.length(i.schema) - 2), '""', '"')
                         ELSE i.schema END
  OFFSET 0) AS n ON true
WHERE (d.objoid >= 16384 OR i.type = 'schema' AND d.objoid = 2200 -- public, whatever its name is now
       OR i.type = 'extension' AND i.identity = 'plpgsql')
  AND i.type NOT IN ('large object', 'subscription')
  AND d.description <> 'pgmend: existing rows are being filled'
  AND NOT (i.type = 'schema' AND (d.objoid = 2200 OR i.identity = 'public')
           AND d.description = 'standard public schema')
  AND NOT (i.type = 'extension'
           AND EXISTS (SELECT 1 FROM pg_catalog.pg_available_extensions() AS a
                       WHERE pg_catalog.quote_ident(a.name) = i.identity
                         AND a.comment = d.description))
  AND coalesce(n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema', true)
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.objsubid = 0
                    AND e.deptype = 'e')
  -- narrowed: AND coalesce(n.oid, 0) = ANY ($1::oid[])
ORDER BY 1, 3
)sql";

constexpr std::array k_attributes = {
    Attribute{
        .name = "text",
        .doc = "what it says. Nothing for an application; people and tools read something else",
        .judge = judge_alter,
        .verbatim = true},
    Attribute{.name = "type", .doc = "what it is on", .form = Attribute::Form::directive},
    Attribute{
        .name = "identity", .doc = "the name of what it is on", .form = Attribute::Form::directive},
};

/// Where " on " stands in the identity of a part, between the quoted names.
std::size_t position_of_on(const std::string& identity) {
  return std::min(identity.size(), sql::find_outside_quotes(identity, " on "));
}

/// What COMMENT ON calls the object, in the words of pg_identify_object.
std::string target_sql(const Object& comment) {
  const auto& type = comment.text("type");
  const auto& identity = comment.text("identity");
  if (type.ends_with(" column")) return "COLUMN " + identity;
  if (type == "table constraint") return "CONSTRAINT " + identity;
  if (type == "domain constraint") {
    const auto on = position_of_on(identity);
    return fmt::format("CONSTRAINT {} ON DOMAIN {}", identity.substr(0, on),
                       identity.substr(on + 4));
  }
  if (type == "composite type") return "TYPE " + identity;
  if (type == "foreign-data wrapper") return "FOREIGN DATA WRAPPER " + identity;
  if (type == "statistics object") return "STATISTICS " + identity;
  if (type == "aggregate" && identity.ends_with("()"))
    return fmt::format("AGGREGATE {}(*)", identity.substr(0, identity.size() - 2));
  return fmt::format("{} {}", type, identity);
}

Lock lock_of(const Object& comment) {
  const auto& type = comment.text("type");
  if (type.ends_with(" column") || type.ends_with("table") || type.ends_with("view") ||
      type == "sequence")
    return Lock::share_update_exclusive;
  for (const auto* part : {"table constraint", "trigger", "policy", "rule"})
    if (type == part) return Lock::access_share;
  return Lock::none;
}

Recipe say(const Object& comment, const std::string& literal) {
  return {
      .stages = {in_transaction({fmt::format("COMMENT ON {} IS {}", target_sql(comment), literal)},
                                lock_of(comment), Cost::catalog)}};
}

std::string statement(const Object& comment, std::span<const std::string>) {
  return fmt::format("COMMENT ON {} IS {}", target_sql(comment),
                     sql::quote_literal(comment.text("text")));
}

Recipe create(const Object& comment, std::span<const std::string>, const Facts&) {
  return say(comment, sql::quote_literal(comment.text("text")));
}

Recipe mend(const Object& expected, const Object&, std::string_view, const Facts&) {
  return say(expected, sql::quote_literal(expected.text("text")));
}

Recipe drop(const Object& comment) {
  return say(comment, "NULL");
}

}  // namespace

const Kind k_comment = {
    .name = "comment",
    .plural = "comments",
    .doc = "a comment on an object",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .attributes = k_attributes,
    .without = "no error: people and tools that read it find nothing",
    .spelled_out = true,
    .describes = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::comment_room
