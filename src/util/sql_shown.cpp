// SPDX-License-Identifier: MIT
#include "util/sql_shown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/sql.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::sql {

namespace {

bool is_odd(std::string_view text) {
  return text::visible(text) != text;
}

bool is_odd_text(std::string_view text) {
  return text::visible_lines(text) != text;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

/// The first character, or the first byte of what is none.
std::string_view first(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const auto one = text.substr(0, size);
  return !is_odd(one) || text::visible(one).starts_with("\\u") ? one : text.substr(0, 1);
}

/// U&"..." knows characters by their numbers; bytes that are no character stay.
std::string unicode_ident(std::string_view name) {
  std::string out = "U&\"";
  while (!name.empty()) {
    const auto one = first(name);
    if (one == "\"" || one == "\\")
      (out += one) += one;
    else if (is_control(one.front()))
      out += fmt::format("\\{:04X}", static_cast<unsigned char>(one.front()));
    else if (one.size() > 1 && is_odd(one))
      out += "\\" + text::visible(one).substr(2);
    else
      out += one;
    name.remove_prefix(one.size());
  }
  return out + '"';
}

/// What stands in E'...' for a character that is not to stand there itself.
std::string bytes(std::string_view text) {
  std::string out;
  for (const char c : text) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  return out;
}

/// The body of an E'...' for a text, or for the body of one that has escapes already.
std::string escaped_body(std::string_view text, bool has_escapes, bool with_lines) {
  std::string out;
  while (!text.empty()) {
    const bool is_escape = has_escapes && text.front() == '\\' && text.size() > 1;
    if (is_escape && is_odd(first(text.substr(1)))) text.remove_prefix(1);
    const auto one = first(text);
    if (is_odd_text(one) || (one == "\n" && !with_lines)) {
      out += one == "\n" ? "\\n" : bytes(one);
    } else {
      out += one;
      if (!has_escapes && (one == "\\" || one == "'")) out += one;
      if (has_escapes && one == "\\" && text.size() > 1) out += first(text.substr(1));
    }
    const bool is_pair = has_escapes && one == "\\" && text.size() > 1;
    text.remove_prefix(is_pair ? 1 + first(text.substr(1)).size() : one.size());
  }
  return out;
}

/// A name in a text, such as the one that nextval() is given, begins no line either.
bool breaks_name(const std::string& text) {
  const auto all = words(text);
  return std::any_of(all.begin(), all.end(), [](const Word& word) {
    return word.form == Word::Form::quoted && word.text.find('\n') != std::string::npos;
  });
}

/// Blanks, comments and string constants between two words.
class Gap {
 public:
  explicit Gap(std::string_view text) : m_text(text) {}

  std::string printable() {
    if (!is_odd(m_text)) return std::string(m_text);
    while (!m_text.empty()) step();
    return std::move(m_out);
  }

 private:
  void step() {
    const bool has_escapes = m_text.starts_with("e'") || m_text.starts_with("E'");
    if (m_text.starts_with("--")) return take(m_text.find('\n'));
    if (m_text.starts_with("/*")) return take(m_text.size());
    if (has_escapes) m_text.remove_prefix(1);
    if (m_text.front() == '\'') return string(has_escapes);
    if (m_text.front() == '$') return dollar_string();
    take(1);
  }

  void take(std::size_t size) {
    m_out += text::visible_lines(m_text.substr(0, size));
    m_text.remove_prefix(std::min(size, m_text.size()));
  }

  void string(bool has_escapes) {
    const auto ends = [&](std::size_t at) {
      return m_text[at] == '\'' && !m_text.substr(at + 1).starts_with('\'');
    };
    std::string body;
    std::size_t end = 1;
    for (; end < m_text.size() && !ends(end); ++end) {
      const bool is_pair = m_text[end] == '\'' || (has_escapes && m_text[end] == '\\');
      if (has_escapes || !is_pair) body += m_text[end];
      if (is_pair && end + 1 < m_text.size()) body += m_text[++end];
    }
    put(m_text.substr(0, end + 1), body, has_escapes);
  }

  void dollar_string() {
    const auto tag = m_text.substr(0, m_text.find('$', 1) + 1);
    const auto end = std::min(m_text.find(tag, tag.size()), m_text.size());
    const auto whole = m_text.substr(0, end + tag.size());
    put(whole, std::string(m_text.substr(tag.size(), end - tag.size())), false);
  }

  void put(std::string_view whole, const std::string& body, bool has_escapes) {
    const bool with_lines = whole.starts_with('$');
    if (is_odd_text(whole) || (!with_lines && breaks_name(body)))
      m_out += fmt::format("E'{}'", escaped_body(body, has_escapes, with_lines));
    else
      (m_out += has_escapes ? "E" : "") += whole;
    m_text.remove_prefix(std::min(whole.size(), m_text.size()));
  }

  std::string_view m_text;
  std::string m_out;
};

template <typename Name, typename Rest>
std::string rewritten(std::string_view statement, const Name& name, const Rest& rest) {
  if (!is_odd(statement)) return std::string(statement);
  std::string out;
  std::size_t done = 0;
  WordReader reader(statement);
  while (const auto word = reader.next()) {
    if (word->form != Word::Form::quoted) continue;
    const auto before = statement.substr(done, word->begin - done);
    const bool is_unicode = before.ends_with("U&") || before.ends_with("u&");
    if (is_unicode || !is_odd(word->text)) continue;
    out += rest(before);
    out += name(word->text);
    done = word->end;
  }
  return out + rest(statement.substr(done));
}

/// All but odd names: words, and what stands between them.
std::string printable_rest(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  WordReader reader(text);
  while (const auto word = reader.next()) {
    out += Gap(text.substr(done, word->begin - done)).printable();
    out += text::visible_lines(text.substr(word->begin, word->end - word->begin));
    done = word->end;
  }
  return out + Gap(text.substr(done)).printable();
}

}  // namespace

std::string printable(std::string_view statement) {
  return rewritten(statement, unicode_ident, printable_rest);
}

std::string visible(std::string_view statement) {
  return rewritten(
      statement, [](const std::string& name) { return quote_ident(text::visible(name)); },
      text::visible_lines);
}

}  // namespace pgmend::sql
