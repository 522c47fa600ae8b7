// SPDX-License-Identifier: MIT
#include "report/html/outline.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "model/kind.hpp"
#include "util/sql.hpp"

namespace pgmend::report::html {

namespace {

/// Empty where the kind has no attribute of that name.
std::string text_if_any(const Object& object, std::string_view attribute) {
  const auto& attributes = object.kind->attributes;
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const Attribute& each) { return each.name == attribute; });
  return found == attributes.end() ? "" : object.text(attribute);
}

/// The quoted name of what an object refers to.
std::string target_of(const Object& object) {
  for (const auto& attribute : object.kind->attributes)
    if (attribute.form == Attribute::Form::reference) return object.text(attribute.name);
  return "";
}

class Outliner {
 public:
  void add(const Schema& side) {
    for (const auto& object : side.objects()) {
      if (object.kind->home != Kind::Home::relation) continue;
      if (object.name.relation.empty() && object.is_relation())
        relation(object.name).kind = object.kind;
      else if (object.kind->twin_element && m_known.insert({object.kind, object.name}).second)
        relation(object.name).parts.push_back({object.name, text_if_any(object, "type")});
      else if (object.kind->referring && m_known.insert({object.kind, object.name}).second)
        m_references.push_back({object.kind, object.name, target_of(object)});
    }
  }

  Outline finish() {
    for (const auto& [kind, name, target] : m_references) {
      const auto from = m_positions.find(key(name));
      const auto to = m_positions.find(target);
      if (from != m_positions.end() && to != m_positions.end())
        m_outline.links.push_back({kind, name, from->second, to->second});
    }
    return std::move(m_outline);
  }

 private:
  struct Refers {
    const Kind* kind;
    Name name;
    std::string target;
  };

  static std::string key(const Name& name) {
    return sql::quote_qualified(name.schema, name.group());
  }

  Outline::Relation& relation(const Name& name) {
    const auto [known, is_new] = m_positions.try_emplace(key(name), m_outline.relations.size());
    if (is_new) m_outline.relations.push_back({{name.schema, "", name.group()}, nullptr, {}});
    return m_outline.relations[known->second];
  }

  Outline m_outline;
  std::map<std::string, std::size_t> m_positions;
  std::set<std::pair<const Kind*, Name>> m_known;
  std::vector<Refers> m_references;
};

}  // namespace

Outline outline_of(const Schema& expected, const Schema& actual) {
  Outliner outliner;
  outliner.add(actual);
  outliner.add(expected);
  return outliner.finish();
}

}  // namespace pgmend::report::html
