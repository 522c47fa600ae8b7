// SPDX-License-Identifier: MIT
#include "pg/data_template.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

namespace fs = std::filesystem;

// A line for each folder (`d PATH`) and file (`f SIZE OFFSET PATH`), an empty line, and what is in
// the files, one behind the other. Paths are PostgreSQL's own: without blanks.

constexpr mode_t k_folder_mode = 0700;
constexpr mode_t k_file_mode = 0600;

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category());
}

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : m_descriptor(descriptor) {
    if (descriptor < 0) fail();
  }
  ~Descriptor() { ::close(m_descriptor); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return m_descriptor; }

 private:
  int m_descriptor;
};

std::size_t size_in(std::string_view text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Every path begins at the folder itself, which is not its new owner's before all is done: the
/// new owner cannot put a link in the way.
class Unpacking {
 public:
  Unpacking(std::string_view contents, int folder, const std::optional<subprocess::Identity>& owner)
      : m_contents(contents), m_folder(folder), m_owner(owner) {}

  bool take(std::string_view line) {
    const auto fields = text::split(line, ' ');
    if (fields.size() == 2 && fields[0] == "d") return make_folder(std::string(fields[1]));
    if (fields.size() != 4 || fields[0] != "f") return false;
    return make_file(std::string(fields[3]), size_in(fields[1]), size_in(fields[2]));
  }

  /// The deepest first.
  void give_folders() const {
    std::for_each(m_folders.rbegin(), m_folders.rend(),
                  [this](const auto& folder) { give(folder); });
    if (m_owner && ::fchown(m_folder, m_owner->uid, m_owner->gid) != 0) fail();
  }

 private:
  static bool is_below(const std::string& path) {
    return !path.empty() && path.front() != '/' && path.find("..") == std::string::npos;
  }

  bool make_folder(const std::string& path) {
    if (!is_below(path)) return false;
    if (::mkdirat(m_folder, path.c_str(), k_folder_mode) != 0) fail();
    m_folders.push_back(path);
    return true;
  }

  bool make_file(const std::string& path, std::size_t size, std::size_t offset) {
    if (!is_below(path) || offset > m_contents.size() || size > m_contents.size() - offset)
      return false;
    const Descriptor file(::openat(
        m_folder, path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, k_file_mode));
    for (auto left = m_contents.substr(offset, size); !left.empty();) {
      const auto written = ::write(file.get(), left.data(), left.size());
      if (written <= 0) fail();
      left.remove_prefix(static_cast<std::size_t>(written));
    }
    if (m_owner && ::fchown(file.get(), m_owner->uid, m_owner->gid) != 0) fail();
    return true;
  }

  void give(const std::string& path) const {
    if (m_owner &&
        ::fchownat(m_folder, path.c_str(), m_owner->uid, m_owner->gid, AT_SYMLINK_NOFOLLOW) != 0)
      fail();
  }

  std::string_view m_contents;
  int m_folder;
  const std::optional<subprocess::Identity>& m_owner;
  std::vector<std::string> m_folders;
};

/// Folders before what is in them.
std::vector<fs::path> sorted_entries(const std::string& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) entries.push_back(entry);
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace

std::string pack_folder(const std::string& folder) {
  std::string lines;
  std::string contents;
  std::unordered_map<std::string, std::size_t> known;  // where in `contents` each begins
  for (const auto& path : sorted_entries(folder)) {
    const auto name = path.lexically_relative(folder).string();
    if (fs::is_directory(path)) {
      lines += fmt::format("d {}\n", name);
      continue;
    }
    auto text = file::read_if_exists(path).value_or("");
    const auto size = text.size();
    const auto [at, is_new] = known.try_emplace(std::move(text), contents.size());
    if (is_new) contents += at->first;
    lines += fmt::format("f {} {} {}\n", size, at->second, name);
  }
  return lines + '\n' + contents;
}

bool unpack_folder(std::string_view packed, const std::string& folder,
                   const std::optional<subprocess::Identity>& owner) {
  const auto end = packed.find("\n\n");
  if (end == std::string_view::npos) return false;
  if (::mkdir(folder.c_str(), k_folder_mode) != 0) fail();
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat found {};
  if (::fstat(opened.get(), &found) != 0) fail();
  if (found.st_uid != ::geteuid()) return false;
  Unpacking unpacking(packed.substr(end + 2), opened.get(), owner);
  for (const auto line : text::split(packed.substr(0, end), '\n'))
    if (!unpacking.take(line)) return false;
  unpacking.give_folders();
  return true;
}

}  // namespace pgmend::pg
