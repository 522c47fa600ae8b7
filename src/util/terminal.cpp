// SPDX-License-Identifier: MIT
#include "util/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "util/text.hpp"

namespace pgmend::terminal {

namespace {

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value != '\0';
}

/// The first of the three that is set decides (POSIX, "Environment Variables", 8.2).
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (!is_set(name)) continue;
    const auto value = text::to_lower(std::getenv(name));
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

std::size_t told_columns() {
  const char* value = std::getenv("COLUMNS");
  const std::string_view words = value ? value : "";
  std::size_t columns = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), columns);
  return error == std::errc() && end == words.data() + words.size() ? columns : 0;
}

bool wants_color(bool is_terminal, ColorChoice choice) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (is_set("NO_COLOR")) return false;
  return is_set("CLICOLOR_FORCE") || is_terminal;
}

}  // namespace

std::size_t columns_of(std::FILE* stream) {
  if (::isatty(::fileno(stream)) == 0) return k_unwrapped;
  if (const auto told = told_columns(); told > 0) return std::clamp(told, k_columns, k_unwrapped);
  winsize size{};
  if (::ioctl(::fileno(stream), TIOCGWINSZ, &size) != 0) return k_columns;
  return std::max<std::size_t>(size.ws_col, k_columns);
}

Style Style::of(std::FILE* stream, ColorChoice choice) {
  Style style;
  style.is_terminal = ::isatty(::fileno(stream)) != 0;
  style.color = wants_color(style.is_terminal, choice);
  style.unicode = locale_is_utf8();
  style.columns = columns_of(stream);
  return style;
}

std::string Style::paint(std::string_view code, std::string_view text) const {
  if (!color) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

}  // namespace pgmend::terminal
