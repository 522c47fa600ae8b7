// SPDX-License-Identifier: MIT
#include "kinds/catalogs/catalog_columns.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "kinds/catalogs/catalog_columns_text.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

using Fate = CatalogColumn::Fate;

constexpr auto k_fates = std::to_array<std::pair<std::string_view, Fate>>({
    {"identity", Fate::identity},
    {"compared", Fate::compared},
    {"follows", Fate::follows},
    {"state", Fate::state},
    {"counted", Fate::counted},
});

/// A column stands two spaces in; what stands further in goes on with the line above.
constexpr std::size_t k_column_indent = 2;

[[noreturn]] void refuse(std::string_view catalog, std::string_view line) {
  throw std::logic_error("catalog_columns.txt: " + std::string(catalog) + ": " + std::string(line));
}

std::string_view without_remark(std::string_view line) {
  return line.substr(0, line.find(';'));
}

/// The next word; `rest` is what stands behind it.
std::string_view take_word(std::string_view& rest) {
  rest = text::trim(rest);
  const auto word = rest.substr(0, rest.find(' '));
  rest = text::trim(rest.substr(word.size()));
  return word;
}

int version(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

CatalogColumn read_column(std::string_view catalog, std::string_view line) {
  CatalogColumn column = {.catalog = catalog, .name = {}, .what = {}};
  auto rest = line;
  column.name = take_word(rest);
  auto word = take_word(rest);
  if (const auto dots = word.find(".."); dots != std::string_view::npos) {
    column.since = version(word.substr(0, dots));
    column.until = version(word.substr(dots + 2));
    word = take_word(rest);
  }
  const auto* const fate = std::find_if(k_fates.begin(), k_fates.end(),
                                        [&](const auto& known) { return known.first == word; });
  if (fate == k_fates.end()) refuse(catalog, line);
  column.fate = fate->second;
  if (!rest.empty())
    for (const auto each : text::split(rest, ',')) column.what.emplace_back(text::trim(each));
  const bool names_something = column.fate != Fate::identity && column.fate != Fate::state;
  if (column.what.empty() == names_something) refuse(catalog, line);
  return column;
}

/// Each catalog or column with what goes on below it.
std::vector<std::string> joined_lines(std::string_view all) {
  std::vector<std::string> lines;
  for (const auto line : text::split(all, '\n')) {
    const auto said = without_remark(line);
    if (said.starts_with('#') || text::trim(said).empty()) continue;
    if (said.find_first_not_of(' ') > k_column_indent && !lines.empty())
      lines.back() += ' ' + std::string(text::trim(said));
    else
      lines.emplace_back(said);
  }
  return lines;
}

std::vector<CatalogColumn> read_columns() {
  static const auto lines = joined_lines(k_catalog_columns_text);
  std::vector<CatalogColumn> columns;
  std::string_view catalog;
  for (const std::string_view line : lines) {
    if (line.starts_with(' '))
      columns.push_back(read_column(catalog, line));
    else
      catalog = text::trim(line);
  }
  return columns;
}

}  // namespace

std::span<const CatalogColumn> catalog_columns() {
  static const auto columns = read_columns();
  return columns;
}

const std::string_view k_catalog_columns_query = R"sql(
SELECT c.relname AS catalog, a.attname AS name
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace AND c.relkind = 'r' AND c.oid < 16384
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
)sql";

std::vector<std::string> unknown_columns(
    std::span<const std::pair<std::string, std::string>> found) {
  std::map<std::string_view, std::set<std::string_view>> known;
  for (const auto& column : catalog_columns()) known[column.catalog].insert(column.name);
  std::vector<std::string> unknown;
  for (const auto& [catalog, name] : found) {
    const auto columns = known.find(catalog);
    if (columns == known.end()) {
      if (unknown.empty() || unknown.back() != catalog) unknown.push_back(catalog);
    } else if (!columns->second.contains(name)) {
      unknown.push_back(catalog + '.' + name);
    }
  }
  return unknown;
}

}  // namespace pgmend::kinds
