// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string_view>

#include "support/database.hpp"

namespace pgmend::test {

namespace {

/// A catalog, and the rows that count.
struct Catalog {
  std::string_view name;
  std::string_view where = "true";
};

// Temporary objects come and go without a change of the schema.
constexpr std::string_view k_temp =
    "(SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't')";
constexpr std::string_view k_temp_schemas =
    "(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_')";

const Catalog k_catalogs[] = {
    {"pg_attrdef", "adrelid NOT IN {temp}"},
    {"pg_attribute", "attrelid NOT IN {temp}"},
    {"pg_cast"},
    {"pg_class", "relpersistence <> 't'"},
    {"pg_collation"},
    {"pg_constraint", "conrelid NOT IN {temp} AND connamespace NOT IN {temp_schemas}"},
    {"pg_default_acl"},
    {"pg_description"},
    {"pg_enum"},
    {"pg_event_trigger"},
    {"pg_extension"},
    {"pg_foreign_data_wrapper"},
    {"pg_foreign_server"},
    {"pg_foreign_table"},
    {"pg_index", "indrelid NOT IN {temp}"},
    {"pg_inherits", "inhrelid NOT IN {temp}"},
    {"pg_namespace", "nspname !~ '^pg_(toast_)?temp_'"},
    {"pg_operator"},
    {"pg_partitioned_table", "partrelid NOT IN {temp}"},
    {"pg_policy", "polrelid NOT IN {temp}"},
    {"pg_proc", "pronamespace NOT IN {temp_schemas}"},
    {"pg_publication"},
    {"pg_range"},
    {"pg_rewrite", "ev_class NOT IN {temp}"},
    {"pg_sequence", "seqrelid NOT IN {temp}"},
    {"pg_statistic_ext", "stxrelid NOT IN {temp}"},
    {"pg_trigger", "tgrelid NOT IN {temp}"},
    {"pg_type", "typnamespace NOT IN {temp_schemas}"},
};

/// A row that is changed gets a new xmin, and a new place. What VACUUM and ANALYZE note in place
/// does not count, then.
std::string digest(const Catalog& catalog) {
  const std::string where = fmt::format(fmt::runtime(catalog.where), fmt::arg("temp", k_temp),
                                        fmt::arg("temp_schemas", k_temp_schemas));
  return fmt::format(
      "SELECT '{0} ' || pg_catalog.count(*) || ' ' || coalesce(pg_catalog.md5("
      "pg_catalog.string_agg(ctid || ' ' || xmin, ',' ORDER BY ctid)), '') FROM pg_catalog.{0} c "
      "WHERE {1}",
      catalog.name, where);
}

}  // namespace

std::string Database::fingerprint() const {
  std::string query;
  for (const auto& catalog : k_catalogs)
    query += (query.empty() ? "" : " UNION ALL ") + digest(catalog);
  // UNION ALL has no order of its own.
  query += " ORDER BY 1";
  std::string result;
  for (const auto& row : rows(query)) result += row.at(0) + "\n";
  return result;
}

}  // namespace pgmend::test
