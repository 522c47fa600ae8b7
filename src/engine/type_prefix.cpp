// SPDX-License-Identifier: MIT
#include "engine/type_prefix.hpp"

#include <fmt/format.h>

#include "pg/transaction.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// The first `characters` characters of UTF-8 text.
std::string_view first_characters(std::string_view s, std::size_t characters) {
  std::size_t bytes = 0;
  for (; bytes < s.size(); ++bytes)
    if ((static_cast<unsigned char>(s[bytes]) & 0xC0U) != 0x80U && characters-- == 0) break;
  return s.substr(0, bytes);
}

}  // namespace

std::optional<TypePrefix> type_prefix(pg::Connection& connection, std::string_view text) {
  constexpr std::string_view k_head = "SELECT (NULL::";
  std::string_view tried = text;
  while (!text::trim(tried).empty()) {
    try {
      const pg::Savepoint scope(connection);
      const auto null = connection.query(fmt::format(
          "{0}{1}\n) AS v, pg_catalog.pg_typeof(NULL::{1}\n)::oid AS declared", k_head, tried));
      // A domain is described as its base type; pg_typeof knows better.
      const auto declared = static_cast<unsigned>(null.integer(0, "declared"));
      const int modifier = declared == null.field_type(0) ? null.field_modifier(0) : -1;
      // As the rooms read it: with its schema wherever it is not the server's own.
      connection.query("SET LOCAL search_path = pg_catalog");
      const auto type = connection.query("SELECT pg_catalog.format_type($1::oid, $2::int) AS type",
                                         {std::to_string(declared), std::to_string(modifier)});
      return TypePrefix{type.str(0, "type"), tried.size() == text.size()};
    } catch (const pg::Error& error) {
      const auto head = static_cast<int>(k_head.size());
      if (!error.is("42601") || error.parts().position <= head + 1) return std::nullopt;
      const auto shorter =
          first_characters(tried, static_cast<std::size_t>(error.parts().position - 1 - head));
      if (shorter.size() >= tried.size()) return std::nullopt;
      tried = shorter;
    }
  }
  return std::nullopt;
}

}  // namespace pgmend::engine
