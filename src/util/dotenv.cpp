// SPDX-License-Identifier: MIT
#include "util/dotenv.hpp"

#include <algorithm>

#include "util/text.hpp"

namespace pgmend::dotenv {

namespace {

bool is_key_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

struct RawValue {
  std::string text;
  bool expands = true;
};

/// What a backslash and `c` stand for in double quotes, if anything.
std::optional<char> unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '"':
    case '\'':
    case '\\':
      return c;
    default:
      return std::nullopt;
  }
}

/// Walks through the text, and knows the line it is on.
class Reader {
 public:
  Reader(std::string_view text, const std::string& file_name) : m_text(text), m_file(file_name) {}

  bool at_end() const { return m_at >= m_text.size(); }
  std::string place() const { return m_file + ':' + std::to_string(m_line) + ": "; }
  [[noreturn]] void fail(const std::string& what) const { throw Error(place() + what); }

  bool take(std::string_view word) {
    if (!m_text.substr(m_at).starts_with(word)) return false;
    m_at += word.size();
    return true;
  }

  void skip_blanks() {
    while (!at_end() && (m_text[m_at] == ' ' || m_text[m_at] == '\t')) ++m_at;
  }

  /// The rest of the line, without its end.
  std::string_view take_line() {
    const auto start = m_at;
    m_at = std::min(m_text.find('\n', m_at), m_text.size());
    auto line = m_text.substr(start, m_at - start);
    if (!at_end()) ++m_at;
    ++m_line;
    return line;
  }

  std::string take_key() {
    const auto start = m_at;
    while (!at_end() && is_key_char(m_text[m_at])) ++m_at;
    return std::string(m_text.substr(start, m_at - start));
  }

  bool at_line_end() const {
    return at_end() || m_text[m_at] == '\n' || m_text[m_at] == '\r' || m_text[m_at] == '#';
  }

  RawValue take_value() {
    skip_blanks();
    if (take("'")) return {take_quoted('\''), false};
    if (take("\"")) return {take_quoted('"'), true};
    return {take_bare(), true};
  }

 private:
  std::string take_bare() {
    const auto end = std::min(m_text.find('\n', m_at), m_text.size());
    auto line = m_text.substr(m_at, end - m_at);
    m_at = end;
    // A `#` inside a word belongs to it: passwords hold them.
    for (std::size_t i = 0; i < line.size(); ++i)
      if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t'))
        line = line.substr(0, i);
    return std::string(text::trim(line));
  }

  std::string take_quoted(char quote) {
    const auto opened_at = place();
    const auto start = m_at;
    std::string value;
    for (; !at_end() && m_text[m_at] != quote; ++m_at) {
      if (quote == '"' && m_text[m_at] == '\\' && m_at + 1 < m_text.size())
        take_escape(value);
      else
        value += m_text[m_at];
    }
    if (at_end()) throw Error(opened_at + "the quote is not closed");
    const auto inside = m_text.substr(start, m_at - start);
    m_line += static_cast<int>(std::count(inside.begin(), inside.end(), '\n'));
    ++m_at;
    skip_blanks();
    if (!at_line_end()) fail("text after the closing quote");
    return value;
  }

  /// Leaves the reader on the escaped character.
  void take_escape(std::string& value) {
    const char c = m_text[++m_at];
    if (c == '$')  // `$${` is how expand_variables is told to leave it alone
      value += m_text.substr(m_at + 1).starts_with('{') ? "$$" : "$";
    else if (const auto plain = unescaped(c))
      value += *plain;
    else
      (value += '\\') += c;
  }

  std::string_view m_text;
  const std::string& m_file;
  std::size_t m_at = 0;
  int m_line = 1;
};

}  // namespace

File File::parse(std::string_view text, const std::string& file_name,
                 const env::Environment& environment) {
  File file;
  const env::Environment known = [&](const std::string& name) {
    auto value = environment(name);
    const auto above = file.m_values.find(name);
    if (!value && above != file.m_values.end()) value = above->second.text;
    return value;
  };
  Reader reader(text, file_name);
  reader.take("\xEF\xBB\xBF");
  for (; !reader.at_end(); reader.take_line()) {
    reader.skip_blanks();
    if (reader.at_line_end()) continue;
    if (reader.take("export ")) reader.skip_blanks();
    const auto key = reader.take_key();
    reader.skip_blanks();
    if (!key.empty() && reader.at_line_end()) continue;  // a bare name sets nothing
    if (key.empty() || !reader.take("=")) reader.fail("expected KEY=value");
    const auto place = reader.place();
    auto [raw, expands] = reader.take_value();
    Value value{raw, ""};
    try {
      if (expands) value.text = env::expand_variables(raw, known);
    } catch (const env::ExpandError& error) {
      value.error = place + key + ": " + error.what();
    }
    file.m_values[key] = std::move(value);
  }
  return file;
}

std::optional<std::string> File::get(const std::string& key) const {
  const auto found = m_values.find(key);
  if (found == m_values.end()) return std::nullopt;
  if (!found->second.error.empty()) throw Error(found->second.error);
  return found->second.text;
}

}  // namespace pgmend::dotenv
