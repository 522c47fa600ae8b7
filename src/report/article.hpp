// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

/// A short text with headings, for a terminal or as a page of the documentation.
namespace pgmend::report {

struct Block {
  enum class Form {
    title,    // of a page
    section,  // of a page that has several
    heading,
    paragraph,
    example,  // that a list is about
    item,     // of a list
    sql,
  };
  Form form = Form::paragraph;
  std::string text;
};

using Article = std::vector<Block>;

/// In 80 columns, as far as it is not SQL.
std::string as_text(const Article& document);

std::string as_markdown(const Article& document);

}  // namespace pgmend::report
