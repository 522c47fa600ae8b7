// SPDX-License-Identifier: MIT
#include "engine/twin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/dependencies.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

constexpr const char* k_temporary = "pg_temp";

/// Gives an object that was read from a twin the name of what it is the twin of.
void rename_to_original(Object& object, const std::string& temporary_schema,
                        const std::map<std::string, RelationName>& originals) {
  const auto original = originals.find(object.name.group());
  if (original != originals.end()) object.name.schema = original->second.first;
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    if (object.kind->attributes[i].form != Attribute::Form::reference) continue;
    for (const auto& [twin, relation] : originals)
      if (object.values[i].text() == sql::quote_qualified(temporary_schema, twin))
        object.values.set(i, Value::present(sql::quote_qualified(relation.first, relation.second)));
  }
}

}  // namespace

ProbeTransaction::ProbeTransaction(pg::Connection& connection, Kinds kinds,
                                   const Declarations& declarations,
                                   std::chrono::milliseconds lock_timeout)
    : m_connection(connection),
      m_kinds(kinds),
      m_declarations(declarations),
      m_transaction(connection, pg::Transaction::Mode::read_write,
                    {.lock_timeout = lock_timeout, .only_catalogs = true}) {}

std::vector<std::string> ProbeTransaction::path_of(const std::string& schema) const {
  std::vector<std::string> path = {schema};
  path.insert(path.end(), m_declarations.search_path.begin(), m_declarations.search_path.end());
  return path;
}

void ProbeTransaction::parse_in(const std::string& schema) {
  std::vector<std::string> path;
  for (const auto& name : path_of(schema)) path.push_back(sql::quote_ident(name));
  path.emplace_back(k_temporary);
  m_transaction.set_search_path(text::join(path, ", "));
}

void ProbeTransaction::deparse() {
  m_transaction.set_search_path("pg_catalog, pg_temp");
}

void ProbeTransaction::create_twin(const Object& relation, const std::vector<std::string>& elements,
                                   const std::string& name) {
  create_twin(relation.kind->statement(on_twin(relation, name), elements), relation, name);
}

void ProbeTransaction::create_ground(const Object& relation,
                                     const std::vector<std::string>& elements) {
  if (!relation.kind->ground) return create_twin(relation, elements);
  create_twin(relation.kind->ground(on_twin(relation)), relation, {});
}

void ProbeTransaction::create_twin(const std::string& statement, const Object& relation,
                                   const std::string& name) {
  m_connection.query(statement);
  m_originals[name.empty() ? relation.name.name : name] = {relation.name.schema,
                                                           relation.name.name};
}

Schema ProbeTransaction::read_beside(const Kind& kind, const std::string& schema) {
  deparse();
  const auto temporary = m_connection.query("SELECT pg_catalog.pg_my_temp_schema() AS oid");
  const std::array kinds = {&kind};
  const Scope scope = {.everything = false,
                       .relations = {},
                       .schemas = {static_cast<unsigned>(temporary.integer(0, "oid"))}};
  Schema renamed;
  const auto read = inspect(m_connection, kinds, scope);
  for (auto object : read.objects()) {
    object.name.schema = schema;
    renamed.add(std::move(object));
  }
  return renamed;
}

Schema ProbeTransaction::read_twins(const std::vector<RelationName>& names) {
  deparse();
  const auto temporary = m_connection.query(
      "SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = pg_catalog.pg_my_temp_schema()");
  if (temporary.rows() == 0) return {};
  const auto temporary_schema = temporary.str(0, "nspname");
  std::vector<RelationName> twins;
  for (const auto& [schema, relation] : names) twins.emplace_back(temporary_schema, relation);
  auto read =
      inspect(m_connection, m_kinds,
              {.everything = false, .relations = resolve(m_connection, twins), .schemas = {}});
  Schema renamed;
  for (auto object : read.objects()) {
    rename_to_original(object, temporary_schema, m_originals);
    renamed.add(std::move(object));
  }
  read_dependencies(m_connection, renamed, false);
  return renamed;
}

std::string twin_name(const std::string& relation) {
  return sql::quote_qualified(k_temporary, relation);
}

Object on_twin(Object object, const std::string& twin) {
  object.name.schema = k_temporary;
  if (!twin.empty())
    (object.name.relation.empty() ? object.name.name : object.name.relation) = twin;
  return object;
}

std::vector<std::string> twin_elements(const Schema& actual, const Name& relation,
                                       const std::vector<Name>& except) {
  std::vector<std::string> elements;
  for (const auto* object : actual.of_relation(relation.schema, relation.group())) {
    const bool left_out = std::find(except.begin(), except.end(), object->name) != except.end();
    if (object->kind->twin_element && !left_out)
      elements.push_back(object->kind->twin_element(*object));
  }
  return elements;
}

bool rewrites_relation(ProbeTransaction& probe, const Schema& actual, const Object& object) {
  const pg::Savepoint scope(probe.connection());
  const Name relation = {object.name.schema, "", object.name.group()};
  const auto file = [&] {
    return probe.connection()
        .query("SELECT pg_catalog.pg_relation_filenode($1::pg_catalog.regclass) AS file",
               {twin_name(relation.name)})
        .str(0, "file");
  };
  probe.deparse();
  if (const auto* self = actual.relation(relation.schema, relation.name))
    probe.create_twin(*self, twin_elements(actual, relation, {object.name}));
  const auto before = file();
  try {
    probe.connection().query(object.kind->statement(on_twin(object), {}));
  } catch (const pg::Error&) {
    // Then it fails on the relation as well, and there its error is told as that repair's own.
    if (!probe.connection().is_alive()) throw;
    return false;
  }
  return file() != before;
}

}  // namespace pgmend::engine
