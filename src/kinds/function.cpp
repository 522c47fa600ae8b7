// SPDX-License-Identifier: MIT
// Functions and procedures (PostgreSQL documentation, pg_proc in section 53.39, CREATE FUNCTION,
// CREATE PROCEDURE). One kind for both: they share one space of names and argument types. The name
// is `name(type, type)`, so that each overload is an object of its own.
//
// Locks: none on tables. A body in quotes is not looked into (check_function_bodies is off), so
// that what it names may come later; one in the SQL standard's form is parsed, and reads what it
// names.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/routine.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::function_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' AS name,
       'pg_catalog.pg_proc'::pg_catalog.regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS form,
       pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
       pg_catalog.pg_get_function_result(p.oid) AS returns,
       pg_catalog.quote_ident(l.lanname) AS language,
       CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END AS body, -- since 14
       -- before 14: p.prosrc AS body,
       pg_catalog.pg_get_function_sqlbody(p.oid) AS sql_body, -- since 14
       -- before 14: NULL AS sql_body,
       p.probin AS library,
       CASE WHEN p.prokind = 'w' THEN 'WINDOW' END AS "window",
       (SELECT pg_catalog.array_agg('FOR TYPE ' || pg_catalog.format_type(t, NULL) ORDER BY i)
        FROM pg_catalog.unnest(p.protrftypes) WITH ORDINALITY AS u (t, i)) AS transforms,
       CASE WHEN p.prokind <> 'p'
            THEN CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE'
                                    ELSE 'VOLATILE' END END AS volatility,
       CASE WHEN p.prokind <> 'p' AND p.proisstrict THEN 'STRICT' END AS strict,
       CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END AS security,
       CASE WHEN p.proleakproof THEN 'LEAKPROOF' END AS leakproof,
       CASE WHEN p.prokind <> 'p'
            THEN CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED'
                                    ELSE 'UNSAFE' END END AS parallel,
       CASE WHEN p.prokind <> 'p' THEN p.procost END AS cost,
       CASE WHEN p.proretset THEN p.prorows END AS rows,
       CASE WHEN p.prosupport <> 0 THEN p.prosupport::pg_catalog.regproc END AS support,
       (SELECT pg_catalog.array_agg(s ORDER BY s) FROM pg_catalog.unnest(p.proconfig) AS s)
         AS settings,
       pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')'
         AS signature,
       pg_catalog.oidvectortypes(p.proargtypes) AS types,
       pg_catalog.pg_get_function_identity_arguments(p.oid) AS parameters,
       p.pronargdefaults AS defaults
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = p.pronamespace OFFSET 0) AS n
WHERE p.prokind IN ('f', 'p', 'w')
  -- narrowed: AND p.pronamespace = ANY ($1::oid[])
  -- all but: AND p.oid <> ALL ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND p.oid NOT IN (SELECT e.objid FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                      AND e.deptype IN ('e', 'i'))
ORDER BY n.nspname, p.proname, 3
)sql";

int defaults_of(const Object& function) {
  return function.has("defaults") ? std::stoi(function.text("defaults")) : 0;
}

/// What CREATE OR REPLACE refuses (documentation, CREATE FUNCTION, "Notes").
bool keeps_its_shape(const Object& expected, const Object& actual) {
  return agree(expected, actual, {"form", "returns", "window", "parameters"}) &&
         defaults_of(expected) >= defaults_of(actual);
}

/// Indentation is not what a body does. In other languages it may be.
Judgement judge_body(const Difference& d) {
  const auto& language = d.expected.text("language");
  const bool is_free_form = language == "sql" || language == "plpgsql";
  if (is_free_form && same_but_for_space(d.wanted.text(), d.found.text()))
    return worth_knowing("only white space differs");
  return judge_replace(d);
}

constexpr std::array k_attributes = {
    Attribute{.name = "form",
              .doc = "function or procedure. CALL fails, or SELECT does",
              .judge = judge_replace,
              .values = "FUNCTION|PROCEDURE"},
    Attribute{.name = "arguments",
              .doc = "arguments with modes, names, types and defaults. Calls that name arguments "
                     "or leave defaults out fail",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{
        .name = "returns", .doc = "return type. Queries get another type", .judge = judge_replace},
    Attribute{
        .name = "language", .doc = "language. It does something else", .judge = judge_replace},
    Attribute{.name = "body",
              .doc = "source text, or the symbol in C. It does something else",
              .judge = judge_body,
              .verbatim = true,
              .names_schemas = true},
    Attribute{.name = "sql_body",
              .doc = "body in the SQL standard's form. It does something else",
              .form = Attribute::Form::text,
              .since = 14,
              .judge = judge_replace},
    Attribute{.name = "library",
              .doc = "file of a function in C. Other code is loaded",
              .judge = judge_replace,
              .verbatim = true},
    Attribute{.name = "window",
              .doc = "window function. Calls with OVER fail, or calls without it",
              .judge = judge_replace,
              .values = "WINDOW"},
    Attribute{.name = "transforms",
              .doc = "transforms to apply. It gets its arguments in another form",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "volatility",
              .doc = "volatility. Queries are slower, or use an outdated result; indexes that need "
                     "IMMUTABLE cannot be created",
              .judge = judge_alter,
              .values = "IMMUTABLE|STABLE|VOLATILE"},
    Attribute{
        .name = "strict",
        .doc =
            "NULL in, NULL out. NULLs are passed in that it does not expect, or are not passed in",
        .judge = judge_alter,
        .values = "STRICT"},
    Attribute{.name = "security",
              .doc = "whose rights it runs with. It runs with other rights: permission denied, or "
                     "more than anybody should be allowed",
              .judge = judge_alter,
              .values = "SECURITY DEFINER"},
    Attribute{
        .name = "leakproof",
        .doc = "has no side effects to tell. Queries through security barriers are slower, or leak",
        .judge = judge_alter,
        .values = "LEAKPROOF"},
    Attribute{.name = "parallel",
              .doc = "use in parallel queries. Queries run without parallel workers, or with them "
                     "where that is wrong",
              .judge = judge_alter,
              .values = "SAFE|RESTRICTED|UNSAFE"},
    Attribute{
        .name = "cost", .doc = "estimated cost. Queries may get other plans", .judge = judge_alter},
    Attribute{.name = "rows",
              .doc = "estimated number of rows. Queries may get other plans",
              .judge = judge_alter},
    Attribute{.name = "support",
              .doc = "planner support function. Queries may get other plans",
              .judge = judge_replace},
    Attribute{.name = "settings",
              .doc = "settings while it runs. It runs with another search_path or other settings: "
                     "names in it may mean something else",
              .judge = judge_alter,
              .verbatim = true,
              .names_schemas = true,
              .values = "[]"},
    Attribute{.name = "signature",
              .doc = "quoted name and argument types",
              .form = Attribute::Form::directive},
    Attribute{.name = "types", .doc = "argument types", .form = Attribute::Form::directive},
    Attribute{.name = "parameters",
              .doc = "arguments without defaults",
              .form = Attribute::Form::directive},
    Attribute{.name = "defaults",
              .doc = "number of defaults",
              .form = Attribute::Form::directive,
              .values = "#"},
};

std::string body_sql(const Object& function) {
  if (function.has("sql_body")) return function.text("sql_body");
  if (function.has("library"))
    return fmt::format("AS {}, {}", sql::quote_literal(function.text("library")),
                       sql::quote_literal(function.text("body")));
  return "AS " + sql::dollar_quote(function.text("body"));
}

std::string options_sql(const Object& function) {
  std::string out;
  for (const auto* word : {"window", "volatility", "strict", "security", "leakproof"})
    if (function.has(word)) out += ' ' + function.text(word);
  for (const auto& [name, word] : {std::pair{"parallel", " PARALLEL "},
                                   {"cost", " COST "},
                                   {"rows", " ROWS "},
                                   {"support", " SUPPORT "}})
    if (function.has(name)) out += word + function.text(name);
  return out + settings_sql(function.text("settings"));
}

std::string create_sql(const Object& function, std::string_view create) {
  auto out = fmt::format("{} {} {}({})", create, function.text("form"), routine_name(function),
                         function.text("arguments"));
  if (function.has("returns")) out += " RETURNS " + function.text("returns");
  out += " LANGUAGE " + function.text("language");
  if (function.has("transforms")) out += " TRANSFORM " + list(function.text("transforms"));
  return out + options_sql(function) + '\n' + body_sql(function);
}

std::string statement(const Object& function, std::span<const std::string>) {
  return create_sql(function, "CREATE");
}

Lock lock_of(const Object& function) {
  return function.has("sql_body") ? reading_lock(function) : Lock::none;
}

Recipe create(const Object& function, std::span<const std::string> elements, const Facts&) {
  return {.stages = {
              in_transaction({statement(function, elements)}, lock_of(function), Cost::catalog)}};
}

/// What ALTER FUNCTION says to change this attribute alone; empty if it cannot.
std::string alter_sql(const Object& function, std::string_view attribute) {
  const auto& value = function.value(attribute);
  if (attribute == "volatility") return value.text();
  if (attribute == "strict") return value.is_present() ? "STRICT" : "CALLED ON NULL INPUT";
  if (attribute == "security") return value.is_present() ? value.text() : "SECURITY INVOKER";
  if (attribute == "leakproof") return value.is_present() ? value.text() : "NOT LEAKPROOF";
  if (attribute == "settings") return "RESET ALL" + settings_sql(value.text());
  const bool is_number_or_word =
      attribute == "parallel" || attribute == "cost" || attribute == "rows";
  return is_number_or_word && value.is_present() ? fmt::format("{} {}", attribute, value.text())
                                                 : "";
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  const auto action = alter_sql(expected, attribute);
  if (!action.empty())
    return {.stages = {in_transaction(
                {fmt::format("ALTER {} {} {}", actual.text("form"), routine_sql(expected), action)},
                Lock::none, Cost::catalog)}};
  if (!keeps_its_shape(expected, actual)) return made_anew();
  return {.stages = {in_transaction({create_sql(expected, "CREATE OR REPLACE")}, lock_of(expected),
                                    Cost::catalog)}};
}

Recipe drop(const Object& function) {
  return {.stages = {in_transaction(
              {fmt::format("DROP {} {}", function.text("form"), routine_sql(function))}, Lock::none,
              Cost::catalog)}};
}

}  // namespace

const Kind k_function = {
    .name = "function",
    .plural = "functions",
    .doc = "a function or procedure with its arguments, body and properties",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_proc WHERE prokind <> 'a' AND oid >= 16384",
    .attributes = k_attributes,
    .without = "function {name} does not exist",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::function_room
