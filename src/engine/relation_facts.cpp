// SPDX-License-Identifier: MIT
#include "engine/relation_facts.hpp"

#include "engine/descent.hpp"
#include "engine/twin.hpp"
#include "pg/row_key.hpp"
#include "pg/transaction.hpp"
#include "pg/updates.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

// Not by pg_partition_tree(), which locks what it names.
constexpr std::string_view k_partitions = R"sql(
WITH RECURSIVE tree (number, oid, parent, level) AS (
  SELECT w.number, c.oid, 0::oid, 0
  FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]))
       WITH ORDINALITY AS w (schema, name, number)
  JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
  WHERE c.relkind = 'p'
  UNION ALL
  SELECT tree.number, i.inhrelid, i.inhparent, tree.level + 1
  FROM pg_catalog.pg_inherits i JOIN tree ON tree.oid = i.inhparent
)
SELECT tree.number, n.nspname AS schema, c.relname AS name, pn.nspname AS parent_schema,
       p.relname AS parent_name, c.relkind = 'p' AS is_partitioned
FROM tree
JOIN pg_catalog.pg_class c ON c.oid = tree.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class p ON p.oid = tree.parent
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relkind IN ('r', 'p')
ORDER BY tree.number, tree.level, n.nspname, c.relname
)sql";

Object without_expressions(Object object) {
  for (std::size_t i = 0; i < object.values.size(); ++i)
    if (object.kind->attributes[i].form == Attribute::Form::text)
      object.values.set(i, Value::absent());
  return object;
}

RelationName relation_of(const Object& object) {
  return {object.name.schema, object.name.group()};
}

/// Whether it has rows is asked of each relation by itself: that locks it, and the lock is let go.
std::vector<pg::Statement> questions_of_rows(const std::vector<RelationName>& relations) {
  std::vector<pg::Statement> statements;
  for (const auto& [schema, name] : relations) {
    statements.push_back({"SAVEPOINT pgmend"});
    statements.push_back(
        {"SELECT EXISTS (SELECT 1 FROM " + sql::quote_qualified(schema, name) + ") AS rows"});
    statements.push_back({"ROLLBACK TO SAVEPOINT pgmend"});
    statements.push_back({"RELEASE SAVEPOINT pgmend"});
  }
  return statements;
}

}  // namespace

void RelationFacts::look_up(const std::vector<const Object*>& objects) {
  std::vector<RelationName> relations;
  std::vector<RelationName> may_have_rows;
  for (const auto* object : objects) {
    const auto relation = relation_of(*object);
    const auto* self = m_actual.relation(relation.first, relation.second);
    if (!self || !m_seen.insert(relation).second) continue;
    relations.push_back(relation);
    if (!self->kind->is_query) may_have_rows.push_back(relation);
  }
  if (relations.empty()) return;
  look_up_catalogs(relations);
  look_up_rows(may_have_rows);
}

void RelationFacts::look_up_catalogs(const std::vector<RelationName>& relations) {
  const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                 {.lock_timeout = m_lock_timeout});
  const auto keys = pg::row_keys(m_connection, relations);
  for (std::size_t i = 0; i < relations.size(); ++i) m_row_keys[relations[i]] = keys[i];
  const auto [schemas, names] = sql::format_arrays(relations);
  const auto result = m_connection.query(std::string(k_partitions), {schemas, names});
  for (int row = 0; row < result.rows(); ++row)
    m_partitions[relations.at(static_cast<std::size_t>(result.integer(row, "number")) - 1)]
        .push_back({result.str(row, "schema"), result.str(row, "name"),
                    result.str(row, "parent_schema"), result.str(row, "parent_name"),
                    result.boolean(row, "is_partitioned")});
  const auto updates = pg::updates(m_connection, relations);
  for (std::size_t i = 0; i < relations.size(); ++i) m_updates[relations[i]] = updates[i];
}

/// All in one round trip. Where one cannot be read it ends; those behind it are asked again by
/// themselves, and of that one rows are assumed: that is the careful way.
void RelationFacts::look_up_rows(std::vector<RelationName> relations) {
  while (!relations.empty()) {
    std::size_t known = 0;
    try {
      const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                     {.lock_timeout = m_lock_timeout});
      m_connection.query_all(questions_of_rows(relations),
                             [&](std::size_t, const pg::Result& answer) {
                               if (answer.rows() == 0) return;
                               m_has_rows[relations[known++]] = answer.boolean(0, "rows");
                             });
    } catch (const pg::Error&) {
      if (!m_connection.is_alive()) throw;
      m_has_rows[relations.at(known++)] = true;
    }
    relations.erase(relations.begin(), relations.begin() + static_cast<std::ptrdiff_t>(known));
  }
}

void RelationFacts::rehearse_together(const std::vector<const Object*>& missing) {
  std::vector<const Object*> objects;
  for (const auto* object : missing) {
    const auto has_rows = m_has_rows.find(relation_of(*object));
    if (object->kind->may_rewrite && has_rows != m_has_rows.end() && has_rows->second)
      objects.push_back(object);
  }
  m_rewrites = rehearse(m_connection, m_actual, objects, m_lock_timeout);
}

Facts RelationFacts::of(const Object& object, bool is_missing) {
  if (!m_seen.contains(relation_of(object))) look_up({&object});
  Facts facts;
  facts.server_version = m_connection.server_version();
  facts.relation = m_actual.relation(object.name.schema, object.name.group());
  facts.expected_relation = m_expected.relation(object.name.schema, object.name.group());
  if (!facts.relation) {
    facts.relation = facts.expected_relation;
    facts.relation_has_rows = false;
    return facts;
  }
  const auto relation = relation_of(object);
  facts.relation_has_rows = !facts.relation->kind->is_query && m_has_rows.at(relation);
  if (facts.relation_has_rows) facts.row_key = m_row_keys.at(relation);
  facts.no_update = m_updates[relation].obstacle;
  facts.update_triggers = m_updates[relation].triggers;
  if (is_missing) facts.partitions = m_partitions[relation];
  if (!is_missing) {
    facts.parts = m_actual.of_relation(object.name.schema, object.name.group());
    facts.in_children = in_children(object);
  }
  if (is_missing && facts.relation_has_rows && object.kind->may_rewrite) {
    const auto known = m_rewrites.find(&object);
    facts.rewrites = known != m_rewrites.end() ? known->second : rewrites(object);
    facts.rewrites_bare = facts.rewrites && rewrites(without_expressions(object));
  }
  return facts;
}

std::vector<InChild> RelationFacts::in_children(const Object& object) {
  if (!object.kind->is_one_with_parents) return {};
  if (!m_children) {
    m_children.emplace();
    for (const auto& relation : m_actual.objects())
      if (relation.name.relation.empty())
        for (const auto& parent : parents_of(relation)) m_children->emplace(parent, &relation);
  }
  std::vector<InChild> found;
  std::vector<Name> above = {{object.name.schema, "", object.name.relation}};
  std::set<Name> seen(above.begin(), above.end());
  for (std::size_t i = 0; i < above.size(); ++i) {
    const auto [begin, end] = m_children->equal_range(Name(above[i]));
    for (auto child = begin; child != end; ++child) {
      const auto& relation = *child->second;
      if (!seen.insert(relation.name).second) continue;
      above.push_back(relation.name);
      const auto* part = m_actual.find(
          *object.kind, Name{relation.name.schema, relation.name.name, object.name.name});
      if (part) found.push_back({part, &relation});
    }
  }
  return found;
}

/// What is refused is told in words that hold names, so those are tried one by one.
Rehearsal RelationFacts::rehearsal_of(const Finding& finding, const Facts& facts) {
  const Surroundings around = {m_expected, m_actual, m_leaving};
  const auto all = rehearsal_of_any(around, finding, facts);
  if (const auto known = m_rehearsed.find(all); known != m_rehearsed.end()) return {known->second};
  try {
    const Declarations none;
    ProbeTransaction probe(m_connection, m_kinds, none, m_lock_timeout);
    auto rehearsal = rehearse_change(probe, around, finding, facts);
    if (!all.empty() && rehearsal.error.empty()) m_rehearsed.emplace(all, rehearsal.outcome);
    return rehearsal;
  } catch (const pg::Error&) {
    if (!m_connection.is_alive()) throw;
    return {};
  }
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
