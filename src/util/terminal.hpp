// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

/// What may be written to a stream: decided once, here.
namespace pgmend::terminal {

/// What all output for people is wrapped to.
inline constexpr std::size_t k_columns = 80;

enum class ColorChoice { automatic, always, never };

struct Style {
  bool color = false;
  bool unicode = false;
  bool is_terminal = false;

  /// For a stream: colour only on a terminal, unless told otherwise (--color, NO_COLOR,
  /// CLICOLOR_FORCE); symbols beyond ASCII only where the locale says UTF-8.
  static Style of(std::FILE* stream, ColorChoice choice);

  std::string green(std::string_view text) const { return paint("32", text); }
  std::string yellow(std::string_view text) const { return paint("33", text); }
  std::string red(std::string_view text) const { return paint("31", text); }
  std::string bold(std::string_view text) const { return paint("1", text); }
  std::string dim(std::string_view text) const { return paint("2", text); }

  std::string_view ok() const { return unicode ? "✓" : "ok"; }
  std::string_view warn() const { return unicode ? "⚠" : "!!"; }
  std::string_view bad() const { return unicode ? "✗" : "XX"; }
  std::string_view note() const { return unicode ? "ℹ" : "--"; }
  std::string_view big_ok() const { return unicode ? "✅ " : ""; }
  std::string_view big_bad() const { return unicode ? "❌ " : ""; }

 private:
  std::string paint(std::string_view code, std::string_view text) const;
};

}  // namespace pgmend::terminal
