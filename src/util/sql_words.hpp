// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgmend::sql {

/// A piece of SQL text that is neither blank, comment nor string constant.
struct Word {
  enum class Form {
    bare,    // a key word or a name; `text` in lower case, as the server folds it
    quoted,  // a name in double quotes; `text` without them
    mark,    // any other single character
  };
  Form form = Form::mark;
  std::string text;
  std::size_t begin = 0;  // in bytes, in the text it was found in
  std::size_t end = 0;

  bool is_name() const { return form != Form::mark; }
};

/// Reads a text word by word, by PostgreSQL's lexical rules (documentation, section 4.1): nothing
/// inside string constants ('…', E'…', $tag$…$tag$) and comments counts.
class WordReader {
 public:
  /// `text` must outlive the reader.
  explicit WordReader(std::string_view text) : m_text(text) {}

  /// Nothing at the end.
  std::optional<Word> next();
  /// Where reading goes on, in bytes.
  std::size_t at() const { return m_at; }
  /// Goes on there: for what is not SQL in between.
  void skip_to(std::size_t at) { m_at = at; }

  /// Something that the end of the text came before the end of.
  struct Unclosed {
    std::size_t begin;
    std::string_view what;  // "string", "comment"
  };
  const std::optional<Unclosed>& unclosed() const { return m_unclosed; }
  /// Where the last string constant before at() begins; nothing if there was none.
  std::optional<std::size_t> last_string() const { return m_last_string; }

 private:
  std::optional<Word> step();
  bool looking_at(std::string_view start) const { return m_text.substr(m_at).starts_with(start); }
  Word word(Word::Form form, std::string text, std::size_t end);
  void skip_comment();
  void skip_string(bool has_escapes);
  std::size_t dollar_tag() const;
  void skip_dollar_string();
  Word read_quoted();
  std::optional<Word> read_bare();

  std::string_view m_text;
  std::size_t m_at = 0;
  std::optional<Unclosed> m_unclosed;
  std::optional<std::size_t> m_last_string;
};

/// The words of a text. Only tells where names may stand; what a text means is the server's to
/// say.
std::vector<Word> words(std::string_view text);

}  // namespace pgmend::sql
