// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "model/object.hpp"

namespace pgmend::source {

/// Reads one line of a lock file from left to right. What is not as it should be throws SpecError
/// with the place in the file. Refers to the line and to the file's name.
class LockLine {
 public:
  LockLine(std::string_view line, const std::string& file, int number)
      : m_line(line), m_file(file), m_number(number) {}

  bool at_end() const { return m_at >= m_line.size(); }
  std::size_t at() const { return m_at; }
  void go_to(std::size_t at) { m_at = at; }
  std::string_view rest() const { return m_line.substr(std::min(m_at, m_line.size())); }

  bool skip(char c);
  void expect(char c);
  std::string_view word();
  std::string quoted();
  Name path();
  int number();
  /// Goes over ` name=` if that comes next.
  bool skip_field(std::string_view name);
  /// Goes over all ` name="text"` up to one of that name; returns them as they are written.
  std::string_view skip_fields_before(std::string_view name);

  [[noreturn]] void fail(const std::string& what) const;

 private:
  char escape();
  void skip_quoted();

  std::string_view m_line;
  const std::string& m_file;
  int m_number;
  std::size_t m_at = 0;
};

}  // namespace pgmend::source
