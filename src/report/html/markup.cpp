// SPDX-License-Identifier: MIT
#include "report/html/markup.hpp"

#include <fmt/format.h>

namespace pgmend::report::html {

namespace {

constexpr std::string_view k_no_character = "\xEF\xBF\xBD";  // U+FFFD

/// A character and how many bytes it takes; 0 bytes for what is no UTF-8.
struct Character {
  char32_t code = 0;
  std::size_t size = 0;
};

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  char32_t code = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80) return {};
    code = code << 6U | (next & 0x3FU);
  }
  const bool is_too_long = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool is_none = (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF;
  return is_too_long || is_none ? Character{} : Character{code, size};
}

/// What may not stand in a document, as a sign for it; empty for all else.
std::string sign_for(char32_t code) {
  if (code == '\t' || code == '\n') return "";
  // U+2400 and the following are pictures of the control characters.
  if (code < 0x20) return {'\xE2', '\x90', static_cast<char>(0x80 + code)};
  if (code == 0x7F) return "\xE2\x90\xA1";
  if (code >= 0x80 && code < 0xA0) return std::string(k_no_character);
  if (code == 0xFFFE || code == 0xFFFF) return std::string(k_no_character);
  const bool turns_around = (code >= 0x202A && code <= 0x202E) ||
                            (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F;
  return turns_around ? fmt::format("[U+{:04X}]", static_cast<unsigned>(code)) : "";
}

std::string_view entity_for(char32_t code) {
  switch (code) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return "";
  }
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    if (size == 0) {
      out += k_no_character;
      text.remove_prefix(1);
      continue;
    }
    if (const auto entity = entity_for(code); !entity.empty())
      out += entity;
    else if (const auto sign = sign_for(code); !sign.empty())
      out += sign;
    else
      out += text.substr(0, size);
    text.remove_prefix(size);
  }
  return out;
}

std::string element(std::string_view name, std::string_view classes, std::string_view text) {
  return fmt::format("<{0} class=\"{1}\">{2}</{0}>", name, escape(classes), escape(text));
}

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>", name, escape(text));
}

std::string code(std::string_view text) {
  return element("code", text);
}

std::string sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace pgmend::report::html
