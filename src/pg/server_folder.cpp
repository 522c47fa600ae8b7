// SPDX-License-Identifier: MIT
#include "pg/server_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

#include "pg/error.hpp"

namespace pgmend::pg {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_folder_prefix = "pgmend-server-";
/// Present in a folder that was left on purpose.
constexpr std::string_view k_kept = "kept";
/// sun_path is 108 bytes with its final zero; the rest of the path is /prefixXXXXXX/.s.PGSQL.65535.
constexpr std::size_t k_longest_base = 107 - (1 + k_folder_prefix.size() + 6) - 15;
/// So that a folder is not taken for an orphan between its creation and its lock.
constexpr std::time_t k_grace_seconds = 60;

[[noreturn]] void fail_folder(const std::string& message, const std::string& hint = "") {
  throw Error({.sqlstate = "", .message = message, .detail = "", .hint = hint, .query = ""});
}

/// Without links: processes are recognised by it. Too long a TMPDIR is not the user's fault, too
/// long a folder that was named is.
std::string base_folder(const std::string& wanted) {
  const char* variable = std::getenv("TMPDIR");
  const bool from_environment = wanted.empty() && variable && *variable;
  std::error_code error;
  const fs::path path = fs::canonical(from_environment ? variable : wanted, error);
  if (!error && path.string().size() <= k_longest_base) return path.string();
  if (wanted.empty()) return fs::canonical("/tmp", error).string();
  fail_folder(fmt::format("{} is no folder, or too long a path for a Unix socket", wanted),
              fmt::format("name a folder whose path has at most {} bytes", k_longest_base));
}

/// Somebody's shell may have gone to the data folder, too.
bool is_postgres(const fs::path& process) {
  std::string name;
  std::ifstream(process / "comm") >> name;
  return name == "postgres";
}

std::optional<subprocess::Identity> service_user() {
  if (::geteuid() != 0) return std::nullopt;
  for (const char* name : {"postgres", "nobody"})
    if (const passwd* user = ::getpwnam(name); user && user->pw_uid != 0)
      return subprocess::Identity{user->pw_uid, user->pw_gid};
  fail_folder("PostgreSQL does not run as root, and there is no user postgres or nobody",
              "run pgmend as an ordinary user");
}

/// -1 if somebody else has it, or it is no folder of its own.
int lock(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

void remove_if_orphan(const std::string& folder, uid_t owner) {
  struct stat info = {};
  if (::lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != owner) return;
  if (std::time(nullptr) - info.st_mtime < k_grace_seconds) return;
  const int locked = lock(folder);
  if (locked < 0) return;
  std::error_code ignored;
  const bool in_use = fs::exists(folder + "/" + std::string(k_kept), ignored) ||
                      !server_processes(folder + "/data").empty();
  if (!in_use) fs::remove_all(folder, ignored);
  ::close(locked);
}

/// What was left behind by runs that were killed.
void remove_orphans(const std::string& base, uid_t owner) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(base, ignored))
    if (entry.path().filename().string().starts_with(k_folder_prefix))
      remove_if_orphan(entry.path().string(), owner);
}

void give(const std::string& path, const std::optional<subprocess::Identity>& owner) {
  if (owner && ::lchown(path.c_str(), owner->uid, owner->gid) != 0)
    fail_folder(
        fmt::format("cannot give {} to user {}: {}", path, owner->uid, std::strerror(errno)));
}

}  // namespace

void remove_orphaned_folders(const std::string& base) {
  const auto owner = service_user();
  remove_orphans(base, owner ? owner->uid : ::geteuid());
}

ServerFolder::ServerFolder(const std::string& base) : m_owner(service_user()) {
  const std::string parent = base_folder(base);
  remove_orphans(parent, m_owner ? m_owner->uid : ::geteuid());
  m_path = fmt::format("{}/{}XXXXXX", parent, k_folder_prefix);
  if (!::mkdtemp(m_path.data()))
    fail_folder(fmt::format("cannot create a folder in {}: {}", parent, std::strerror(errno)),
                "set TMPDIR to a folder that can be written to");
  m_lock = lock(m_path);
  give(m_path, m_owner);
}

ServerFolder::~ServerFolder() {
  std::error_code ignored;
  if (!m_keep) {
    kill_server_processes(m_path + "/data");  // such as what an initdb that was stopped had started
    fs::remove_all(m_path, ignored);
  }
  if (m_lock >= 0) ::close(m_lock);
}

void ServerFolder::keep() {
  write(std::string(k_kept), "");
  m_keep = true;
}

void ServerFolder::write(const std::string& file, const std::string& text) const {
  const std::string path = m_path + "/" + file;
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!written) fail_folder(fmt::format("cannot write {}: {}", path, std::strerror(error)));
  give(path, m_owner);
}

std::vector<pid_t> server_processes(const std::string& data_folder) {
  std::vector<pid_t> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename().string();
    pid_t pid = 0;
    std::from_chars(name.data(), name.data() + name.size(), pid);
    if (pid > 0 && fs::read_symlink(entry.path() / "cwd", ignored) == data_folder &&
        is_postgres(entry.path()))
      found.push_back(pid);
  }
  return found;
}

void kill_server_processes(const std::string& data_folder) {
  for (int i = 0; i < 200; ++i) {
    const auto left = server_processes(data_folder);
    if (left.empty()) return;
    for (const pid_t pid : left) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace pgmend::pg
