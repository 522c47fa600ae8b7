// SPDX-License-Identifier: MIT
#include "report/alembic/python.hpp"

#include <fmt/format.h>

#include "util/text.hpp"

namespace pgmend::report::python {

namespace {

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

/// What stands between double quotes, or between three of them, where lines and single ones stay.
/// What nobody would see is spelled, which Python reads as it is written.
std::string escaped(std::string_view text, bool in_three = false) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool may_end = !in_three || i + 1 == text.size() || text[i + 1] == '"';
    if (text[i] == '\\' || (text[i] == '"' && may_end)) out += '\\';
    out += text[i];
  }
  return in_three ? text::visible_lines(out) : text::visible(out);
}

/// The text in single quotes where that takes no backslashes: SQL has its names in double ones.
std::string quoted(std::string_view text) {
  const bool is_plain =
      text.find_first_of("\\'") == std::string_view::npos && text::visible(text) == text;
  if (is_plain && text.find('"') != std::string_view::npos) return fmt::format("'{}'", text);
  return fmt::format("\"{}\"", escaped(text));
}

/// How much of the text one line takes: up to a space, more only where there is none before.
std::size_t length_of_piece(std::string_view text, std::size_t columns) {
  if (quoted(text).size() <= columns) return text.size();
  auto space = text.rfind(' ', columns);
  while (space != std::string_view::npos && space > 0 &&
         quoted(text.substr(0, space + 1)).size() > columns)
    space = text.rfind(' ', space - 1);
  if (space == std::string_view::npos || space == 0) space = text.find(' ', 1);
  return space == std::string_view::npos ? text.size() : space + 1;
}

std::vector<std::string_view> pieces(std::string_view text, std::size_t columns) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    out.push_back(text.substr(0, length_of_piece(text, columns)));
    text.remove_prefix(out.back().size());
  }
  return out;
}

/// Behind the quote that opens a literal at `begin`: where it ends.
std::size_t end_of_literal(std::string_view text, std::size_t begin) {
  for (auto i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == text[begin])
      return i + 1;
  }
  return text.size();
}

/// What stands between the commas of a call's own parentheses; `text` is what is inside them.
std::vector<std::string> arguments_of(std::string_view text) {
  std::vector<std::string> out;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      i = end_of_literal(text, i);
      continue;
    }
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == ',' && depth == 0) {
      out.emplace_back(text::trim(text.substr(begin, i - begin)));
      begin = i + 1;
    }
    ++i;
  }
  out.emplace_back(text::trim(text.substr(begin)));
  return out;
}

std::string blanks(std::size_t indent) {
  return std::string(indent, ' ');
}

}  // namespace

std::string literal(std::string_view text) {
  return quoted(text);
}

std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted_texts;
  for (const auto& text : texts) quoted_texts.push_back(literal(text));
  return "[" + text::join(quoted_texts, ", ") + "]";
}

std::string call_with_text(std::string_view name, std::string_view text, std::size_t indent,
                           const std::string& further) {
  const auto more = further.empty() ? "" : blanks(indent + 4) + further + ",\n";
  if (text.find('\n') != std::string_view::npos)
    return fmt::format("{}{}(\n{}\"\"\"{}\"\"\"{}\n{}{})\n", blanks(indent), name,
                       blanks(indent + 4), escaped(text, true), more.empty() ? "" : ",", more,
                       blanks(indent));
  auto line = fmt::format("{}{}({}{}{})\n", blanks(indent), name, literal(text),
                          further.empty() ? "" : ", ", further);
  if (line.size() <= k_columns + 1) return line;
  std::string out = fmt::format("{}{}(\n", blanks(indent), name);
  const auto all = pieces(text, k_columns - indent - 5);
  for (const auto piece : all)
    out += fmt::format("{}{}{}\n", blanks(indent + 4), literal(piece),
                       piece.end() == text.end() && !more.empty() ? "," : "");
  return out + more + blanks(indent) + ")\n";
}

namespace {

/// One argument in lines of its own. A call is broken between its arguments, a literal at spaces.
std::string laid_out(const std::string& argument, std::size_t indent) {
  auto line = blanks(indent) + argument;
  const auto open = argument.find('(');
  const bool is_literal = argument.starts_with('"') || argument.starts_with('\'');
  if (line.size() + 1 <= k_columns || (!is_literal && open == std::string::npos)) return line;
  if (is_literal || !argument.ends_with(')')) return line;
  auto out = blanks(indent) + argument.substr(0, open + 1) + "\n";
  for (const auto& part :
       arguments_of(std::string_view(argument).substr(open + 1, argument.size() - open - 2)))
    out += laid_out(part, indent + 4) + ",\n";
  return out + blanks(indent) + ")";
}

}  // namespace

std::string call(std::string_view name, const std::vector<std::string>& arguments,
                 std::size_t indent) {
  auto line = fmt::format("{}{}({})\n", blanks(indent), name, text::join(arguments, ", "));
  if (line.size() <= k_columns + 1) return line;
  std::string out = fmt::format("{}{}(\n", blanks(indent), name);
  for (const auto& argument : arguments) out += laid_out(argument, indent + 4) + ",\n";
  return out + blanks(indent) + ")\n";
}

std::string comment(std::string_view text, std::size_t indent) {
  const auto wrapped = text::wrap(text::visible_lines(text), k_columns - indent - 2, "  ");
  return fmt::format("{0}# {1}\n", blanks(indent),
                     text::replace_all(wrapped, "\n", "\n" + blanks(indent) + "# "));
}

std::string for_text(std::string_view sql) {
  bool is_misread = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != ':') continue;
    const bool is_behind_backslash = i > 0 && sql[i - 1] == '\\';
    const bool is_cast = i > 0 && sql[i - 1] == ':';
    const bool is_before_word = i + 1 < sql.size() && (is_word(sql[i + 1]) || sql[i + 1] == '$');
    if (is_behind_backslash || (is_before_word && !is_cast)) is_misread = true;
  }
  return is_misread ? text::replace_all(std::string(sql), ":", "\\:") : std::string(sql);
}

std::string sa_text(std::string_view sql) {
  return "sa.text(" + literal(for_text(sql)) + ")";
}

}  // namespace pgmend::report::python
