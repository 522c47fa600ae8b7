// SPDX-License-Identifier: MIT
#include "engine/row_reader.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace pgmend::engine {

namespace {

constexpr std::array k_identity = {"schema", "relation", "name", "classid", "objid", "objsubid"};

int needed_field(const Kind& kind, const pg::Result& result, std::string_view name) {
  const int field = result.field_number(std::string(name));
  if (field < 0)
    throw std::logic_error(fmt::format("the catalog query of {} returns no {}", kind.name, name));
  return field;
}

template <typename Number>
Number number(std::string_view digits) {
  Number value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

RowReader::RowReader(const Kind& kind, const pg::Result& result, int server_major)
    : m_kind(kind), m_server_major(server_major) {
  for (std::size_t i = 0; i < k_identity.size(); ++i)
    m_identity[i] = needed_field(kind, result, k_identity[i]);
  for (const auto& attribute : kind.attributes)
    m_attributes.push_back(attribute.form == Attribute::Form::directive
                               ? result.field_number(std::string(attribute.name))
                               : needed_field(kind, result, attribute.name));
}

Row RowReader::read(const pg::Result& result, int row) {
  const auto text = [&](std::size_t i) { return result.get(row, m_identity[i]); };
  return {{text(0), text(1), text(2)},
          {number<unsigned>(text(3)), number<unsigned>(text(4)), number<int>(text(5))},
          values(result, row)};
}

/// Most rows of a large schema are like one that was read before, but for their names.
Values& RowReader::values(const pg::Result& result, int row) {
  m_key.clear();
  for (const int field : m_attributes) {
    if (field < 0 || result.is_null(row, field)) {
      m_key += '-';
      continue;
    }
    const auto text = result.get(row, field);
    fmt::format_to(std::back_inserter(m_key), "{}:", text.size());
    m_key += text;
  }
  if (const auto found = m_alike.find(m_key); found != m_alike.end()) return found->second;
  std::vector<Value> all;
  all.reserve(m_attributes.size());
  for (std::size_t i = 0; i < m_attributes.size(); ++i) all.push_back(value(result, row, i));
  return m_alike.emplace(m_key, std::move(all)).first->second;
}

/// What a server of this version does not have, it says nothing about.
Value RowReader::value(const pg::Result& result, int row, std::size_t attribute) const {
  const int field = m_attributes[attribute];
  if (m_kind.attributes[attribute].since > m_server_major) return Value::unspecified();
  if (field < 0 || result.is_null(row, field)) return Value::absent();
  return Value::present(std::string(result.get(row, field)));
}

}  // namespace pgmend::engine
