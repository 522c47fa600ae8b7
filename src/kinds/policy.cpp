// SPDX-License-Identifier: MIT
// Row security policies (PostgreSQL documentation, section 5.9, pg_policy in section 53.38).
// Whether a table obeys its policies at all is the table's business.
//
// Locks: CREATE, ALTER and DROP POLICY take a short ACCESS EXCLUSIVE.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::policy_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       t.relname AS relation,
       p.polname AS name,
       'pg_catalog.pg_policy'::pg_catalog.regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END AS form,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                     WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,
       (SELECT pg_catalog.array_agg(
                 CASE WHEN u.role = 0 THEN 'PUBLIC'
                      ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(u.role)) END
                 ORDER BY pg_catalog.pg_get_userbyid(u.role))
        FROM pg_catalog.unnest(p.polroles) AS u (role)) AS roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS "using",
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS with_check
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class t ON t.oid = p.polrelid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND p.polrelid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = t.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.relname, p.polname
)sql";

/// ALTER POLICY can change an expression, not take it away.
Judgement judge_expression(const Difference& d) {
  return d.wanted.is_present() ? judge_alter(d) : judge_replace(d);
}

constexpr std::array k_attributes = {
    Attribute{.name = "form",
              .doc = "permissive or restrictive. More rows are let through, or fewer",
              .judge = judge_replace,
              .values = "PERMISSIVE|RESTRICTIVE"},
    Attribute{.name = "command",
              .doc = "the command it is for. It holds for other commands: more rows are let "
                     "through, or fewer",
              .judge = judge_replace,
              .values = "SELECT|INSERT|UPDATE|DELETE|ALL"},
    Attribute{.name = "roles",
              .doc = "the roles it is for. It holds for other roles: they see or write what they "
                     "should not, or nothing",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "using",
              .doc = "which rows are seen. Other rows are seen",
              .form = Attribute::Form::text,
              .judge = judge_expression},
    Attribute{.name = "with_check",
              .words = "WITH CHECK",
              .doc = "which rows may be written. Other rows may be written",
              .form = Attribute::Form::text,
              .judge = judge_expression},
};

std::string expressions_sql(const Object& policy) {
  std::string out;
  if (policy.has("using")) out += fmt::format(" USING ({})", policy.text("using"));
  if (policy.has("with_check")) out += fmt::format(" WITH CHECK ({})", policy.text("with_check"));
  return out;
}

std::string statement(const Object& policy, std::span<const std::string>) {
  return fmt::format("CREATE POLICY {} ON {} AS {} FOR {} TO {}{}",
                     sql::quote_ident(policy.name.name), relation_sql(policy), policy.text("form"),
                     policy.text("command"), list(policy.text("roles")), expressions_sql(policy));
}

std::string drop_sql(const Object& policy) {
  return fmt::format("DROP POLICY {} ON {}", sql::quote_ident(policy.name.name),
                     relation_sql(policy));
}

Recipe one_statement(std::vector<std::string> statements) {
  return {.stages = {in_transaction(std::move(statements), Lock::access_exclusive, Cost::catalog)}};
}

Recipe create(const Object& policy, std::span<const std::string> elements, const Facts&) {
  return one_statement({statement(policy, elements)});
}

/// What ALTER POLICY says to change this attribute alone; empty if it cannot.
std::string alter_sql(const Object& policy, std::string_view attribute) {
  if (!policy.has(attribute)) return "";
  if (attribute == "roles") return "TO " + list(policy.text("roles"));
  if (attribute == "using") return fmt::format("USING ({})", policy.text("using"));
  if (attribute == "with_check") return fmt::format("WITH CHECK ({})", policy.text("with_check"));
  return "";
}

Recipe mend(const Object& expected, const Object&, std::string_view attribute, const Facts&) {
  const auto action = alter_sql(expected, attribute);
  if (action.empty()) return made_anew();
  return one_statement(
      {fmt::format("ALTER POLICY {} ON {} {}", sql::quote_ident(expected.name.name),
                   relation_sql(expected), action)});
}

Recipe drop(const Object& policy) {
  return one_statement({drop_sql(policy)});
}

}  // namespace

const Kind k_policy = {
    .name = "policy",
    .plural = "policies",
    .doc = "a row security policy with its command, roles and conditions",
    .owner = "",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_policy\n"
        "-- narrowed: WHERE polrelid = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "no error: it lets fewer rows through, or more",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::policy_room
