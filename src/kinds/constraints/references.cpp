// SPDX-License-Identifier: MIT
#include "kinds/constraints/references.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/sql.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

using Words = std::vector<sql::Word>;

bool is_keyword(const sql::Word& word, std::string_view keyword) {
  return word.form == sql::Word::Form::bare && word.text == keyword;
}

bool is_mark(const Words& words, std::size_t at, std::string_view mark) {
  return at < words.size() && words[at].form == sql::Word::Form::mark && words[at].text == mark;
}

std::string name_at(const Words& words, std::size_t at) {
  return sql::truncate_identifier(words[at].text);
}

/// The names between the parentheses that open at `at`; none if it is not a plain list of names.
std::vector<std::string> names_in_parentheses(const Words& words, std::size_t at) {
  std::vector<std::string> names;
  if (!is_mark(words, at, "(")) return names;
  while (++at < words.size() && words[at].is_name()) {
    names.push_back(name_at(words, at));
    if (!is_mark(words, ++at, ",")) break;
  }
  return is_mark(words, at, ")") ? names : std::vector<std::string>{};
}

std::vector<Mention> mentions(std::string_view text) {
  std::vector<Mention> found;
  const auto words = sql::words(text);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!is_keyword(words[i], "references") || !words[i + 1].is_name()) continue;
    const bool qualified =
        is_mark(words, i + 2, ".") && i + 3 < words.size() && words[i + 3].is_name();
    const auto last = qualified ? i + 3 : i + 1;
    // A third part would name a database.
    if (is_mark(words, last + 1, ".")) continue;
    found.push_back({.schema = qualified ? name_at(words, i + 1) : "",
                     .relation = name_at(words, last),
                     .parts = names_in_parentheses(words, last + 1),
                     .begin = words[i + 1].begin,
                     .end = words[last].end});
  }
  return found;
}

/// PRIMARY KEY behind a column's type is about that column, elsewhere about those in parentheses.
std::vector<std::string> stated_target(const Declared& declared) {
  for (const auto& [key, part] : declared.parts) {
    const auto words = sql::words(part.text);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (!is_keyword(words[i], "primary") || !is_keyword(words[i + 1], "key")) continue;
      if (!declared.section->readable_attribute.empty()) return {declared.name.name};
      return names_in_parentheses(words, i + 2);
    }
  }
  return {};
}

std::string target_element(const std::vector<std::string>& parts, bool is_default) {
  std::vector<std::string> names;
  for (const auto& part : parts) names.push_back(sql::quote_ident(part));
  return fmt::format("{} ({})", is_default ? "PRIMARY KEY" : "UNIQUE", text::join(names, ", "));
}

std::vector<std::string> names_of(const Object& object, std::string_view attribute) {
  auto names = sql::parse_array(object.text(attribute));
  std::sort(names.begin(), names.end());
  return names;
}

/// The columns that the key refers to, and a key over just those.
bool rests_on(const Object& key, const Object& other) {
  const auto wanted = names_of(key, "parent_columns");
  if (other.kind->referable)
    for (const auto& attribute : other.kind->attributes)
      if (attribute.name == "columns" || attribute.name == "keys")
        return names_of(other, attribute.name) == wanted;
  // The server quotes names in these lists only where it must.
  const auto& name = other.name.name;
  return other.kind->twin_element &&
         std::any_of(wanted.begin(), wanted.end(), [&](const std::string& column) {
           return column == name || column == sql::quote_ident(name);
         });
}

}  // namespace

const Referring k_references = {.mentions = mentions,
                                .stated_target = stated_target,
                                .target_element = target_element,
                                .rests_on = rests_on};

}  // namespace pgmend::kinds
