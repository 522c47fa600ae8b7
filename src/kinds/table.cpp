// SPDX-License-Identifier: MIT
// Tables, partitioned tables and foreign tables (PostgreSQL documentation, section 5 "Data
// Definition", pg_class in section 53.11). Here a table is the fact that it exists and its flags;
// what it is made of are kinds of their own.
//
// Locks: CREATE TABLE locks nothing that others can see yet.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table'
                      ELSE 'table' END AS form,
       (SELECT 'constraints' FROM pg_catalog.pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype NOT IN ('c', 'f', 'n', 'p', 'u', 'x')
        LIMIT 1) AS unread,
       'true' AS "create",
       CASE WHEN c.relrowsecurity THEN 'ENABLED' END AS row_security,
       CASE WHEN c.relforcerowsecurity THEN 'FORCED' END AS force_row_security
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f')
  -- narrowed: AND c.oid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.relname
)sql";

Judgement judge_missing(const Object& table) {
  if (table.has("create")) return {.sort = Sort::missing, .consent = Consent::add};
  return {.sort = Sort::missing,
          .consent = Consent::never,
          .reason = "creating tables is the migrations' job",
          .hint =
              "run the migrations first (alembic upgrade head), or write `create: true` under "
              "the table in the spec"};
}

/// Rows vanish from queries, or come into sight: not to be done unasked.
Judgement judge_row_security(const Difference&) {
  return {.sort = Sort::different, .consent = Consent::alter};
}

constexpr std::array k_attributes = {
    Attribute{.name = "form",
              .doc = "table, partitioned table or foreign table",
              .form = Attribute::Form::directive},
    Attribute{.name = "unread",
              .doc = "parts of it that no kind compares",
              .form = Attribute::Form::directive},
    Attribute{.name = "create",
              .doc = "whether pgmend may create it when it is missing",
              .form = Attribute::Form::directive},
    Attribute{.name = "row_security",
              .doc = "whether it obeys its policies",
              .judge = judge_row_security},
    Attribute{.name = "force_row_security",
              .doc = "whether its owner obeys them as well",
              .judge = judge_row_security},
};

constexpr std::array k_keys = {
    Key{.name = "create",
        .form = Key::Form::boolean,
        .attribute = "create",
        .doc = "create the table when it is missing (default: no, that is the migrations' job)"},
};

constexpr Section k_section = {.name = "tables", .owner = "", .keys = k_keys};

std::string statement(const Object& table, std::span<const std::string> elements) {
  return fmt::format("CREATE TABLE {} (\n  {}\n)",
                     sql::quote_qualified(table.name.schema, table.name.name),
                     text::join(elements, ",\n  "));
}

std::string row_security_sql(const Object& table, std::string_view attribute) {
  const bool on = table.has(attribute);
  const auto* word =
      attribute == "row_security" ? (on ? "ENABLE" : "DISABLE") : (on ? "FORCE" : "NO FORCE");
  return fmt::format("ALTER TABLE {} {} ROW LEVEL SECURITY",
                     sql::quote_qualified(table.name.schema, table.name.name), word);
}

Recipe create(const Object& table, std::span<const std::string> elements, const Facts&) {
  std::vector<std::string> statements = {statement(table, elements)};
  for (const auto* flag : {"row_security", "force_row_security"})
    if (table.has(flag)) statements.push_back(row_security_sql(table, flag));
  return {.stages = {in_transaction(std::move(statements), Lock::none, Cost::catalog)}};
}

Recipe mend(const Object& expected, const Object&, std::string_view attribute, const Facts&) {
  return {.stages = {in_transaction({row_security_sql(expected, attribute)}, Lock::access_exclusive,
                                    Cost::catalog)}};
}

Recipe drop(const Object& table) {
  const auto* what = table.text("form") == "foreign table" ? "FOREIGN TABLE" : "TABLE";
  return {.stages = {in_transaction(
              {fmt::format("DROP {} {}", what,
                           sql::quote_qualified(table.name.schema, table.name.name))},
              Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_table = {
    .name = "table",
    .plural = "tables",
    .doc = "a table exists, and heeds row security or not",
    .owner = "",
    .catalog_query = k_query,
    .attributes = k_attributes,
    .judge_missing = judge_missing,
    .section = &k_section,
    .occupants_query = k_relation_occupants,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds
