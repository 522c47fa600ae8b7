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

}  // namespace

std::optional<Word> WordReader::next() {
  while (m_at < m_text.size())
    if (auto word = step()) return word;
  return std::nullopt;
}

std::optional<Word> WordReader::step() {
  const char c = m_text[m_at];
  if (std::isspace(static_cast<unsigned char>(c))) {
    ++m_at;
  } else if (looking_at("--")) {
    m_at = std::min(m_text.find('\n', m_at), m_text.size());
  } else if (looking_at("/*")) {
    skip_comment();
  } else if (c == '\'') {
    skip_string(false);
  } else if (c == '$' && dollar_tag() > 0) {
    skip_dollar_string();
  } else if (c == '"') {
    return read_quoted();
  } else if (starts_name(c)) {
    return read_bare();
  } else {
    return word(Word::Form::mark, std::string(1, c), m_at + 1);
  }
  return std::nullopt;
}

Word WordReader::word(Word::Form form, std::string text, std::size_t end) {
  Word word = {form, std::move(text), m_at, end};
  m_at = end;
  return word;
}

/// They nest.
void WordReader::skip_comment() {
  const auto begin = m_at;
  int depth = 0;
  do {
    if (looking_at("/*") || looking_at("*/")) {
      depth += m_text[m_at] == '/' ? 1 : -1;
      ++m_at;
    }
    ++m_at;
  } while (depth > 0 && m_at < m_text.size());
  if (depth > 0) m_unclosed = {begin, "comment"};
}

/// A doubled quote is two strings in a row, which is the same here; but in E'a''b\'c' the escapes
/// go on behind it.
void WordReader::skip_string(bool has_escapes) {
  const auto begin = m_at;
  m_last_string = begin;
  do {
    for (++m_at; m_at < m_text.size() && m_text[m_at] != '\''; ++m_at)
      if (has_escapes && m_text[m_at] == '\\') ++m_at;
    if (m_at >= m_text.size()) m_unclosed = {begin, "string"};
    m_at = std::min(m_at + 1, m_text.size());
  } while (has_escapes && looking_at("'"));
}

/// Length of the `$tag$` that begins here; 0 if none does.
std::size_t WordReader::dollar_tag() const {
  auto end = m_at + 1;
  while (end < m_text.size() && m_text[end] != '$' && continues_name(m_text[end])) ++end;
  const bool closed = end < m_text.size() && m_text[end] == '$';
  const bool digit_first =
      m_at + 1 < m_text.size() && std::isdigit(static_cast<unsigned char>(m_text[m_at + 1]));
  return closed && !digit_first ? end + 1 - m_at : 0;
}

void WordReader::skip_dollar_string() {
  m_last_string = m_at;
  const auto tag = m_text.substr(m_at, dollar_tag());
  const auto end = m_text.find(tag, m_at + tag.size());
  if (end == k_none) m_unclosed = {m_at, "dollar-quoted string"};
  m_at = end == k_none ? m_text.size() : end + tag.size();
}

Word WordReader::read_quoted() {
  std::string name;
  auto end = m_at + 1;
  bool closed = false;
  while (end < m_text.size() && !closed) {
    const bool quote = m_text[end] == '"';
    const bool doubled = quote && m_text.substr(end + 1).starts_with('"');
    closed = quote && !doubled;
    if (!closed) name += m_text[end];
    end += doubled ? 2 : 1;
  }
  if (!closed) m_unclosed = {m_at, "quoted name"};
  return word(Word::Form::quoted, std::move(name), end);
}

std::optional<Word> WordReader::read_bare() {
  auto end = m_at;
  while (end < m_text.size() && continues_name(m_text[end])) ++end;
  auto name = text::to_lower(m_text.substr(m_at, end - m_at));
  if (name == "e" && m_text.substr(end).starts_with('\'')) {
    m_at = end;
    skip_string(true);
    return std::nullopt;
  }
  return word(Word::Form::bare, std::move(name), end);
}

std::vector<Word> words(std::string_view text) {
  std::vector<Word> all;
  WordReader reader(text);
  while (auto word = reader.next()) all.push_back(std::move(*word));
  return all;
}

}  // namespace pgmend::sql
