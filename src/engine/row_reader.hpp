// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/kind.hpp"
#include "pg/result.hpp"

namespace pgmend::engine {

/// One row of a catalog query. The name points into the result, the values are the reader's, the
/// same for all rows that are alike: they may be replaced by equal ones.
struct Row {
  NameView name;
  Address address;
  Values& values;
};

/// Reads the rows of one catalog query.
class RowReader {
 public:
  /// `result` is any that the query returned, if only for the names of its fields; a field that is
  /// missing is a programming error.
  RowReader(const Kind& kind, const pg::Result& result, int server_major);

  Row read(const pg::Result& result, int row);

 private:
  Values& values(const pg::Result& result, int row);
  Value value(const pg::Result& result, int row, std::size_t attribute) const;

  const Kind& m_kind;
  int m_server_major;
  std::array<int, 6> m_identity;  // fields of schema, relation, name and address
  std::vector<int> m_attributes;  // fields of the attributes; -1 where there is none
  std::string m_key;              // of the row at hand
  std::unordered_map<std::string, Values> m_alike;  // rows of equal values, by their key
};

}  // namespace pgmend::engine
