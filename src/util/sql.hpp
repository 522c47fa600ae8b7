// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Rendering names and values into SQL, and reading the text form of arrays. No connection needed:
/// the session is pinned to UTF-8 and standard_conforming_strings, which these rules rest on
/// (PostgreSQL documentation, section 4.1 "Lexical Structure" and 8.15 "Arrays").
namespace pgmend::sql {

/// Longest name PostgreSQL keeps, in bytes (NAMEDATALEN - 1).
inline constexpr std::size_t k_max_identifier_bytes = 63;

/// Always in double quotes: safe for any name, also a reserved word.
std::string quote_ident(std::string_view name);

/// `"schema"."name"`, or `"name"` where the schema is empty.
std::string quote_qualified(std::string_view schema, std::string_view name);

std::string quote_literal(std::string_view value);

/// Where this first stands outside names in double quotes; npos if nowhere.
std::size_t find_outside_quotes(std::string_view text, std::string_view wanted,
                                std::size_t from = 0);

/// What stands between the separators that are outside names in double quotes, without blanks
/// around it; nothing of an empty text.
std::vector<std::string> split_outside_quotes(std::string_view text, char separator);

/// The body between dollar quotes that it does not end, for functions and DO.
std::string dollar_quote(std::string_view body);

/// A name as the server would keep it: cut to 63 bytes without splitting a character.
std::string truncate_identifier(std::string_view name);

/// The elements of a one-dimensional array's text form (`{a,"b c",NULL}`); NULL elements are empty.
std::vector<std::string> parse_array(std::string_view text);
std::vector<std::optional<std::string>> parse_nullable_array(std::string_view text);

/// The text form of an array, for a query parameter.
std::string format_array(const std::vector<std::string>& elements);

/// The firsts of some pairs and their seconds, as two arrays: for unnest() of both together.
std::pair<std::string, std::string> format_arrays(
    const std::vector<std::pair<std::string, std::string>>& pairs);

/// For people: the name as it would be written by hand, quoted only where it must be. A line break
/// in it is spelled.
std::string display_ident(std::string_view name);

}  // namespace pgmend::sql
