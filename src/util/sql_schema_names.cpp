// SPDX-License-Identifier: MIT
#include "util/sql_schema_names.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "util/sql.hpp"
#include "util/sql_spelling.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::sql {

namespace {

class Requalifier {
 public:
  Requalifier(std::string_view text, const std::string& from, const std::string& to)
      : m_text(text), m_from(from), m_to(to) {}

  std::string rewritten() {
    WordReader reader(m_text);
    std::optional<Word> before;  // the last two words
    std::optional<Word> last;
    while (auto word = reader.next()) {
      const bool is_cast = is(last, ':') && is(before, ':') && names_objects(*word);
      if (is_cast && reader.last_string()) in_string(before->begin);
      if (is(word, '.') && last && last->is_name() && last->text == m_from &&
          last->end == word->begin && !is_behind_dot(before, *last))
        replace(last->begin, last->end, spelled(last->form == Word::Form::quoted));
      before = std::move(last);
      last = std::move(word);
    }
    return std::move(m_out.append(m_text.substr(m_taken)));
  }

 private:
  static bool is(const std::optional<Word>& word, char mark) {
    return word && word->form == Word::Form::mark && word->text.front() == mark;
  }

  /// regclass and its like (documentation, section 8.19).
  static bool names_objects(const Word& type) {
    return type.form == Word::Form::bare && type.text.starts_with("reg") &&
           type.text != "regnamespace" && type.text != "regrole";
  }

  /// The name in the middle of a longer one is no schema's.
  static bool is_behind_dot(const std::optional<Word>& before, const Word& name) {
    return is(before, '.') && before->end == name.begin;
  }

  std::string spelled(bool was_quoted) const {
    return was_quoted || !is_plain_name(m_to) ? quote_ident(m_to) : m_to;
  }

  void replace(std::size_t begin, std::size_t end, const std::string& by) {
    m_out.append(m_text.substr(m_taken, begin - m_taken)).append(by);
    m_taken = end;
  }

  /// Where the constant begins that ends there, if one does.
  std::size_t begin_of_string(std::size_t end) const {
    if (end < 2 || m_text[end - 1] != '\'') return end;
    for (auto at = end - 2;; --at) {
      if (m_text[at] == '\'' && (at == 0 || m_text[at - 1] != '\'')) return at;
      if (m_text[at] == '\'') --at;  // two of them stand for one
      if (at == 0) return end;
    }
  }

  /// What stands between the quotes of the constant that ends right before the cast.
  void in_string(std::size_t end) {
    const auto begin = begin_of_string(end);
    if (begin < m_taken || begin + 2 > end) return;
    const auto inside =
        text::replace_all(std::string(m_text.substr(begin + 1, end - begin - 2)), "''", "'");
    replace(begin, end, quote_literal(with_schema(inside, m_from, m_to)));
  }

  std::string_view m_text;
  const std::string& m_from;
  const std::string& m_to;
  std::string m_out;
  std::size_t m_taken = 0;  // of the text, in m_out already
};

bool is_written_array(std::string_view text) {
  return text.size() > 1 && text.front() == '{' && text.back() == '}';
}

bool needs_quotes(const std::string& element) {
  return element.empty() || text::to_lower(element) == "null" ||
         element.find_first_of("{},\"\\ \t\n\r\v\f") != std::string::npos;
}

/// The text form of an array that may hold NULL, as the server writes it.
std::string written(const std::vector<std::optional<std::string>>& elements) {
  std::vector<std::string> parts;
  for (const auto& element : elements) {
    if (!element || !needs_quotes(*element)) {
      parts.push_back(element.value_or("NULL"));
      continue;
    }
    const auto one = format_array({*element});
    parts.push_back(one.substr(1, one.size() - 2));
  }
  return "{" + text::join(parts, ",") + "}";
}

std::string in_array(std::string_view text, const std::string& from, const std::string& to) {
  auto elements = parse_nullable_array(text);
  bool is_changed = false;
  for (auto& element : elements) {
    if (!element) continue;
    auto mapped = with_schema(*element, from, to);
    is_changed = is_changed || mapped != *element;
    element = std::move(mapped);
  }
  // One of other makers may be spelled otherwise.
  return is_changed ? written(elements) : std::string(text);
}

constexpr std::string_view k_search_path = "search_path=";

std::string in_search_path(std::string_view text, const std::string& from, const std::string& to) {
  std::vector<std::string> names;
  for (auto& name : split_outside_quotes(text.substr(k_search_path.size()), ',')) {
    const bool is_it = name == from || name == quote_ident(from);
    const bool is_quoted = name.starts_with('"') || !is_plain_name(to);
    names.push_back(!is_it ? std::move(name) : is_quoted ? quote_ident(to) : to);
  }
  return std::string(k_search_path) + text::join(names, ", ");
}

}  // namespace

std::string spelled_schema(const std::string& schema) {
  return is_plain_name(schema) ? schema : quote_ident(schema);
}

std::string with_schema_in_name(std::string_view name, const std::string& from,
                                const std::string& to) {
  constexpr std::string_view k_itself = "schema ";
  const auto rest = name.substr(std::min(k_itself.size(), name.size()));
  if (name.starts_with(k_itself))
    for (const auto& spelling : {spelled_schema(from), quote_ident(from)})
      if (rest == spelling || rest.starts_with(spelling + ' '))
        return std::string(k_itself) + spelled_schema(to) +
               std::string(rest.substr(spelling.size()));
  return with_schema(name, from, to);
}

std::string with_schema(std::string_view text, const std::string& from, const std::string& to) {
  // A name that holds quotes is written with two of each.
  const bool may_be_there = from.find('"') != std::string::npos ||
                            text::to_lower(text).find(text::to_lower(from)) != std::string::npos;
  if (from.empty() || !may_be_there) return std::string(text);
  if (is_written_array(text)) return in_array(text, from, to);
  if (text.starts_with(k_search_path)) return in_search_path(text, from, to);
  return Requalifier(text, from, to).rewritten();
}

}  // namespace pgmend::sql
