// SPDX-License-Identifier: MIT
#include "report/article.hpp"

#include <fmt/format.h>

#include "util/text.hpp"

namespace pgmend::report {

namespace {

using Form = Block::Form;

constexpr std::size_t k_article_columns = 80;

std::string indented(const std::string& text, std::size_t columns) {
  const std::string indent(columns, ' ');
  return indent + text::replace_all(text, "\n", "\n" + indent);
}

std::string text_of(const Block& block) {
  switch (block.form) {
    case Form::title:
    case Form::section:
    case Form::heading:
      return text::wrap(block.text, k_article_columns, "  ");
    case Form::item:
      return "  - " + text::wrap(block.text, k_article_columns - 4, "    ");
    case Form::sql:
      return indented(block.text + ";", 6);
    case Form::example:
    case Form::paragraph:
      break;
  }
  return indented(text::wrap(block.text, k_article_columns - 2), 2);
}

std::string markdown_of(const Block& block) {
  switch (block.form) {
    case Form::title:
      return "# " + block.text;
    case Form::section:
      return "## " + block.text;
    case Form::heading:
      return fmt::format("**{}**", block.text);
    case Form::item:
      return "- " + text::wrap(block.text, 98, "  ");
    case Form::sql:
      return fmt::format("```sql\n{};\n```", block.text);
    case Form::example:
    case Form::paragraph:
      break;
  }
  return text::wrap(block.text, 100);
}

/// Names with stars and text in angle brackets are meant as they stand.
std::string escaped(const Block& block) {
  if (block.form == Form::sql) return block.text;
  auto text = text::replace_all(block.text, "<", "&lt;");
  return text::replace_all(std::move(text), "*", "\\*");
}

bool is_heading(const Block& block) {
  return block.form == Form::title || block.form == Form::section || block.form == Form::heading;
}

/// Whether no line stays empty between the two.
bool is_close(const Block& before, const Block& block) {
  if (is_heading(block) || block.form == Form::example) return before.form == Form::heading;
  return before.form != Form::paragraph;
}

}  // namespace

std::string as_text(const Article& document) {
  std::string out;
  const Block* before = nullptr;
  for (const auto& block : document) {
    if (before && !is_close(*before, block)) out += '\n';
    out += text_of(block) + '\n';
    before = &block;
  }
  return out;
}

std::string as_markdown(const Article& document) {
  std::string out;
  const Block* before = nullptr;
  for (const auto& block : document) {
    const bool is_list = before && before->form == Form::item && block.form == Form::item;
    if (before && !is_list) out += '\n';
    out += markdown_of({block.form, escaped(block)}) + '\n';
    before = &block;
  }
  return out;
}

}  // namespace pgmend::report
