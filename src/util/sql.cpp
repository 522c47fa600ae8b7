// SPDX-License-Identifier: MIT
#include "util/sql.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/text.hpp"

namespace pgmend::sql {

namespace {

std::string doubled(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out += quote;
}

bool is_plain_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// One element, `at` standing on its first character; leaves `at` on the delimiter behind it.
std::optional<std::string> parse_element(std::string_view text, std::size_t& at) {
  std::string element;
  const bool quoted = text[at] == '"';
  if (quoted) ++at;
  for (; at < text.size(); ++at) {
    if (quoted && text[at] == '"') {
      ++at;
      return element;
    }
    if (!quoted && (text[at] == ',' || text[at] == '}')) break;
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    element += text[at];
  }
  if (!quoted && element == "NULL") return std::nullopt;
  return element;
}

}  // namespace

std::string quote_ident(std::string_view name) {
  return doubled(name, '"');
}

std::string quote_qualified(std::string_view schema, std::string_view name) {
  return schema.empty() ? quote_ident(name) : quote_ident(schema) + '.' + quote_ident(name);
}

std::string quote_literal(std::string_view value) {
  return doubled(value, '\'');
}

std::size_t find_outside_quotes(std::string_view text, std::string_view wanted, std::size_t from) {
  bool is_quoted = false;
  for (auto at = from; at < text.size(); ++at) {
    if (text[at] == '"') is_quoted = !is_quoted;
    if (!is_quoted && text.substr(at).starts_with(wanted)) return at;
  }
  return std::string_view::npos;
}

std::vector<std::string> split_outside_quotes(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end =
        std::min(text.size(), find_outside_quotes(text, std::string_view(&separator, 1), begin));
    parts.emplace_back(text::trim(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

std::string dollar_quote(std::string_view body) {
  std::string tag = "$pgmend";
  while (body.find(tag) != std::string_view::npos) tag += '_';
  return fmt::format("{0}${1}{0}$", tag, body);
}

std::string truncate_identifier(std::string_view name) {
  if (name.size() <= k_max_identifier_bytes) return std::string(name);
  std::size_t end = k_max_identifier_bytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return std::string(name.substr(0, end));
}

std::vector<std::string> parse_array(std::string_view text) {
  std::vector<std::string> elements;
  for (auto& element : parse_nullable_array(text))
    elements.push_back(std::move(element).value_or(""));
  return elements;
}

std::vector<std::optional<std::string>> parse_nullable_array(std::string_view text) {
  std::vector<std::optional<std::string>> elements;
  std::size_t at = 1;
  while (at < text.size() && text[at] != '}') {
    elements.push_back(parse_element(text, at));
    if (at < text.size() && text[at] == ',') ++at;
  }
  return elements;
}

std::string format_array(const std::vector<std::string>& elements) {
  std::string out = "{";
  for (const auto& element : elements) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : element) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out += '}';
}

std::pair<std::string, std::string> format_arrays(
    const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::vector<std::string> firsts;
  std::vector<std::string> seconds;
  for (const auto& [first, second] : pairs) {
    firsts.push_back(first);
    seconds.push_back(second);
  }
  return {format_array(firsts), format_array(seconds)};
}

std::string display_ident(std::string_view name) {
  const bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
                     std::all_of(name.begin(), name.end(), is_plain_char);
  return plain ? std::string(name) : quote_ident(text::visible(name));
}

}  // namespace pgmend::sql
