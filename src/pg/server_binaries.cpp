// SPDX-License-Identifier: MIT
#include "pg/server_binaries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "pg/error.hpp"
#include "util/subprocess.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored);
}

bool has_both(const fs::path& folder) {
  return is_program(folder / "postgres") && is_program(folder / "initdb");
}

/// The text a program prints; empty if it cannot be run.
std::string output_of(const std::vector<std::string>& argv) {
  subprocess::Command command;
  command.argv = argv;
  command.timeout = std::chrono::seconds(10);
  try {
    const auto outcome = subprocess::run(command);
    return outcome.ok() ? std::string(text::trim(outcome.out)) : "";
  } catch (const subprocess::StartError&) {
    return "";
  }
}

/// From "postgres (PostgreSQL) 15.20 (Debian ...)" or "... 18beta1"; 0 if it is nothing of the
/// kind.
int major_of(const std::string& folder) {
  const std::string version = output_of({folder + "/postgres", "--version"});
  const auto name_ends = version.find(") ");
  if (name_ends == std::string::npos) return 0;
  int major = 0;
  std::from_chars(version.data() + name_ends + 2, version.data() + version.size(), major);
  return major;
}

/// A link on PATH is followed: initdb looks for its share files from where it really is.
void add_path(std::vector<std::string>& folders) {
  const char* path = std::getenv("PATH");
  for (const auto part : text::split(path ? path : "", ':')) {
    const fs::path folder(part);
    std::error_code ignored;
    if (!part.empty() && has_both(folder))
      folders.push_back(fs::canonical(folder / "postgres", ignored).parent_path().string());
  }
}

/// `parent`/`prefix`NN/bin, newest first.
void add_packages(std::vector<std::string>& folders, const fs::path& parent,
                  const std::string& prefix) {
  std::vector<std::pair<int, std::string>> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && has_both(entry.path() / "bin"))
      found.emplace_back(std::atoi(name.c_str() + prefix.size()), (entry.path() / "bin").string());
  }
  std::sort(found.rbegin(), found.rend());
  for (const auto& [major, folder] : found) folders.push_back(folder);
}

std::vector<std::string> candidates() {
  std::vector<std::string> folders;
  add_path(folders);
  if (const std::string folder = output_of({"pg_config", "--bindir"}); has_both(folder))
    folders.push_back(folder);
  add_packages(folders, "/usr/lib/postgresql", "");  // Debian
  add_packages(folders, "/usr", "pgsql-");           // Red Hat
  if (const char* wheel = std::getenv("PGMEND_WHEEL_PG_BIN"); wheel && has_both(wheel))
    folders.emplace_back(wheel);  // pip install pgmend[scratch]
  return folders;
}

[[noreturn]] void fail(const std::string& message, const std::string& hint) {
  throw Error({.sqlstate = "", .message = message, .detail = "", .hint = hint, .query = ""});
}

/// A folder that was asked for by name is taken or refused, never replaced by another.
Binaries named(const std::string& folder, const std::string& source, int wanted) {
  if (!has_both(folder))
    fail(fmt::format("no postgres and initdb in {} (from {})", folder, source),
         "name the folder of the server programs, such as /usr/lib/postgresql/15/bin");
  const int major = major_of(folder);
  if (wanted != 0 && major != wanted)
    fail(fmt::format("{} (from {}) is PostgreSQL {}, wanted is {}", folder, source, major, wanted),
         fmt::format("name the folder of PostgreSQL {}", wanted));
  return {folder, major};
}

}  // namespace

Binaries find_binaries(const std::string& bin_dir, int major) {
  if (!bin_dir.empty()) return named(bin_dir, "options", major);
  if (const char* folder = std::getenv("PGMEND_PG_BIN"); folder && *folder)
    return named(folder, "PGMEND_PG_BIN", major);
  for (const auto& folder : candidates())
    if (const int found = major_of(folder); found != 0 && (major == 0 || found == major))
      return {folder, found};
  const std::string version = major == 0 ? "" : fmt::format(" {}", major);
  fail(fmt::format("no server programs of PostgreSQL{} found on this machine", version),
       fmt::format("install the server package (Debian: postgresql{}); or where pgmend came from "
                   "pip: pip install 'pgmend[scratch]'; or name the folder of postgres and initdb "
                   "in PGMEND_PG_BIN",
                   major == 0 ? "" : fmt::format("-{}", major)));
}

}  // namespace pgmend::pg
