// SPDX-License-Identifier: MIT
#include "engine/catalog_query.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <optional>

#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

int leading_number(std::string_view s) {
  int number = 0;
  std::from_chars(s.data(), s.data() + s.size(), number);
  return number;
}

constexpr std::string_view k_narrowed = "-- narrowed: ";
constexpr std::string_view k_all_but = "-- all but: ";

/// A line that narrows the query as it is sent; nothing if it is for another way of reading. What
/// can be narrowed to can be left out.
std::optional<std::string> narrowing(std::string_view line, Reach reach, bool says_all_but) {
  if (reach == Reach::some || reach == Reach::within) return std::string(line);
  if (reach == Reach::whole || says_all_but) return std::nullopt;
  if (reach == Reach::only) return std::string(line);
  return text::replace_all(std::string(line), "= ANY (", "<> ALL (");
}

/// What of one line is sent; nothing if the line is for another server or way of reading.
std::optional<std::string> choose(std::string_view line, int server_major, Reach reach,
                                  bool says_all_but) {
  constexpr std::string_view k_before = "-- before ";
  constexpr std::string_view k_since = " -- since ";
  constexpr std::string_view k_whole = " -- whole";
  if (const auto at = line.find(k_since); at != std::string_view::npos) {
    if (server_major < leading_number(line.substr(at + k_since.size()))) return std::nullopt;
    line = line.substr(0, at);
  }
  const auto start = text::trim(line);
  if (start.starts_with(k_narrowed))
    return narrowing(start.substr(k_narrowed.size()), reach, says_all_but);
  if (start.starts_with(k_all_but)) {
    const auto but = std::string(start.substr(k_all_but.size()));
    if (reach == Reach::only) return text::replace_all(but, "<> ALL (", "= ANY (");
    return reach == Reach::all_but ? std::optional(but) : std::nullopt;
  }
  if (start.starts_with(k_before)) {
    if (server_major >= leading_number(start.substr(k_before.size()))) return std::nullopt;
    return std::string(start.substr(start.find(": ") + 2));
  }
  if (line.ends_with(k_whole)) {
    if (reach == Reach::some) return std::nullopt;
    return std::string(line.substr(0, line.size() - k_whole.size()));
  }
  return std::string(line);
}

}  // namespace

std::string render_catalog_query(std::string_view marked, int server_major, Reach reach) {
  const bool says_all_but = marked.find(k_all_but) != std::string_view::npos;
  std::string out;
  for (const auto line : text::split(text::trim(marked), '\n'))
    if (const auto chosen = choose(line, server_major, reach, says_all_but))
      (out += *chosen) += '\n';
  return out;
}

std::string render_presence(std::string_view marked, int server_major, Reach reach,
                            const std::vector<unsigned>& oids) {
  if (marked.empty()) return "true";
  const auto query = render_catalog_query(marked, server_major, reach);
  return fmt::format("EXISTS ({})",
                     text::replace_all(query, "$1", sql::quote_literal(oid_array(oids))));
}

std::string oid_array(const std::vector<unsigned>& oids) {
  return fmt::format("{{{}}}", fmt::join(oids, ","));
}

}  // namespace pgmend::engine
