// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
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

/// The words of a text, by PostgreSQL's lexical rules (documentation, section 4.1): nothing inside
/// string constants ('…', E'…', $tag$…$tag$) and comments counts. Only tells where names may
/// stand; what a text means is the server's to say.
std::vector<Word> words(std::string_view text);

}  // namespace pgmend::sql
