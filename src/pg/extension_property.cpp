// SPDX-License-Identifier: MIT
#include "pg/extension_property.hpp"

#include <fmt/format.h>

#include <array>

#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

/// A table in which an extension says what is its own, and what it says there: `relation` is the
/// oid of one, or NULL for all that stands in `schema`.
struct Registry {
  std::string_view extension;
  std::string_view table;
  std::string_view columns;  // that the query needs: "{a,b}"
  std::string_view query;
};

constexpr auto k_registries = std::to_array<Registry>({
    // Chunks may stand in other schemas than TimescaleDB's own.
    {"timescaledb", "hypertable", "{schema_name,table_name}",
     "SELECT NULL AS schema, i.inhrelid AS relation FROM {table} h "
     "JOIN pg_catalog.pg_namespace n ON n.nspname = h.schema_name "
     "JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = h.table_name "
     "JOIN pg_catalog.pg_inherits i ON i.inhparent = c.oid"},
    {"pg_partman", "part_config", "{parent_table,template_table}",
     "SELECT NULL AS schema, i.inhrelid AS relation FROM {table} p "
     "JOIN pg_catalog.pg_inherits i ON i.inhparent = pg_catalog.to_regclass(p.parent_table) "
     "UNION SELECT NULL, pg_catalog.to_regclass(p.template_table)::oid FROM {table} p "
     "WHERE pg_catalog.to_regclass(p.template_table) IS NOT NULL"},
    {"pg_ivm", "pg_ivm_immv", "{immvrelid}",
     "SELECT NULL AS schema, immvrelid::oid AS relation FROM {table}"},
    // Shards of the tables, where the coordinator holds some itself. Only Citus knows how it
    // shortens long names.
    {"citus", "pg_dist_shard", "{logicalrelid,shardid}",
     "SELECT NULL AS schema, o.oid AS relation FROM {table} s "
     "JOIN pg_catalog.pg_class c ON c.oid = s.logicalrelid "
     "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
     "CROSS JOIN LATERAL (SELECT pg_catalog.to_regclass("
     "CASE n.nspname WHEN 'public' THEN 'public.' ELSE '' END "
     "|| pg_catalog.shard_name(s.logicalrelid, s.shardid))::oid AS oid) AS o "
     "WHERE o.oid IS NOT NULL"},
    {"age", "ag_graph", "{name}",
     "SELECT n.nspname AS schema, NULL AS relation FROM {table} g "
     "JOIN pg_catalog.pg_namespace n ON n.nspname = g.name"},
    {"postgis_topology", "topology", "{name}",
     "SELECT n.nspname AS schema, NULL AS relation FROM {table} t "
     "JOIN pg_catalog.pg_namespace n ON n.nspname = t.name"},
    {"pgtt", "pg_global_temp_tables", "{relid}",
     "SELECT NULL AS schema, c.oid AS relation FROM {table} t "
     "JOIN pg_catalog.pg_class c ON c.oid = t.relid"},
});

std::string registry_values() {
  std::string values;
  for (const auto& registry : k_registries)
    values += fmt::format("{}('{}', '{}', '{}'::pg_catalog.name[])", values.empty() ? "" : ", ",
                          registry.extension, registry.table, registry.columns);
  return values;
}

/// Schemas that are members, and the registries that may be read.
constexpr std::string_view k_query = R"sql(
SELECT x.extname AS extension, n.nspname AS schema, NULL AS registry
FROM pg_catalog.pg_extension x
JOIN pg_catalog.pg_depend e
  ON e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND e.refobjid = x.oid
     AND e.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND e.deptype = 'e'
JOIN pg_catalog.pg_namespace n ON n.oid = e.objid
UNION ALL
SELECT x.extname, n.nspname, c.relname
FROM (VALUES {registries}) AS known (extension, registry, columns)
JOIN pg_catalog.pg_extension x ON x.extname = known.extension
JOIN pg_catalog.pg_depend e
  ON e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND e.refobjid = x.oid
     AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.deptype = 'e'
JOIN pg_catalog.pg_class c ON c.oid = e.objid AND c.relname = known.registry
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE known.columns <@ (SELECT pg_catalog.array_agg(a.attname) FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
)sql";

/// All that stands in the schemas, and the relations by themselves; none that is a member.
constexpr std::string_view k_relations = R"sql(
WITH found AS ({found})
SELECT found.extension, found.schema AS whole, n.nspname AS schema, c.relname AS relation, c.oid
FROM found
LEFT JOIN pg_catalog.pg_namespace s ON s.nspname = found.schema
LEFT JOIN pg_catalog.pg_class c
  ON (c.relnamespace = s.oid OR c.oid = found.relation)
     AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                     WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                       AND e.objid = c.oid AND e.deptype = 'e')
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
)sql";

std::string_view query_of(std::string_view extension) {
  for (const auto& registry : k_registries)
    if (registry.extension == extension) return registry.query;
  return {};
}

constexpr unsigned k_pg_class = 1259;
constexpr unsigned k_pg_namespace = 2615;

}  // namespace

std::shared_ptr<const ExtensionProperty> ExtensionProperty::read(Connection& connection) {
  const auto sources =
      connection.query(text::replace_all(std::string(k_query), "{registries}", registry_values()));
  if (sources.rows() == 0) return nullptr;
  std::string found;
  for (int row = 0; row < sources.rows(); ++row) {
    const auto extension = sources.str(row, "extension");
    const auto schema = sources.str(row, "schema");
    const auto registry = sources.str(row, "registry");
    const auto query = registry.empty()
                           ? fmt::format("SELECT {}::text AS schema, NULL::oid AS relation",
                                         sql::quote_literal(schema))
                           : text::replace_all(std::string(query_of(extension)), "{table}",
                                               sql::quote_qualified(schema, registry));
    found += fmt::format(
        "{}SELECT {}::text AS extension, f.schema::text, f.relation::oid FROM ({}) AS f",
        found.empty() ? "" : " UNION ALL ", sql::quote_literal(extension), query);
  }
  auto property = std::make_shared<ExtensionProperty>();
  property->add(connection.query(text::replace_all(std::string(k_relations), "{found}", found)));
  return property->m_schemas.empty() && property->m_relations.empty() ? nullptr : property;
}

void ExtensionProperty::add(const Result& rows) {
  for (int row = 0; row < rows.rows(); ++row) {
    if (const auto whole = rows.str(row, "whole"); !whole.empty()) m_schemas.insert(whole);
    if (rows.get(row, "relation").empty()) continue;
    if (!m_relations.emplace(rows.str(row, "schema"), rows.str(row, "relation")).second) continue;
    m_oids.insert(static_cast<unsigned>(rows.integer(row, "oid")));
    ++m_counts[rows.str(row, "extension")];
  }
}

bool ExtensionProperty::covers(const NameView& name, const Address& address) const {
  if (m_schemas.contains(name.schema)) return true;
  if (address.classid == k_pg_class && m_oids.contains(address.objid)) return true;
  if (address.classid == k_pg_namespace && m_schemas.contains(name.name)) return true;
  if (m_relations.empty() || name.schema.empty()) return false;
  return m_relations.contains(
      {std::string(name.schema), std::string(name.relation.empty() ? name.name : name.relation)});
}

const std::string_view k_may_have_extension_property = R"sql(EXISTS (
  SELECT FROM pg_catalog.pg_extension x
  WHERE x.extname IN ('timescaledb', 'citus', 'pg_partman', 'pg_ivm', 'age', 'postgis_topology', 'pgtt')
     OR EXISTS (SELECT FROM pg_catalog.pg_depend e
                WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                  AND e.refobjid = x.oid AND e.deptype = 'e'
                  AND e.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)))sql";

}  // namespace pgmend::pg
