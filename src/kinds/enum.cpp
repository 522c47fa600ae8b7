// SPDX-License-Identifier: MIT
// Enumerated types (PostgreSQL documentation, section 8.7, and ALTER TYPE).
//
// A label can be added in place, and can be used once that is committed: each step commits for
// itself, and what uses the type waits for it. To remove or move one takes a new type: columns are
// moved to it, which rewrites their tables under ACCESS EXCLUSIVE, unless rows hold what is
// removed.
//
// Locks: none on tables, but for that.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::enum_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       t.typname AS name,
       'pg_catalog.pg_type'::pg_catalog.regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       (SELECT pg_catalog.array_agg(l.enumlabel ORDER BY l.enumsortorder)
        FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid) AS labels
FROM pg_catalog.pg_type t
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.typnamespace OFFSET 0) AS n
WHERE t.typtype = 'e'
  -- narrowed: AND t.typnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                    AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY n.nspname, t.typname
)sql";

using Labels = std::vector<std::string>;

Labels labels_of(const Value& value) {
  return value.is_present() ? sql::parse_array(value.text()) : Labels{};
}

Judgement judge_labels(const Difference& d) {
  const auto wanted = labels_of(d.wanted);
  const auto found = labels_of(d.found);
  if (const auto extra = without(found, wanted); !extra.empty())
    return {
        .sort = Sort::different,
        .consent = Consent::replace,
        .reason = fmt::format("it has labels that are not expected: {}", text::join(extra, ", "))};
  const auto missing = without(wanted, found);
  if (without(wanted, missing) != found)
    return {.sort = Sort::different,
            .consent = Consent::replace,
            .reason = "its labels stand in another order"};
  return {.sort = Sort::missing, .consent = Consent::add};
}

constexpr std::array k_attributes = {
    Attribute{.name = "labels",
              .doc = "labels, in order. A label that the code writes fails with: invalid input "
                     "value for enum",
              .judge = judge_labels,
              .verbatim = true,
              .values = "[]"},
};

std::string statement(const Object& type, std::span<const std::string>) {
  std::vector<std::string> labels;
  for (const auto& label : labels_of(type.value("labels")))
    labels.push_back(sql::quote_literal(label));
  return fmt::format("CREATE TYPE {} AS ENUM ({})", own_sql(type), text::join(labels, ", "));
}

Recipe create(const Object& type, std::span<const std::string> elements, const Facts&) {
  return {.stages = {in_transaction({statement(type, elements)}, Lock::none, Cost::catalog)}};
}

/// Each missing label goes behind the one before it, which is there by then; the first goes before
/// what was first until now.
Recipe mend(const Object& expected, const Object& actual, std::string_view, const Facts&) {
  const auto wanted = labels_of(expected.value("labels"));
  const auto found = labels_of(actual.value("labels"));
  if (without(wanted, without(wanted, found)) != found) return made_anew();
  std::vector<std::string> statements;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (std::find(found.begin(), found.end(), wanted[i]) != found.end()) continue;
    auto add = fmt::format("ALTER TYPE {} ADD VALUE IF NOT EXISTS {}", own_sql(expected),
                           sql::quote_literal(wanted[i]));
    if (i > 0)
      add += " AFTER " + sql::quote_literal(wanted[i - 1]);
    else if (!found.empty())
      add += " BEFORE " + sql::quote_literal(found.front());
    statements.push_back(std::move(add));
  }
  return {.stages = {in_transaction(std::move(statements), Lock::none, Cost::catalog)}};
}

std::vector<std::string> lost_labels(const Object& expected, const Object& actual) {
  return without(labels_of(actual.value("labels")), labels_of(expected.value("labels")));
}

Recipe drop(const Object& type) {
  return {.stages = {in_transaction({"DROP TYPE " + own_sql(type)}, Lock::none, Cost::catalog)}};
}

}  // namespace

const Kind k_enum = {
    .name = "enum",
    .plural = "enum types",
    .noun = "enum type",
    .doc = "an enumerated type with its labels",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_type WHERE typtype = 'e' AND oid >= 16384",
    .attributes = k_attributes,
    .without = "type \"{name}\" does not exist",
    .occupants_query = k_type_occupants,
    .statement = statement,
    .create = create,
    .mend = mend,
    .renaming = type_renaming,
    .lost_values = lost_labels,
    .drop = drop,
};

}  // namespace pgmend::kinds::enum_room
