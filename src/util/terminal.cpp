// SPDX-License-Identifier: MIT
#include "util/terminal.hpp"

#include <unistd.h>

#include <cstdlib>

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

bool wants_color(bool is_terminal, ColorChoice choice) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (is_set("NO_COLOR")) return false;
  return is_set("CLICOLOR_FORCE") || is_terminal;
}

}  // namespace

Style Style::of(std::FILE* stream, ColorChoice choice) {
  Style style;
  style.is_terminal = ::isatty(::fileno(stream)) != 0;
  style.color = wants_color(style.is_terminal, choice);
  style.unicode = locale_is_utf8();
  return style;
}

std::string Style::paint(std::string_view code, std::string_view text) const {
  if (!color) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

}  // namespace pgmend::terminal
