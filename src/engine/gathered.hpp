// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/row_reader.hpp"
#include "model/object.hpp"
#include "pg/extension_property.hpp"

namespace pgmend::engine {

/// What is expected, and what of it was met. Threads may share one if they read different kinds.
/// What is expected is waited for, and may throw, when the first row is held against it.
class Known {
 public:
  explicit Known(const Schema& expected) : m_schema(expected) {}

  const Schema& schema() const { return m_schema; }
  /// Of one kind, in their order.
  std::span<const Position> of(const Kind& kind);
  /// Whether it is met for the first time.
  bool meet(Position position) { return !std::exchange(m_met[position], 1); }

 private:
  void prepare();

  const Schema& m_schema;
  std::once_flag m_once;
  std::unordered_map<const Kind*, std::vector<Position>> m_by_kind;
  std::vector<char> m_met;  // no bits: these could not be set by several threads
};

/// Objects in the order in which they were added, in pieces: they are never copied to make room for
/// more, and each piece is given back as soon as its objects are taken out.
class Pieces {
 public:
  std::size_t size() const { return m_size; }
  void add(Object object);
  void copy_to(Schema& schema) const;
  /// The next one. There must be one.
  Object take();

 private:
  std::deque<std::vector<Object>> m_pieces;
  std::size_t m_taken = 0;  // of the first piece
  std::size_t m_size = 0;   // without those that were taken
};

/// The answer to one statement of a reading. Of an object that is exactly as expected only the
/// address is kept: most of a large schema is, and to make it anew takes longer than to read it.
class Gathered {
 public:
  /// `known` lives longer than this; null: nothing is. `kind`: null for a statement that returns
  /// no objects. What is `beside` is passed over; null: nothing is.
  Gathered(const Kind* kind, int server_major, Known* known,
           std::shared_ptr<const pg::ExtensionProperty> beside = nullptr);

  /// A row as copy_rows() has it sent.
  void take(std::string_view row);
  const Kind* kind() const { return m_kind; }
  std::size_t size() const { return m_rows.size(); }
  /// How many are not as expected, or not expected at all.
  std::size_t others() const { return m_others.size(); }
  void copy_others_to(Schema& schema) const { m_others.copy_to(schema); }
  /// Everything, in the order in which it was read. Leaves nothing here.
  void move_to(Schema& schema);

 private:
  static constexpr Position k_other = UINT32_MAX;
  struct Kept {
    Position position = k_other;  // among what is known; or the next of the others
    Address address = {};
  };
  void take(const Row& row);
  std::optional<Position> find_known(const NameView& name);

  const Kind* m_kind;
  Known* m_known;
  std::shared_ptr<const pg::ExtensionProperty> m_beside;
  std::optional<RowReader> m_reader;
  std::optional<std::span<const Position>> m_ours;  // what is known of the kind
  std::size_t m_next = 0;                           // of these, behind the one that was found last
  std::vector<Kept> m_rows;
  Pieces m_others;
};

}  // namespace pgmend::engine
