// SPDX-License-Identifier: MIT
#include "engine/relation_facts.hpp"

#include "engine/twin.hpp"
#include "pg/row_key.hpp"
#include "pg/transaction.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

// Not by pg_partition_tree(), which locks what it names.
constexpr std::string_view k_partitions = R"sql(
WITH RECURSIVE tree (oid, parent, level) AS (
  SELECT c.oid, 0::oid, 0 FROM pg_catalog.pg_class c
  WHERE c.oid = pg_catalog.to_regclass($1) AND c.relkind = 'p'
  UNION ALL
  SELECT i.inhrelid, i.inhparent, tree.level + 1
  FROM pg_catalog.pg_inherits i JOIN tree ON tree.oid = i.inhparent
)
SELECT n.nspname AS schema, c.relname AS name, pn.nspname AS parent_schema,
       p.relname AS parent_name, c.relkind = 'p' AS is_partitioned
FROM tree
JOIN pg_catalog.pg_class c ON c.oid = tree.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class p ON p.oid = tree.parent
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relkind IN ('r', 'p')
ORDER BY tree.level, n.nspname, c.relname
)sql";

Object without_expressions(Object object) {
  for (std::size_t i = 0; i < object.values.size(); ++i)
    if (object.kind->attributes[i].form == Attribute::Form::text)
      object.values.set(i, Value::absent());
  return object;
}

}  // namespace

Facts RelationFacts::of(const Object& object, bool is_missing) {
  Facts facts;
  facts.server_version = m_connection.server_version();
  facts.relation = m_actual.relation(object.name.schema, object.name.group());
  if (!facts.relation) {
    facts.relation = m_expected.relation(object.name.schema, object.name.group());
    facts.relation_has_rows = false;
    return facts;
  }
  facts.relation_has_rows =
      !facts.relation->kind->is_query && has_rows({object.name.schema, object.name.group()});
  if (facts.relation_has_rows) facts.row_key = row_key({object.name.schema, object.name.group()});
  if (is_missing) facts.partitions = partitions({object.name.schema, object.name.group()});
  if (is_missing && facts.relation_has_rows && object.kind->may_rewrite) {
    facts.rewrites = rewrites(object);
    facts.rewrites_bare = facts.rewrites && rewrites(without_expressions(object));
  }
  return facts;
}

RelationFacts::RowKey RelationFacts::row_key(const RelationName& relation) {
  const auto [known, is_new] = m_row_keys.try_emplace(relation);
  if (!is_new) return known->second;
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                 {.lock_timeout = m_lock_timeout});
  known->second = pg::row_key(m_connection, relation.first, relation.second);
  return known->second;
}

std::vector<Partition> RelationFacts::partitions(const RelationName& relation) {
  const auto [known, is_new] = m_partitions.try_emplace(relation);
  if (!is_new) return known->second;
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                 {.lock_timeout = m_lock_timeout});
  const auto result = m_connection.query(std::string(k_partitions),
                                         {sql::quote_qualified(relation.first, relation.second)});
  for (int row = 0; row < result.rows(); ++row)
    known->second.push_back({result.str(row, "schema"), result.str(row, "name"),
                             result.str(row, "parent_schema"), result.str(row, "parent_name"),
                             result.boolean(row, "is_partitioned")});
  return known->second;
}

/// When it cannot be found out, rows are assumed: that is the careful way.
bool RelationFacts::has_rows(const RelationName& relation) {
  const auto [known, is_new] = m_has_rows.try_emplace(relation, true);
  if (!is_new) return known->second;
  try {
    const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                   {.lock_timeout = m_lock_timeout});
    known->second = m_connection
                        .query("SELECT EXISTS (SELECT 1 FROM " +
                               sql::quote_qualified(relation.first, relation.second) + ") AS rows")
                        .boolean(0, "rows");
  } catch (const pg::Error&) {
    if (!m_connection.is_alive()) throw;
  }
  return known->second;
}

/// What fails in rehearsal (DEFAULT 1 / 0) fails as the real statement too: there it is one repair
/// among others, and gets its report.
bool RelationFacts::rewrites(const Object& object) {
  try {
    const Declarations none;
    ProbeTransaction probe(m_connection, m_kinds, none, m_lock_timeout);
    return rewrites_relation(probe, m_actual, object);
  } catch (const pg::Error&) {
    if (!m_connection.is_alive()) throw;
    return false;
  }
}

}  // namespace pgmend::engine
