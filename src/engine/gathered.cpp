// SPDX-License-Identifier: MIT
#include "engine/gathered.hpp"

#include <algorithm>
#include <utility>

namespace pgmend::engine {

namespace {

/// Some hundred kB: what is as large goes back to the system when it is freed.
constexpr std::size_t k_objects_of_a_piece = 1024;

}  // namespace

void Pieces::add(Object object) {
  if (m_pieces.empty() || m_pieces.back().size() == k_objects_of_a_piece) {
    // Of most kinds there are few.
    m_pieces.emplace_back();
    if (m_pieces.size() > 1) m_pieces.back().reserve(k_objects_of_a_piece);
  }
  m_pieces.back().push_back(std::move(object));
  ++m_size;
}

void Pieces::copy_to(Schema& schema) const {
  auto taken = m_taken;
  for (const auto& piece : m_pieces) {
    for (auto at = taken; at < piece.size(); ++at) schema.add(piece[at]);
    taken = 0;
  }
}

Object Pieces::take() {
  auto& first = m_pieces.front();
  auto object = std::move(first[m_taken++]);
  --m_size;
  if (m_taken == first.size()) {
    m_pieces.pop_front();
    m_taken = 0;
  }
  return object;
}

void Known::prepare() {
  m_met.assign(m_schema.size(), 0);
  const Kind* last = nullptr;  // often that of the next, too
  std::vector<Position>* of_it = nullptr;
  for (Position at = 0; at < m_schema.size(); ++at) {
    if (const auto* kind = &m_schema.kind_at(at); kind != last) {
      last = kind;
      of_it = &m_by_kind[kind];
    }
    of_it->push_back(at);
  }
}

std::span<const Position> Known::of(const Kind& kind) {
  std::call_once(m_once, [this] { prepare(); });
  const auto found = m_by_kind.find(&kind);
  if (found == m_by_kind.end()) return {};
  return found->second;
}

Gathered::Gathered(const Kind* kind, int server_major, Known* known,
                   std::shared_ptr<const pg::ExtensionProperty> beside)
    : m_kind(kind), m_known(known), m_beside(std::move(beside)) {
  if (kind) m_reader.emplace(*kind, server_major);
}

void Gathered::take(std::string_view row) {
  take(m_reader->read(row));
}

/// Most rows come in the order in which they are expected: a look at the next is cheaper than to
/// look the name up.
std::optional<Position> Gathered::find_known(const NameView& name) {
  if (!m_known) return std::nullopt;
  if (!m_ours) m_ours = m_known->of(*m_kind);
  const auto& ours = *m_ours;
  const auto& schema = m_known->schema();
  if (m_next < ours.size() && schema.name_at(ours[m_next]) == name) return ours[m_next++];
  const auto found = schema.find_position(*m_kind, name);
  if (found)
    m_next =
        static_cast<std::size_t>(std::upper_bound(ours.begin(), ours.end(), *found) - ours.begin());
  return found;
}

void Gathered::take(const Row& row) {
  if (m_beside && m_beside->covers(row.name, row.address)) return;
  const auto known = find_known(row.name);
  if (known && m_known->schema().values_at(*known) == row.values) {
    // The next that is alike is so at first sight.
    row.values = m_known->schema().values_at(*known);
    if (m_known->meet(*known)) {
      m_rows.push_back({*known, row.address});
      return;
    }
  }
  m_rows.push_back({});
  Object object;
  object.kind = m_kind;
  object.name = row.name.copy();
  object.values = row.values;
  object.address = row.address;
  m_others.add(std::move(object));
}

void Gathered::move_to(Schema& schema) {
  for (const auto& row : m_rows) {
    if (row.position == k_other) {
      schema.add(m_others.take());
      continue;
    }
    Object object;
    object.kind = m_kind;
    object.name = m_known->schema().name_at(row.position).copy();
    object.values = m_known->schema().values_at(row.position);
    object.address = row.address;
    schema.add(std::move(object));
  }
  m_rows = std::vector<Kept>();
}

}  // namespace pgmend::engine
