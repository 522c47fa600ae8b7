// SPDX-License-Identifier: MIT
#include "pg/server_ingredients.hpp"

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "util/text.hpp"

namespace pgmend::pg {

namespace {

using Of = Ingredient::Sort;

/// Files that are mapped into the memory of the server's process: `address … inode  /path`.
std::set<std::string> mapped_files(std::string_view maps) {
  std::set<std::string> files;
  for (const auto line : text::split(maps, '\n')) {
    const auto path = line.find(" /");
    if (path == std::string_view::npos) continue;
    const auto file = line.substr(path + 1);
    // Memory that is shared between processes.
    if (file.starts_with("/dev/") || file.starts_with("/SYSV") || file.starts_with("/memfd:") ||
        file.starts_with("/anon_hugepage"))
      continue;
    files.emplace(file);
  }
  return files;
}

}  // namespace

void add_server(Connection& connection, Ingredients& ingredients) {
  try {
    constexpr const char* k_folders =
        "SELECT setting FROM pg_catalog.pg_config() WHERE name IN ('SHAREDIR', 'PKGLIBDIR')";
    const auto folders = connection.query(k_folders);
    for (int row = 0; row < folders.rows(); ++row)
      ingredients.add(Of::tree, folders.str(row, "setting"));
    const auto maps =
        connection.query("SELECT pg_catalog.pg_read_file('/proc/self/maps', 0, 100000000) AS maps");
    // One that was replaced meanwhile has another name there, and is not found by it.
    for (const auto& file : mapped_files(maps.get(0, 0))) {
      ingredients.add(Of::file, file);
      if (ingredients.all().back().state == "-") ingredients.add_unknown();
    }
  } catch (const ConnectionError&) {
    throw;
  } catch (const Error&) {
    ingredients.add_unknown();
  }
  // The collations that are there, and what the names of time zones mean.
  ingredients.add(Of::tree, "/usr/lib/locale");
  ingredients.add(Of::folders, "/usr/share/zoneinfo");
}

void add_choice_of_binaries(Ingredients& ingredients) {
  for (const char* name : {"PATH", "LD_LIBRARY_PATH", "PGMEND_PG_BIN"})
    ingredients.add(Of::variable, name);
  const char* named = std::getenv("PGMEND_PG_BIN");
  if (named && *named) return ingredients.add(Of::file, std::string(named) + "/postgres");
  const char* path = std::getenv("PATH");
  for (const auto folder : text::split(path ? path : "", ':'))
    for (const auto* program : {"postgres", "initdb", "pg_config"})
      ingredients.add(Of::file, std::string(folder) + '/' + program);
  ingredients.add(Of::file, "/usr");  // packages put folders there
  ingredients.add(Of::file, "/usr/lib/postgresql");
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored))
    ingredients.add(Of::file, entry.path().string() + "/bin/postgres");
}

}  // namespace pgmend::pg
