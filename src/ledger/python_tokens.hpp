// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// As much of Python's lexical rules as reading a migration script takes (Python Language
/// Reference, section 2 "Lexical analysis"): tokens and logical lines. Nothing is run.
namespace pgmend::ledger {

/// This is no Python.
class PythonError : public std::runtime_error {
 public:
  PythonError(int line, const std::string& what) : std::runtime_error(what), m_line(line) {}
  int line() const { return m_line; }

 private:
  int m_line;
};

struct Token {
  enum class Sort { name, text, number, sign };

  Sort sort = Sort::sign;
  std::string text;  // of a text: what stands between the quotes, escapes resolved
  int line = 0;
  bool is_formatted = false;  // an f-string: its text is not what it will be

  bool is(std::string_view word) const { return sort != Sort::text && text == word; }
  bool is_text() const { return sort == Sort::text && !is_formatted; }
};

/// A logical line: it ends where all brackets are closed.
struct Statement {
  std::vector<Token> tokens;
  std::size_t indent = 0;
};

/// Throws PythonError.
std::vector<Statement> read_python(std::string_view source);

}  // namespace pgmend::ledger
