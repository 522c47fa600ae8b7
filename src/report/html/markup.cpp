// SPDX-License-Identifier: MIT
#include "report/html/markup.hpp"

#include <fmt/format.h>

#include "util/text.hpp"

namespace pgmend::report::html {

namespace {

std::string_view entity_for(char c) {
  switch (c) {
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
  for (const char c : text::visible_lines(text)) {
    if (const auto entity = entity_for(c); !entity.empty())
      out += entity;
    else
      out += c;
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
