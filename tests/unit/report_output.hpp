// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>

namespace pgmend::test {

/// A file for a reporter to write into.
class Output {
 public:
  Output() : m_file(std::tmpfile()) {
    if (!m_file) throw std::runtime_error("no temporary file");
  }
  ~Output() { std::fclose(m_file); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  std::FILE* file() const { return m_file; }
  std::string text() const {
    std::fflush(m_file);
    std::rewind(m_file);
    std::string out;
    for (int c = std::fgetc(m_file); c != EOF; c = std::fgetc(m_file)) out += static_cast<char>(c);
    return out;
  }

 private:
  std::FILE* m_file;
};

/// Without escape sequences for colour.
inline std::string without_color(const std::string& text) {
  std::string out;
  bool escape = false;
  for (const char c : text) {
    if (c == '\033') escape = true;
    if (!escape) out += c;
    if (escape && c == 'm') escape = false;
  }
  return out;
}

}  // namespace pgmend::test
