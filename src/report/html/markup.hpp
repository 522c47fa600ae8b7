// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

/// Writes HTML that is well-formed XML, too.
namespace pgmend::report::html {

/// Nothing in it is markup any more, and all of it can be seen (text::visible_lines).
std::string escape(std::string_view text);

/// `<name class="classes">text</name>`, all of it escaped.
std::string element(std::string_view name, std::string_view classes, std::string_view text);

/// Without the class.
std::string element(std::string_view name, std::string_view text);

/// For what is spelled as in SQL.
std::string code(std::string_view text);

/// "All is there" of "all is there".
std::string sentence(std::string text);

}  // namespace pgmend::report::html
