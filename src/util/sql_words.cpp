// SPDX-License-Identifier: MIT
#include "util/sql_words.hpp"

#include <algorithm>
#include <cctype>

#include "util/text.hpp"

namespace pgmend::sql {

namespace {

constexpr auto k_none = std::string_view::npos;

bool starts_name(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool continues_name(char c) {
  return starts_name(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : m_text(text) {}

  std::vector<Word> read() {
    while (m_at < m_text.size()) step();
    return std::move(m_words);
  }

 private:
  void step() {
    const char c = m_text[m_at];
    if (std::isspace(static_cast<unsigned char>(c)))
      ++m_at;
    else if (looking_at("--"))
      m_at = std::min(m_text.find('\n', m_at), m_text.size());
    else if (looking_at("/*"))
      skip_comment();
    else if (c == '\'')
      skip_string(false);
    else if (c == '$' && dollar_tag() > 0)
      skip_dollar_string();
    else if (c == '"')
      read_quoted();
    else if (starts_name(c))
      read_bare();
    else
      add(Word::Form::mark, std::string(1, c), m_at + 1);
  }

  bool looking_at(std::string_view start) const { return m_text.substr(m_at).starts_with(start); }

  void add(Word::Form form, std::string text, std::size_t end) {
    m_words.push_back({form, std::move(text), m_at, end});
    m_at = end;
  }

  /// They nest.
  void skip_comment() {
    int depth = 0;
    do {
      if (looking_at("/*") || looking_at("*/")) {
        depth += m_text[m_at] == '/' ? 1 : -1;
        ++m_at;
      }
      ++m_at;
    } while (depth > 0 && m_at < m_text.size());
  }

  /// A doubled quote is two strings in a row, which is the same here.
  void skip_string(bool has_escapes) {
    for (++m_at; m_at < m_text.size() && m_text[m_at] != '\''; ++m_at)
      if (has_escapes && m_text[m_at] == '\\') ++m_at;
    m_at = std::min(m_at + 1, m_text.size());
    // In E'a''b\'c' the escapes go on behind the doubled quote.
    if (has_escapes && looking_at("'")) skip_string(true);
  }

  /// Length of the `$tag$` that begins here; 0 if none does.
  std::size_t dollar_tag() const {
    auto end = m_at + 1;
    while (end < m_text.size() && m_text[end] != '$' && continues_name(m_text[end])) ++end;
    const bool closed = end < m_text.size() && m_text[end] == '$';
    const bool digit_first =
        m_at + 1 < m_text.size() && std::isdigit(static_cast<unsigned char>(m_text[m_at + 1]));
    return closed && !digit_first ? end + 1 - m_at : 0;
  }

  void skip_dollar_string() {
    const auto tag = m_text.substr(m_at, dollar_tag());
    const auto end = m_text.find(tag, m_at + tag.size());
    m_at = end == k_none ? m_text.size() : end + tag.size();
  }

  void read_quoted() {
    std::string name;
    auto end = m_at + 1;
    while (end < m_text.size()) {
      const bool quote = m_text[end] == '"';
      const bool doubled = quote && m_text.substr(end + 1).starts_with('"');
      if (!quote || doubled) name += m_text[end];
      end += doubled ? 2 : 1;
      if (quote && !doubled) break;
    }
    add(Word::Form::quoted, std::move(name), end);
  }

  void read_bare() {
    auto end = m_at;
    while (end < m_text.size() && continues_name(m_text[end])) ++end;
    auto name = text::to_lower(m_text.substr(m_at, end - m_at));
    if (name == "e" && m_text.substr(end).starts_with('\'')) {
      m_at = end;
      skip_string(true);
    } else {
      add(Word::Form::bare, std::move(name), end);
    }
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::vector<Word> m_words;
};

}  // namespace

std::vector<Word> words(std::string_view text) {
  return Reader(text).read();
}

}  // namespace pgmend::sql
