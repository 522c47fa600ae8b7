// SPDX-License-Identifier: MIT
#include "engine/catalog_query.hpp"

#include <charconv>
#include <optional>

#include "util/text.hpp"

namespace pgmend::engine {

namespace {

int leading_number(std::string_view s) {
  int number = 0;
  std::from_chars(s.data(), s.data() + s.size(), number);
  return number;
}

/// What of one line is sent; nothing if the line is for another server or way of reading.
std::optional<std::string_view> choose(std::string_view line, int server_major, bool narrowed) {
  constexpr std::string_view k_narrowed = "-- narrowed: ";
  constexpr std::string_view k_before = "-- before ";
  constexpr std::string_view k_since = " -- since ";
  constexpr std::string_view k_whole = " -- whole";
  const auto start = text::trim(line);
  if (start.starts_with(k_narrowed))
    return narrowed ? std::optional(start.substr(k_narrowed.size())) : std::nullopt;
  if (start.starts_with(k_before)) {
    if (server_major >= leading_number(start.substr(k_before.size()))) return std::nullopt;
    return start.substr(start.find(": ") + 2);
  }
  if (const auto at = line.find(k_since); at != std::string_view::npos) {
    if (server_major < leading_number(line.substr(at + k_since.size()))) return std::nullopt;
    return line.substr(0, at);
  }
  if (line.ends_with(k_whole)) {
    if (narrowed) return std::nullopt;
    return line.substr(0, line.size() - k_whole.size());
  }
  return line;
}

}  // namespace

std::string render_catalog_query(std::string_view marked, int server_major, bool narrowed) {
  std::string out;
  for (const auto line : text::split(text::trim(marked), '\n'))
    if (const auto chosen = choose(line, server_major, narrowed)) (out += *chosen) += '\n';
  return out;
}

}  // namespace pgmend::engine
