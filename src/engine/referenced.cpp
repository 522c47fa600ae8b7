// SPDX-License-Identifier: MIT
#include "engine/referenced.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "engine/declared_twin.hpp"
#include "engine/type_prefix.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

const Declarations::Relation* declared_relation(const Declarations& declarations,
                                                const RelationName& name) {
  const auto& all = declarations.relations;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& relation) {
    return relation.self.name == Name{name.first, "", name.second};
  });
  return found == all.end() ? nullptr : &*found;
}

/// A relation that is referred to: as it is, as it is declared, or both.
struct Parent {
  RelationName name;
  Schema actual;  // it, with all that is part of it
  const Declarations::Relation* declared = nullptr;
};

/// By the path, as the server would look it up; one that is yet to be created counts as well.
std::optional<Parent> find_parent(ProbeTransaction& probe, const std::string& home,
                                  const Mention& mention) {
  const auto path =
      mention.schema.empty() ? probe.path_of(home) : std::vector<std::string>{mention.schema};
  for (const auto& schema : path) {
    Parent parent;
    parent.name = {schema, mention.relation};
    parent.declared = declared_relation(probe.declarations(), parent.name);
    const auto oids = resolve(probe.connection(), {parent.name});
    if (!oids.empty())
      parent.actual = inspect(probe.connection(), probe.kinds(),
                              {.everything = false, .relations = oids, .schemas = {}});
    if (parent.declared || parent.actual.relation(schema, mention.relation)) return parent;
  }
  return std::nullopt;
}

/// The parts that the relation's declared texts make its default target.
std::vector<std::string> stated_target(const Referring& referring,
                                       const Declarations::Relation& relation) {
  for (const auto& declared : relation.parts)
    if (auto parts = referring.stated_target(declared); !parts.empty()) return parts;
  return {};
}

/// `"name" type`, as it is or as it is declared; empty if it is neither.
std::string typed_element(ProbeTransaction& probe, const Parent& parent, const std::string& name) {
  const auto& [schema, relation] = parent.name;
  for (const auto* object : parent.actual.of_relation(schema, relation))
    if (object->kind->twin_element && object->name.name == name)
      return object->kind->twin_element(*object);
  if (!parent.declared) return "";
  for (const auto& declared : parent.declared->parts) {
    const auto attribute = declared.section->readable_attribute;
    if (attribute.empty() || declared.name.name != name) continue;
    const auto* part = declared.part("definition");
    if (!part) part = declared.part(attribute);
    probe.parse_in(schema);
    const auto type = part ? type_prefix(probe.connection(), part->text) : std::nullopt;
    if (type) return sql::quote_ident(name) + ' ' + type->type;
  }
  return "";
}

/// The elements of a stand-in of these parts, and what lets others refer to them.
std::vector<std::string> elements_over(ProbeTransaction& probe, const Referring& referring,
                                       const Parent& parent, const std::vector<std::string>& parts,
                                       bool is_default) {
  std::vector<std::string> elements;
  std::vector<std::string> target;
  for (const auto& part : parts) {
    auto element = typed_element(probe, parent, part);
    if (element.empty()) continue;
    if (std::find(elements.begin(), elements.end(), element) == elements.end())
      elements.push_back(std::move(element));
    target.push_back(part);
  }
  if (!target.empty()) elements.push_back(referring.target_element(target, is_default));
  return elements;
}

/// All that it has. What can be referred to gets a name of its own: its may be another twin's.
std::vector<std::string> elements_of(const Parent& parent, const std::string& twin) {
  const auto& [schema, relation] = parent.name;
  auto elements = twin_elements(parent.actual, {schema, "", relation}, {});
  for (const auto* object : parent.actual.of_relation(schema, relation)) {
    if (!object->kind->referable || !object->kind->element) continue;
    auto key = *object;
    key.name.name = fmt::format("{} {}", twin, elements.size());
    elements.push_back(object->kind->element(key));
  }
  return elements;
}

bool is_there(ProbeTransaction& probe, const std::string& twin) {
  return probe.connection()
      .query("SELECT pg_catalog.to_regclass($1) IS NOT NULL AS there", {twin_name(twin)})
      .boolean(0, "there");
}

/// The name of the stand-in for what is mentioned, which is made unless it is there; empty if there
/// is no such relation, which the server says best.
std::string stand_in(ProbeTransaction& probe, const Referring& referring, const std::string& home,
                     const Mention& mention) {
  const auto parent = find_parent(probe, home, mention);
  if (!parent) return "";
  const auto& [schema, relation] = parent->name;
  auto twin = fmt::format("pgmend {:016x}",
                          std::hash<std::string>{}(sql::quote_qualified(schema, relation) + '\n' +
                                                   text::join(mention.parts, "\n")));
  if (is_there(probe, twin)) return twin;
  const auto stated = parent->declared && mention.parts.empty()
                          ? stated_target(referring, *parent->declared)
                          : std::vector<std::string>{};
  const auto& parts = mention.parts.empty() ? stated : mention.parts;
  const auto elements =
      parts.empty() ? elements_of(*parent, twin)
                    : elements_over(probe, referring, *parent, parts, mention.parts.empty());
  Object self;
  if (const auto* actual = parent->actual.relation(schema, relation)) self = *actual;
  if (!self.kind) self = bare_object(probe.kinds(), parent->declared->self);
  probe.deparse();
  probe.create_twin(self, elements, twin);
  return twin;
}

}  // namespace

Declared referring_to_twins(ProbeTransaction& probe, Declared declared) {
  for (const auto* kind : probe.kinds()) {
    if (!kind->referring) continue;
    for (auto& [key, part] : declared.parts) {
      auto found = kind->referring->mentions(part.text);
      // From the back, so that places in front stay as they are.
      std::reverse(found.begin(), found.end());
      for (const auto& mention : found)
        if (const auto twin = stand_in(probe, *kind->referring, declared.name.schema, mention);
            !twin.empty())
          part.text.replace(mention.begin, mention.end - mention.begin, twin_name(twin));
    }
  }
  return declared;
}

}  // namespace pgmend::engine
