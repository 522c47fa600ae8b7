// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Python as it is written into a revision. Lines are as wide as formatters of Python take them.
namespace pgmend::report::python {

inline constexpr std::size_t k_columns = 88;

/// A text as a Python literal, on one line.
std::string literal(std::string_view text);

/// ["a", "b"]
std::string list(const std::vector<std::string>& texts);

/// `name("text")` in lines that begin behind `indent` blanks: the text is broken at spaces where it
/// is long, and stands in triple quotes where it has lines. `further`: another argument, in Python.
std::string call_with_text(std::string_view name, std::string_view text, std::size_t indent,
                           const std::string& further = {});

/// `name(a, b)`, one argument a line where they are too many for one.
std::string call(std::string_view name, const std::vector<std::string>& arguments,
                 std::size_t indent);

/// A comment, wrapped.
std::string comment(std::string_view text, std::size_t indent);

/// What SQLAlchemy's text() takes for exactly this SQL: a colon before a word would be a parameter.
std::string for_text(std::string_view sql);

/// sa.text("...") that is exactly this SQL.
std::string sa_text(std::string_view sql);

}  // namespace pgmend::report::python
