// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/kind.hpp"

namespace pgmend::engine {

/// One row of a catalog query. The name lives until the next is read; the values are the reader's,
/// the same for all rows that are alike: they may be replaced by equal ones.
struct Row {
  NameView name;
  Address address;
  Values& values;
};

/// Of a row, all but its values; the name lives until the next is read.
struct RowHead {
  NameView name;
  Address address;
  std::string_view written;  // the values
};

/// Copies the rows of the kind's catalog query out, as RowReader reads them.
std::string copy_rows(const Kind& kind, const std::string& catalog_query);

/// Reads the rows of one catalog query.
class RowReader {
 public:
  RowReader(const Kind& kind, int server_major) : m_kind(&kind), m_server_major(server_major) {}

  /// A row as copy_rows() has it sent.
  Row read(std::string_view text);
  RowHead read_head(std::string_view text);
  /// Values as they are written; nothing of them is kept.
  std::vector<Value> parse(std::string_view written);

 private:
  Values& values(std::string_view written);

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  const Kind* m_kind;
  int m_server_major;
  std::array<std::string, 3> m_name;  // room for the parts of the last that was read
  std::string m_room;
  // Rows of equal values, by the text of these.
  std::unordered_map<std::string, Values, Hash, std::equal_to<>> m_alike;
};

}  // namespace pgmend::engine
