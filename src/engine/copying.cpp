// SPDX-License-Identifier: MIT
#include "engine/copying.hpp"

#include <algorithm>

#include "engine/descent.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

using Objects = std::vector<const Object*>;

/// The relation, and all that is a piece of it or of its pieces.
Objects with_pieces(const Copying::Side& side) {
  Objects family = {side.schema.find(*side.relation.kind, side.relation.name)};
  if (!family.front()) family.front() = &side.relation;
  for (std::size_t i = 0; i < family.size(); ++i)
    for (const auto& object : side.schema.objects())
      if (object.kind->is_piece && object.kind->is_piece(object) && object.rests_on(*family[i]))
        family.push_back(&object);
  return family;
}

bool has_one_of(const Objects& objects, const Kind& kind, const Name& name) {
  return std::any_of(objects.begin(), objects.end(), [&](const Object* object) {
    return object->kind == &kind && object->name == name;
  });
}

}  // namespace

Copying::Copying(const Side& expected, const Side& actual)
    : m_expected(expected.schema),
      m_actual(actual.schema),
      m_made(with_pieces(expected)),
      m_old(with_pieces(actual)) {
  for (const auto* relation : m_made)
    for (const auto* part : m_expected.of_relation(relation->name.schema, relation->name.name))
      if (part->kind->carry_over && !(part->kind->is_element && !part->kind->is_element(*part)))
        m_parts.push_back({relation, part, m_actual.find(*part->kind, part->name)});
}

bool Copying::is_of_old(const Object& object) const {
  return std::any_of(m_old.begin(), m_old.end(), [&](const Object* relation) {
    return relation == &object || object.is_part_of(*relation);
  });
}

Copying::Others Copying::others(const Objects& resting) const {
  Others others;
  for (const auto* object : resting) {
    const bool is_old = is_of_old(*object);
    if (is_old && (object->is_relation() || object->kind->carry_over)) continue;
    others.leaving.push_back(object);
    const auto& name = object->name;
    if (!is_old || std::any_of(m_made.begin(), m_made.end(), [&](const Object* relation) {
          return name.is_part_of(relation->name);
        }))
      others.back.push_back(object);
  }
  return others;
}

Objects Copying::new_parts(Kinds kinds) const {
  Objects parts;
  for (const auto* kind : kinds) {
    if (kind->carry_over || kind->describes || !kind->statement) continue;
    for (const auto* relation : m_made)
      for (const auto* part : m_expected.of_relation(relation->name.schema, relation->name.name))
        if (part->kind == kind && part != relation && !m_actual.find(*kind, part->name) &&
            !follows_parent(*part, *relation))
          parts.push_back(part);
  }
  return parts;
}

std::vector<std::string> Copying::set_aside() const {
  std::vector<std::string> statements;
  for (const auto* object : m_old)
    statements.push_back(object->kind->renaming(*object, name_aside(*object)));
  return statements;
}

std::string Copying::copy_rows() const {
  std::vector<std::string> names;
  for (const auto& part : m_parts)
    if (part.relation == m_made.front() && part.actual && holds_data(*part.expected))
      names.push_back(part.expected->name.name);
  const auto& from = *m_old.front();
  return from.kind->copy_rows(*m_made.front(),
                              sql::quote_qualified(from.name.schema, name_aside(from)), names);
}

std::vector<std::string> Copying::drop_what_stands_aside() const {
  auto old = *m_old.front();
  old.name.name = name_aside(old);
  std::vector<std::string> statements;
  for (const auto& stage : old.kind->drop(old).stages)
    statements.insert(statements.end(), stage.statements.begin(), stage.statements.end());
  return statements;
}

bool Copying::settle(RecreationStages& stages) const {
  for (const auto* relation : m_made) {
    stages.made(*relation);
    const bool is_piece = relation != m_made.front();
    for (const auto* part : m_expected.of_relation(relation->name.schema, relation->name.name))
      if (part->kind->carry_over || (is_piece && part->kind->element)) stages.made(*part);
  }
  bool loses = false;
  for (const auto* relation : m_old) {
    const bool stays = has_one_of(m_made, *relation->kind, relation->name);
    if (!stays) stages.gone(*relation);
    loses = loses || !stays;
    for (const auto* part : m_actual.of_relation(relation->name.schema, relation->name.name)) {
      const bool is_carried = part->kind->carry_over != nullptr;
      if ((stays && !is_carried) || m_expected.find(*part->kind, part->name)) continue;
      stages.gone(*part);
      loses = true;
    }
  }
  return loses;
}

}  // namespace pgmend::engine
