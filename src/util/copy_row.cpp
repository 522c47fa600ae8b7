// SPDX-License-Identifier: MIT
#include "util/copy_row.hpp"

#include <algorithm>
#include <stdexcept>

namespace pgmend {

namespace {

char unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return c;
  }
}

std::string_view unescape(std::string_view field, std::string& room) {
  room.clear();
  for (std::size_t i = 0; i < field.size(); ++i)
    room += field[i] == '\\' ? unescaped(field[++i]) : field[i];
  return room;
}

}  // namespace

std::optional<std::string_view> CopyRow::next(std::string& room) {
  if (m_at > m_text.size()) throw std::logic_error("the row has no further field");
  const auto end = std::min(m_text.find('\t', m_at), m_text.size());
  const auto field = m_text.substr(m_at, end - m_at);
  m_at = end + 1;
  if (field.find('\\') == std::string_view::npos) return field;
  if (field == "\\N") return std::nullopt;
  return unescape(field, room);
}

}  // namespace pgmend
