// SPDX-License-Identifier: MIT
// Aggregate functions (PostgreSQL documentation, pg_aggregate in section 53.1, CREATE AGGREGATE).
// Like functions they are named `name(type, type)`.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/routine.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::aggregate_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' AS name,
       'pg_catalog.pg_proc'::pg_catalog.regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
       pg_catalog.pg_get_function_result(p.oid) AS returns,
       CASE a.aggkind WHEN 'h' THEN 'hypothetical-set' WHEN 'o' THEN 'ordered-set' END AS form,
       pg_catalog.array_to_string(ARRAY[
         'SFUNC = ' || a.aggtransfn::pg_catalog.regproc::text,
         'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL),
         CASE WHEN a.aggtransspace <> 0 THEN 'SSPACE = ' || a.aggtransspace END,
         CASE WHEN a.aggfinalfn <> 0
              THEN 'FINALFUNC = ' || a.aggfinalfn::pg_catalog.regproc::text END,
         CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
         CASE WHEN a.aggfinalfn <> 0
              THEN 'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY'
                     WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
         CASE WHEN a.aggcombinefn <> 0
              THEN 'COMBINEFUNC = ' || a.aggcombinefn::pg_catalog.regproc::text END,
         CASE WHEN a.aggserialfn <> 0
              THEN 'SERIALFUNC = ' || a.aggserialfn::pg_catalog.regproc::text END,
         CASE WHEN a.aggdeserialfn <> 0
              THEN 'DESERIALFUNC = ' || a.aggdeserialfn::pg_catalog.regproc::text END,
         'INITCOND = ' || pg_catalog.quote_literal(a.agginitval),
         CASE WHEN a.aggmtransfn <> 0
              THEN 'MSFUNC = ' || a.aggmtransfn::pg_catalog.regproc::text END,
         CASE WHEN a.aggminvtransfn <> 0
              THEN 'MINVFUNC = ' || a.aggminvtransfn::pg_catalog.regproc::text END,
         CASE WHEN a.aggmtranstype <> 0
              THEN 'MSTYPE = ' || pg_catalog.format_type(a.aggmtranstype, NULL) END,
         CASE WHEN a.aggmtransspace <> 0 THEN 'MSSPACE = ' || a.aggmtransspace END,
         CASE WHEN a.aggmfinalfn <> 0
              THEN 'MFINALFUNC = ' || a.aggmfinalfn::pg_catalog.regproc::text END,
         CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
         CASE WHEN a.aggmfinalfn <> 0
              THEN 'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY'
                     WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
         'MINITCOND = ' || pg_catalog.quote_literal(a.aggminitval),
         (SELECT 'SORTOP = OPERATOR(' || pg_catalog.quote_ident(os.nspname) || '.' || o.oprname
                 || ')'
          FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace os ON os.oid = o.oprnamespace
          WHERE o.oid = a.aggsortop),
         CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END], ', ') AS definition,
       CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE'
       END AS parallel,
       CASE WHEN p.prosupport <> 0 THEN p.prosupport::pg_catalog.regproc END AS support,
       pg_catalog.quote_ident(p.proname) || '('
         || CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_catalog.oidvectortypes(p.proargtypes) END
         || ')' AS signature,
       pg_catalog.oidvectortypes(p.proargtypes) AS types
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = p.pronamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND p.pronamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass -- whole
                    AND e.objid = p.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, p.proname, 3
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "arguments",
              .doc = "names of the arguments. Calls that name their arguments fail",
              .judge = judge_replace},
    Attribute{
        .name = "returns", .doc = "return type. Queries get another type", .judge = judge_replace},
    Attribute{.name = "form",
              .doc = "ordered-set or hypothetical-set aggregate. Calls WITHIN GROUP fail, or calls "
                     "without it",
              .judge = judge_replace,
              .values = "hypothetical-set|ordered-set"},
    Attribute{.name = "definition",
              .doc = "state type, functions and initial values. It computes something else",
              .judge = judge_replace},
    Attribute{.name = "parallel",
              .doc = "use in parallel queries. Queries run without parallel workers, or with them "
                     "where that is wrong",
              .judge = judge_replace,
              .values = "SAFE|RESTRICTED|UNSAFE"},
    Attribute{.name = "support",
              .doc = "planner support function. Queries may get other plans",
              .since = 19,
              .judge = judge_replace},
    Attribute{.name = "signature",
              .doc = "quoted name and argument types",
              .form = Attribute::Form::directive},
    Attribute{.name = "types", .doc = "argument types", .form = Attribute::Form::directive},
};

std::string create_sql(const Object& aggregate, std::string_view create) {
  const auto& arguments = aggregate.text("arguments");
  const auto support =
      aggregate.has("support") ? ", SUPPORT = " + aggregate.text("support") : std::string();
  return fmt::format("{} AGGREGATE {}({}) ({}, PARALLEL = {}{})", create, routine_name(aggregate),
                     arguments.empty() ? "*" : arguments, aggregate.text("definition"),
                     aggregate.text("parallel"), support);
}

std::string statement(const Object& aggregate, std::span<const std::string>) {
  return create_sql(aggregate, "CREATE");
}

Recipe one_statement(std::string statement) {
  return {.stages = {in_transaction({std::move(statement)}, Lock::none, Cost::catalog)}};
}

Recipe create(const Object& aggregate, std::span<const std::string> elements, const Facts&) {
  return one_statement(statement(aggregate, elements));
}

Recipe mend(const Object& expected, const Object& actual, std::string_view, const Facts&) {
  // What CREATE OR REPLACE refuses.
  if (!agree(expected, actual, {"arguments", "returns", "form"})) return made_anew();
  return one_statement(create_sql(expected, "CREATE OR REPLACE"));
}

Recipe drop(const Object& aggregate) {
  return one_statement("DROP AGGREGATE " + routine_sql(aggregate));
}

}  // namespace

const Kind k_aggregate = {
    .name = "aggregate",
    .plural = "aggregates",
    .doc = "an aggregate function with its state type and functions",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_proc WHERE prokind = 'a' AND oid >= 16384",
    .attributes = k_attributes,
    .without = "function {name} does not exist",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::aggregate_room
