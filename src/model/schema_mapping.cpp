// SPDX-License-Identifier: MIT
#include "model/schema_mapping.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "util/sql.hpp"
#include "util/sql_schema_names.hpp"

namespace pgmend {

bool may_name_schemas(const Attribute& attribute) {
  return !attribute.verbatim || attribute.names_schemas;
}

Name SchemaMapping::map(const Kind& kind, Name name) const {
  if (kind.spelled_out) name.name = sql::with_schema_in_name(name.name, m_from, m_to);
  if (name.schema == m_from) name.schema = m_to;
  return name;
}

/// Most rows of values name no schema, and stay the ones that they are.
Values SchemaMapping::map(const Kind& kind, const Values& values) const {
  auto mapped = values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].is_present() || !may_name_schemas(kind.attributes[i])) continue;
    auto text = sql::with_schema(values[i].text(), m_from, m_to);
    if (text != values[i].text()) mapped.set(i, Value::present(std::move(text)));
  }
  return mapped;
}

/// What is said of the schema itself holds its name by itself.
void SchemaMapping::rename_itself(Object& object) const {
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const auto& value = object.values[i];
    if (!value.is_present() || object.kind->attributes[i].verbatim) continue;
    if (value.text() == sql::spelled_schema(m_from) || value.text() == sql::quote_ident(m_from))
      object.values.set(i, Value::present(sql::spelled_schema(m_to)));
  }
}

Object SchemaMapping::map(Object object) const {
  const bool is_of_schema = object.kind->describes && object.name.name.starts_with("schema ");
  object.name = map(*object.kind, std::move(object.name));
  object.values = map(*object.kind, object.values);
  if (is_of_schema) rename_itself(object);
  for (auto& needed : object.depends_on) needed.name = map(*needed.kind, std::move(needed.name));
  object.address = {};
  return object;
}

Schema SchemaMapping::map(const Schema& schema) const {
  Schema mapped;
  for (const auto& object : schema.objects())
    if (object.name.schema == m_from) mapped.add(map(object));
  return mapped;
}

Declarations SchemaMapping::map(Declarations declarations) const {
  std::erase_if(declarations.relations, [&](const Declarations::Relation& relation) {
    return relation.self.name.schema != m_from;
  });
  for (auto& relation : declarations.relations) {
    relation.self.name.schema = m_to;
    for (auto& part : relation.parts) part.name.schema = m_to;
    for (auto& [key, part] : relation.self.parts)
      part.text = sql::with_schema(part.text, m_from, m_to);
    for (auto& declared : relation.parts)
      for (auto& [key, part] : declared.parts)
        part.text = sql::with_schema(part.text, m_from, m_to);
  }
  auto& path = declarations.search_path;
  std::replace(path.begin(), path.end(), m_from, m_to);
  // What the other schema is in front of may still be needed: types of extensions are in public.
  if (m_from == "public" && std::find(path.begin(), path.end(), m_from) == path.end())
    path.push_back(m_from);
  return declarations;
}

}  // namespace pgmend
