// SPDX-License-Identifier: MIT
#include "pg/memory_folder.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

namespace fs = std::filesystem;

/// Times what is needed: others want to live, too.
constexpr std::uintmax_t k_folder_times = 2;
constexpr std::uintmax_t k_memory_times = 4;
constexpr auto k_much = std::numeric_limits<std::uintmax_t>::max();

std::string read(const fs::path& file) {
  try {
    return file::read_if_exists(file).value_or("");
  } catch (const std::runtime_error&) {
    return "";
  }
}

/// Nothing for what is no number, such as "max".
std::optional<std::uintmax_t> number(std::string_view text) {
  std::uintmax_t value = 0;
  text = text::trim(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

/// `MemAvailable:   123456 kB`.
std::uintmax_t of_machine() {
  constexpr std::string_view k_title = "MemAvailable:";
  const auto text = read("/proc/meminfo");
  const auto at = text.find(k_title);
  if (at == std::string::npos) return 0;
  return number(std::string_view(text).substr(at + k_title.size())).value_or(0) * 1024;
}

std::uintmax_t below_limit(const fs::path& limit_file, const fs::path& usage_file) {
  const auto limit = number(read(limit_file));
  const auto used = number(read(usage_file));
  if (!limit || !used) return k_much;
  return *limit > *used ? *limit - *used : 0;
}

/// What is in memory counts for the control groups of whoever put it there (Linux documentation,
/// admin-guide/cgroup-v2, "Memory").
std::uintmax_t of_control_groups() {
  auto least = below_limit("/sys/fs/cgroup/memory/memory.limit_in_bytes",
                           "/sys/fs/cgroup/memory/memory.usage_in_bytes");
  fs::path group = "/sys/fs/cgroup";
  const auto text = read("/proc/self/cgroup");
  for (const auto line : text::split(text, '\n'))
    if (line.starts_with("0::/")) group /= fs::path(line.substr(4));
  for (; group.string().starts_with("/sys/fs/cgroup"); group = group.parent_path())
    least = std::min(least, below_limit(group / "memory.max", group / "memory.current"));
  return least;
}

}  // namespace

std::string memory_folder(std::uintmax_t bytes) {
  std::error_code error;
  const auto space = fs::space(k_memory_folder, error);
  if (error || space.available / k_folder_times < bytes ||
      ::access(k_memory_folder, W_OK | X_OK) != 0)
    return "";
  if (std::min(of_machine(), of_control_groups()) / k_memory_times < bytes) return "";
  return k_memory_folder;
}

}  // namespace pgmend::pg
