// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text without any knowledge of SQL or databases. All text is UTF-8.
namespace pgmend::text {

std::string_view trim(std::string_view s);
std::vector<std::string_view> split(std::string_view s, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string to_lower(std::string_view s);  // ASCII letters only
std::string replace_all(std::string s, std::string_view from, std::string_view to);

/// Number of terminal cells, one for each code point.
std::size_t width(std::string_view s);

/// Breaks at spaces so that no line is wider than `columns` where that is possible; lines after the
/// first start with `indent`. Line breaks of the input are kept.
std::string wrap(std::string_view s, std::size_t columns, std::string_view indent = "");

/// The candidate that `word` is most likely a misspelling of, if one is near enough.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// `*` matches any text, `?` one character.
bool matches_glob(std::string_view pattern, std::string_view s);

/// "1 table", "2 tables".
std::string count(std::size_t n, std::string_view singular, std::string_view plural = "");

}  // namespace pgmend::text
