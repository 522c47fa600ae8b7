// SPDX-License-Identifier: MIT
#include "model/object.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/kind.hpp"
#include "util/sql.hpp"

namespace pgmend {

namespace {

std::string display_place(const Name& name) {
  std::string out;
  if (!name.schema.empty() && name.schema != "public") out += sql::display_ident(name.schema) + '.';
  if (!name.relation.empty()) out += sql::display_ident(name.relation) + '.';
  return out;
}

}  // namespace

std::string display(const Name& name) {
  return display_place(name) + sql::display_ident(name.name);
}

std::string display(const Kind& kind, const Name& name) {
  return kind.spelled_out ? display_place(name) + name.name : display(name);
}

std::string display(const SourceLocation& where) {
  if (where.line == 0) return where.file;
  if (where.column == 0) return fmt::format("{}:{}", where.file, where.line);
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

const Value& Object::value(std::string_view attribute) const {
  return values.at(kind->attribute_position(attribute));
}

bool Object::is_relation() const {
  return kind->home == Kind::Home::relation && name.relation.empty();
}

void Object::set(std::string_view attribute, Value value) {
  values.at(kind->attribute_position(attribute)) = std::move(value);
}

void Schema::add(Object object) {
  const auto position = m_objects.size();
  m_by_name.try_emplace({object.kind->name, object.name}, position);
  if (!object.kind->describes) m_by_address.try_emplace(object.address, position);
  if (object.kind->home == Kind::Home::relation)
    m_by_group[{object.name.schema, object.name.group()}].push_back(position);
  m_objects.push_back(std::move(object));
}

void Schema::add_dependency(std::size_t position, Reference needed) {
  auto& object = m_objects.at(position);
  auto& known = object.depends_on;
  if (Reference{object.kind, object.name} == needed) return;
  if (std::find(known.begin(), known.end(), needed) == known.end())
    known.push_back(std::move(needed));
}

const Object* Schema::find(const Kind& kind, const Name& name) const {
  const auto found = m_by_name.find({kind.name, name});
  return found == m_by_name.end() ? nullptr : &m_objects[found->second];
}

const Object* Schema::find(const Address& address) const {
  const auto found = m_by_address.find(address);
  return found == m_by_address.end() ? nullptr : &m_objects[found->second];
}

const Object* Schema::relation(const std::string& schema, const std::string& group) const {
  for (const auto* member : of_relation(schema, group))
    if (member->is_relation()) return member;
  return nullptr;
}

std::vector<const Object*> Schema::of_relation(const std::string& schema,
                                               const std::string& group) const {
  std::vector<const Object*> found;
  const auto members = m_by_group.find({schema, group});
  if (members == m_by_group.end()) return found;
  for (const auto position : members->second) found.push_back(&m_objects[position]);
  return found;
}

}  // namespace pgmend
