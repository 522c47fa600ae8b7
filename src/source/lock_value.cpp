// SPDX-License-Identifier: MIT
#include "source/lock_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

constexpr auto k_nowhere = std::string_view::npos;

/// Goes over one element of an array's text form that is no array itself; false if it is none.
bool skip_element(std::string_view text, std::size_t& at) {
  if (text[at] != '"') {
    const auto begin = at;
    while (at < text.size() && text.substr(at, 1).find_first_of("{}\",") == k_nowhere) {
      if (text[at] == '\\') ++at;
      ++at;
    }
    return at > begin && at <= text.size();
  }
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at++ < text.size();
}

/// `{a,"b c",{d,e}}`, as array_out writes it.
bool is_array(std::string_view text) {
  std::size_t depth = 0;
  bool wants_element = false;  // behind a comma
  bool may_begin = true;       // an element or an array
  std::size_t at = 0;
  do {
    if (at >= text.size()) return false;
    const char c = text[at];
    if (c == '{') {
      if (!may_begin) return false;
      ++depth;
      ++at;
      wants_element = false;
    } else if (c == '}') {
      if (depth == 0 || wants_element) return false;
      --depth;
      ++at;
      may_begin = false;
    } else if (c == ',') {
      if (may_begin) return false;
      ++at;
      may_begin = wants_element = true;
    } else {
      if (depth == 0 || !may_begin || !skip_element(text, at)) return false;
      may_begin = wants_element = false;
    }
  } while (depth > 0);
  return at == text.size();
}

bool is_whole_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

bool is_among(std::string_view words, std::string_view text) {
  const auto all = text::split(words, '|');
  return std::find(all.begin(), all.end(), text) != all.end();
}

/// Whether all is closed, seen without a look at the words: true only where that is enough. Most
/// expressions are short, and there are thousands of them.
bool is_plainly_closed(std::string_view text) {
  std::array<char, 32> open = {};  // the closing brackets that are to come
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (const char c = text[at]) {
      case '(':
      case '[':
        if (depth == open.size()) return false;
        open[depth++] = c == '(' ? ')' : ']';
        break;
      case ')':
      case ']':
        if (depth == 0 || open[--depth] != c) return false;
        break;
      case '\'':
        if (at > 0 && (text[at - 1] == 'E' || text[at - 1] == 'e')) return false;
        at = text.find('\'', at + 1);
        if (at == k_nowhere) return false;
        break;
      case '"':
      case '$':
      case '-':
      case '/':
        return false;
      default:
        break;
    }
  }
  return depth == 0;
}

/// What is open at the end of an expression, or closed too early; empty: nothing.
std::string open_in(std::string_view text) {
  if (is_plainly_closed(text)) return "";
  sql::WordReader reader(text);
  std::string open;  // the closing brackets that are to come
  while (const auto word = reader.next()) {
    if (word->form != sql::Word::Form::mark) continue;
    const char mark = word->text.front();
    if (mark == '(' || mark == '[') {
      open += mark == '(' ? ')' : ']';
    } else if (mark == ')' || mark == ']') {
      if (open.empty() || open.back() != mark) return fmt::format("a `{}` too many", mark);
      open.pop_back();
    }
  }
  if (const auto& unclosed = reader.unclosed())
    return fmt::format("a {} that is not closed", unclosed->what);
  return open.empty() ? "" : fmt::format("a `{}` is missing", open.back());
}

}  // namespace

std::string why_impossible(const Attribute& attribute, std::string_view text) {
  const auto values = attribute.values;
  if (values == "[]") return is_array(text) ? "" : "it is no list";
  if (values == "#") return is_whole_number(text) ? "" : "it is no whole number";
  if (!values.empty())
    return is_among(values, text)
               ? ""
               : "it can be: " + text::replace_all(std::string(values), "|", ", ");
  return attribute.form == Attribute::Form::text ? open_in(text) : "";
}

}  // namespace pgmend::source
