// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text without any knowledge of SQL or databases. All text is UTF-8.
namespace pgmend::text {

std::string_view trim(std::string_view s);
std::vector<std::string_view> split(std::string_view s, char separator);
/// The parts of a text that ends with the statement would be looked at when it is gone.
template <std::same_as<std::string> Text>
std::vector<std::string_view> split(Text&& s, char separator) = delete;
std::string join(std::span<const std::string> parts, std::string_view separator);
/// "a, b and 7 more" if there are more than `most`.
std::string first_of(std::span<const std::string> names, std::size_t most = 4);
/// With one space for each run of spaces, tabs and line ends, and none around it.
std::string one_line(std::string_view s);
std::string to_lower(std::string_view s);  // ASCII letters only
std::string replace_all(std::string s, std::string_view from, std::string_view to);

/// Number of terminal cells, one for each code point.
std::size_t width(std::string_view s);

/// The text as it may be shown anywhere: a line that begins no other one, colours nothing and does
/// not run backwards. Control characters, what turns a line around and bytes that are no UTF-8 are
/// spelled: \n, \x1b, \u202e. All output for people shows them by these two functions.
std::string visible(std::string_view s);
/// The same of a text that has lines: line feeds and tabs stay.
std::string visible_lines(std::string_view s);

/// Where the first byte is that no text of the server can hold: NUL, or what is no UTF-8; npos if
/// there is none.
std::size_t find_not_text(std::string_view s);

/// What a message quotes of a text: no line is longer than about this many bytes, and there are
/// few of them.
std::string shortened(std::string_view s, std::size_t most = 200);

/// Breaks at spaces so that no line is wider than `columns` where that is possible; lines after the
/// first start with `indent`. Line breaks of the input are kept. A command to copy (what follows
/// ": pgmend " up to a semicolon) is not broken.
std::string wrap(std::string_view s, std::size_t columns, std::string_view indent = "");

/// As one word of a command that is pasted into a shell.
std::string shell_word(std::string_view s);

/// The candidate that `word` is most likely a misspelling of, if one is near enough.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// `*` matches any text, `?` one character.
bool matches_glob(std::string_view pattern, std::string_view s);

/// "1 table", "2 tables".
std::string count(std::size_t n, std::string_view singular, std::string_view plural = "");

}  // namespace pgmend::text
