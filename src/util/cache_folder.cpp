// SPDX-License-Identifier: MIT
#include "util/cache_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <system_error>

#include "util/file.hpp"

namespace pgmend::cache {

namespace {

namespace fs = std::filesystem;

constexpr auto k_kept_for = std::chrono::hours(24 * 30);

bool is_own_file(const fs::path& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
         found.st_uid == ::geteuid();
}

/// Made if need be; false if it is somebody else's, or cannot be for us alone.
bool make_own_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  struct stat found {};
  if (error || ::lstat(path.c_str(), &found) != 0 || found.st_uid != ::geteuid()) return false;
  fs::permissions(path, fs::perms::owner_all, error);
  return !error;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::optional<fs::path> folder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (cache && *cache == '/') return fs::path(cache) / "pgmend";
  if (home && *home == '/') return fs::path(home) / ".cache" / "pgmend";
  return std::nullopt;
}

std::optional<std::string> read(const fs::path& file) {
  if (!is_own_file(file)) return std::nullopt;
  try {
    return file::read_if_exists(file);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

/// Without fsync: what a power cut damages is found out by whoever reads it.
bool write(const fs::path& file, std::initializer_list<std::string_view> texts) {
  if (!make_own_folder(file.parent_path())) return false;
  auto beside = (file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);  // for us alone: 0600
  if (descriptor < 0) return false;
  bool is_done = true;
  for (const auto text : texts) is_done = is_done && write_all(descriptor, text);
  is_done = ::close(descriptor) == 0 && is_done;
  is_done = is_done && ::rename(beside.c_str(), file.c_str()) == 0;
  if (!is_done) ::unlink(beside.c_str());
  return is_done;
}

void touch(const fs::path& file) {
  std::error_code ignored;
  const auto now = fs::file_time_type::clock::now();
  fs::last_write_time(file, now, ignored);
  for (const auto& entry : fs::directory_iterator(file.parent_path(), ignored)) {
    const auto& path = entry.path();
    if (path.extension() != file.extension() || !is_own_file(path)) continue;
    const auto used = fs::last_write_time(path, ignored);
    if (!ignored && now - used > k_kept_for) fs::remove(path, ignored);
  }
}

std::string digest(std::string_view text) {
  return fmt::format("{} {:016x}", text.size(), std::hash<std::string_view>()(text));
}

}  // namespace pgmend::cache
