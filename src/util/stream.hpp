// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string_view>
#include <utility>

/// Writing where the disk may be full or the reader gone: that ends no run, and is told when it is
/// over.
namespace pgmend::stream {

/// Never throws. What goes wrong is remembered.
void write(std::FILE* out, std::string_view text) noexcept;

template <typename... Args>
void print(std::FILE* out, fmt::format_string<Args...> format, Args&&... args) {
  write(out, fmt::format(format, std::forward<Args>(args)...));
}

/// Sends out what is held back. Never throws.
void flush(std::FILE* out) noexcept;

/// Sends out the rest; the first error (errno) since the stream was opened, 0 if all has gone out.
int error_of(std::FILE* out) noexcept;

/// It is about to be closed.
void forget(std::FILE* out) noexcept;

}  // namespace pgmend::stream
