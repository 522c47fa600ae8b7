// SPDX-License-Identifier: MIT
#include "engine/gathered.hpp"

#include <algorithm>

namespace pgmend::engine {

Gathered::Gathered(const Kind* kind, int server_major, Known* known)
    : m_kind(kind), m_server_major(server_major), m_known(known) {}

void Gathered::take(const pg::Result& result) {
  if (!m_kind || result.rows() == 0) return;
  if (!m_reader) m_reader.emplace(*m_kind, result, m_server_major);
  for (int row = 0; row < result.rows(); ++row) take(m_reader->read(result, row));
}

/// Most rows come in the order in which they are expected, with little of other kinds between: a
/// look at the next few is cheaper than to look the name up.
const Object* Gathered::find_known(const NameView& name) {
  if (!m_known) return nullptr;
  constexpr std::size_t k_few = 3;
  const auto& objects = m_known->schema.objects();
  const auto end = std::min(m_next + k_few, objects.size());
  const Object* found = nullptr;
  for (auto at = m_next; at < end && !found; ++at)
    if (objects[at].kind == m_kind && NameView(objects[at].name) == name) found = &objects[at];
  if (!found) found = m_known->schema.find(*m_kind, name);
  if (found) m_next = m_known->schema.position_of(*found) + 1;
  return found;
}

void Gathered::take(const Row& row) {
  const auto* known = find_known(row.name);
  if (known && known->values == row.values) {
    row.values = known->values;  // the next that is alike is equal at first sight
    const auto position = m_known->schema.position_of(*known);
    if (!m_known->met[position]) {
      m_known->met[position] = 1;
      m_rows.push_back({static_cast<Position>(position), row.address});
      return;
    }
  }
  m_rows.push_back({});
  Object object;
  object.kind = m_kind;
  object.name = row.name.copy();
  object.values = row.values;
  object.address = row.address;
  m_others.push_back(std::move(object));
}

void Gathered::move_to(Schema& schema) {
  auto other = m_others.begin();
  for (const auto& row : m_rows) {
    if (row.position == k_other) {
      schema.add(std::move(*other++));
      continue;
    }
    const auto& known = m_known->schema.objects()[row.position];
    Object object;
    object.kind = m_kind;
    object.name = known.name;
    object.values = known.values;
    object.address = row.address;
    schema.add(std::move(object));
  }
  m_rows = std::vector<Kept>();
  m_others = std::vector<Object>();
}

}  // namespace pgmend::engine
