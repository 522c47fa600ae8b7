// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

/// What may be written to a stream: decided once, here.
namespace pgmend::terminal {

/// What help is wrapped to, and no terminal is taken to be narrower.
inline constexpr std::size_t k_columns = 80;
/// Pipes and files get each sentence in one line: people search in them, and copy from them.
inline constexpr std::size_t k_unwrapped = 1'000'000'000;

/// What output for people to this stream is wrapped to: a terminal's width (COLUMNS, where that is
/// set, or its own).
std::size_t columns_of(std::FILE* stream);

enum class ColorChoice { automatic, always, never };

struct Style {
  bool color = false;
  bool unicode = false;
  bool is_terminal = false;
  std::size_t columns = k_unwrapped;

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
