// SPDX-License-Identifier: MIT
#include "util/stream.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>

namespace pgmend::stream {

namespace {

/// More than a run writes to at once.
constexpr std::size_t k_streams = 64;

struct Failure {
  std::atomic<std::FILE*> stream = nullptr;
  std::atomic<int> error = 0;
};

std::array<Failure, k_streams> g_failures;

Failure* find(const std::FILE* out) {
  const auto found = std::find_if(g_failures.begin(), g_failures.end(),
                                  [&](const Failure& one) { return one.stream == out; });
  return found == g_failures.end() ? nullptr : &*found;
}

void remember(std::FILE* out, int error) {
  if (find(out)) return;
  for (auto& one : g_failures) {
    std::FILE* none = nullptr;
    if (!one.stream.compare_exchange_strong(none, out)) continue;
    one.error = error != 0 ? error : EIO;
    return;
  }
}

}  // namespace

void write(std::FILE* out, std::string_view text) noexcept {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), out) != text.size()) remember(out, errno);
}

void flush(std::FILE* out) noexcept {
  errno = 0;
  if (std::fflush(out) != 0) remember(out, errno);
}

int error_of(std::FILE* out) noexcept {
  flush(out);
  if (const auto* known = find(out)) return known->error;
  return std::ferror(out) != 0 ? EIO : 0;
}

void forget(std::FILE* out) noexcept {
  auto* known = find(out);
  if (!known) return;
  known->error = 0;
  known->stream = nullptr;
}

}  // namespace pgmend::stream
