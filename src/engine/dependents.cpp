// SPDX-License-Identifier: MIT
#include "engine/dependents.hpp"

#include <algorithm>

namespace pgmend::engine {

namespace {

/// The server carries it along with each of these that it rests on, for they are of one relation
/// and change together.
bool is_carried_along(const Object& object, const std::set<const Object*>& moved) {
  if (!object.kind->carried_along) return false;
  const Object* first = nullptr;
  for (const auto* each : moved) {
    if (!object.rests_on(*each)) continue;
    if (first &&
        (each->name.schema != first->name.schema || each->name.relation != first->name.relation))
      return false;
    first = each;
  }
  return true;
}

}  // namespace

Dependents::Dependents(const Schema& schema) : m_schema(schema) {
  for (const auto& object : schema.objects()) {
    if (object.kind->describes) continue;
    for (const auto& needed : object.depends_on)
      m_dependents.insert({{needed.kind, needed.name}, &object});
  }
}

std::vector<const Object*> Dependents::of(const Object& object) const {
  std::vector<const Object*> all;
  const auto [begin, end] = m_dependents.equal_range({object.kind, object.name});
  for (auto at = begin; at != end; ++at) all.push_back(at->second);
  return all;
}

std::vector<const Object*> Dependents::resting_on(const Object& object) const {
  return resting_on(object, {});
}

std::vector<const Object*> Dependents::resting_on(const Object& object,
                                                  const std::set<const Object*>& moved) const {
  std::vector<const Object*> order;
  std::set<const Object*> seen;
  visit(object, moved, seen, order);
  return order;
}

void Dependents::visit(const Object& object, const std::set<const Object*>& moved,
                       std::set<const Object*>& seen, std::vector<const Object*>& order) const {
  if (!seen.insert(&object).second) return;
  for (const auto* dependent : of(object))
    if (!moved.contains(&object) || !is_carried_along(*dependent, moved))
      visit(*dependent, moved, seen, order);
  if (object.is_relation())
    for (const auto* part : m_schema.of_relation(object.name.schema, object.name.name))
      visit(*part, moved, seen, order);
  order.push_back(&object);
}

std::vector<const Object*> Dependents::in_the_way_of(const Object& object) const {
  std::vector<const Object*> order;
  for (const auto* dependent : of(object)) {
    if (dependent->kind->carried_along) continue;
    for (const auto* resting : resting_on(*dependent))
      if (std::find(order.begin(), order.end(), resting) == order.end()) order.push_back(resting);
  }
  return order;
}

std::vector<const Object*> Dependents::holding(const Object& object) const {
  std::vector<const Object*> holders;
  std::set<const Object*> seen;
  const auto look = [&](const auto& self, const Object& at) -> void {
    if (!seen.insert(&at).second) return;
    if (&at != &object && holds_data(at))
      holders.push_back(&at);
    else
      for (const auto* dependent : of(at)) self(self, *dependent);
  };
  look(look, object);
  return holders;
}

}  // namespace pgmend::engine
