// SPDX-License-Identifier: MIT
#include "report/alembic/column_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace pgmend::report::python {

namespace {

using Words = std::pair<std::string_view, std::string_view>;

constexpr auto k_plain = std::to_array<Words>({
    {"integer", "sa.Integer()"},
    {"bigint", "sa.BigInteger()"},
    {"smallint", "sa.SmallInteger()"},
    {"boolean", "sa.Boolean()"},
    {"text", "sa.Text()"},
    {"character varying", "sa.String()"},
    {"numeric", "sa.Numeric()"},
    {"real", "sa.REAL()"},
    {"double precision", "postgresql.DOUBLE_PRECISION()"},
    {"date", "sa.Date()"},
    {"timestamp without time zone", "sa.DateTime()"},
    {"timestamp with time zone", "sa.DateTime(timezone=True)"},
    {"time without time zone", "sa.Time()"},
    {"time with time zone", "sa.Time(timezone=True)"},
    {"interval", "postgresql.INTERVAL()"},
    {"bytea", "postgresql.BYTEA()"},
    {"uuid", "postgresql.UUID()"},
    {"json", "postgresql.JSON()"},
    {"jsonb", "postgresql.JSONB()"},
    {"inet", "postgresql.INET()"},
    {"cidr", "postgresql.CIDR()"},
    {"macaddr", "postgresql.MACADDR()"},
    {"tsvector", "postgresql.TSVECTOR()"},
});

/// Those with numbers in parentheses: what stands before and behind them, and the word.
struct Measured {
  std::string_view before;
  std::string_view behind;
  std::string_view word;
};

constexpr auto k_measured = std::to_array<Measured>({
    {"character varying(", ")", "sa.String({})"},
    {"character(", ")", "sa.CHAR({})"},
    {"timestamp(", ") without time zone", "postgresql.TIMESTAMP(precision={})"},
    {"timestamp(", ") with time zone", "postgresql.TIMESTAMP(timezone=True, precision={})"},
    {"time(", ") without time zone", "postgresql.TIME(precision={})"},
    {"time(", ") with time zone", "postgresql.TIME(timezone=True, precision={})"},
});

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "numeric(10,2)": SQLAlchemy knows no scale below 0.
std::optional<std::string> numeric(std::string_view type) {
  constexpr std::string_view k_before = "numeric(";
  if (!type.starts_with(k_before) || !type.ends_with(')')) return std::nullopt;
  type = type.substr(k_before.size(), type.size() - k_before.size() - 1);
  const auto comma = std::min(type.find(','), type.size());
  const auto precision = type.substr(0, comma);
  const auto scale = comma == type.size() ? "0" : type.substr(comma + 1);
  if (!is_number(precision) || !is_number(scale)) return std::nullopt;
  return fmt::format("sa.Numeric({}, {})", precision, scale);
}

}  // namespace

std::optional<std::string> column_type(std::string_view type) {
  if (type.ends_with("[]")) {
    const auto element = column_type(type.substr(0, type.size() - 2));
    if (!element) return std::nullopt;
    return fmt::format("postgresql.ARRAY({})", *element);
  }
  const auto* plain = std::find_if(k_plain.begin(), k_plain.end(),
                                   [&](const Words& words) { return words.first == type; });
  if (plain != k_plain.end()) return std::string(plain->second);
  for (const auto& [before, behind, word] : k_measured) {
    if (!type.starts_with(before) || !type.ends_with(behind)) continue;
    const auto number = type.substr(before.size(), type.size() - before.size() - behind.size());
    if (is_number(number)) return fmt::format(fmt::runtime(word), number);
  }
  return numeric(type);
}

}  // namespace pgmend::report::python
