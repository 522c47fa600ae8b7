// SPDX-License-Identifier: MIT
#include "util/ingredients.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "util/cache_folder.hpp"
#include "util/chance.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend {

namespace {

namespace fs = std::filesystem;
using Of = Ingredient::Sort;

constexpr std::string_view k_none = "-";

/// The time of the last change counts as well: it cannot be set back.
std::string identity_of(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::string(k_none);
  return fmt::format("{}.{}.{}.{:09}.{}.{:09}", found.st_ino, found.st_size, found.st_mtim.tv_sec,
                     found.st_mtim.tv_nsec, found.st_ctim.tv_sec, found.st_ctim.tv_nsec);
}

std::string text_of(const std::string& path) {
  try {
    const auto text = file::read_if_exists(path);
    return text ? cache::digest(*text) : std::string(k_none);
  } catch (const std::runtime_error&) {
    return "?";  // it cannot be read: nobody can, now and then
  }
}

/// Links are followed for what they lead to, not into folders: packages have some in circles.
std::string below(const std::string& path, bool only_folders) {
  std::vector<std::string> found = {path + ' ' + identity_of(path)};
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(path, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code ignored;
    if (only_folders && (at->is_symlink(ignored) || !at->is_directory(ignored))) continue;
    found.push_back(at->path().string() + ' ' + identity_of(at->path().string()));
  }
  std::sort(found.begin(), found.end());
  return cache::digest(text::join(found, "\n"));
}

/// What Python leaves behind says nothing of what there is.
std::string names_in(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (auto at = fs::directory_iterator(path, error); !error && at != fs::directory_iterator();
       at.increment(error))
    if (at->path().filename() != "__pycache__") names.push_back(at->path().filename().string());
  if (error) return std::string(k_none);
  std::sort(names.begin(), names.end());
  return cache::digest(text::join(names, "\n"));
}

std::string sort_of_file(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::string(k_none);
  return S_ISDIR(found.st_mode) ? "folder" : "file";
}

std::string names_of_variables() {
  std::vector<std::string> names;
  for (char** at = environ; *at; ++at) names.emplace_back(*at, std::string_view(*at).find('='));
  std::sort(names.begin(), names.end());
  return cache::digest(text::join(names, "\n"));
}

/// In the order of the sorts.
constexpr std::string_view k_letters = "xftdvnke";

bool is_in_one_line(const std::string& what) {
  return what.find('\n') == std::string::npos;
}

}  // namespace

std::string state_of(Of sort, const std::string& what, std::string_view salt) {
  switch (sort) {
    case Of::text:
      return text_of(what);
    case Of::file:
      return identity_of(what);
    case Of::tree:
      return below(what, false);
    case Of::folders:
      return below(what, true);
    case Of::names:
      return names_in(what);
    case Of::there:
      return sort_of_file(what);
    case Of::variables:
      return names_of_variables();
    case Of::variable:
      break;
  }
  const char* value = std::getenv(what.c_str());
  return value ? cache::digest(fmt::format("{}={}", salt, value)) : std::string(k_none);
}

Ingredients::Ingredients() {
  for (int i = 0; i < 4; ++i) m_salt += fmt::format("{:08x}", chance());
}

void Ingredients::add(Of sort, const std::string& what) {
  if (!is_in_one_line(what)) return add_unknown();
  m_all.push_back({sort, what, state_of(sort, what, m_salt)});
}

void Ingredients::add_text(const fs::path& file, std::string digest) {
  const auto path = fs::absolute(file).lexically_normal().string();
  if (!is_in_one_line(path)) return add_unknown();
  m_all.push_back({Of::text, path, std::move(digest)});
}

void Ingredients::add_read(char letter, const std::string& what, std::timespec began) {
  const auto sort = k_letters.find(letter);
  if (sort == std::string_view::npos) return add_unknown();
  add(static_cast<Of>(sort), what);
  struct stat found {};
  const bool is_path = !what.empty() && what.front() == '/' && letter != 'k';
  if (!is_path || ::stat(what.c_str(), &found) != 0) return;
  const auto& changed = found.st_ctim;
  if (changed.tv_sec > began.tv_sec ||
      (changed.tv_sec == began.tv_sec && changed.tv_nsec >= began.tv_nsec))
    add_unknown();
}

bool are_as_they_were(const std::vector<Ingredient>& ingredients, std::string_view salt) {
  return std::all_of(ingredients.begin(), ingredients.end(), [&](const Ingredient& one) {
    return state_of(one.sort, one.what, salt) == one.state;
  });
}

std::string write_ingredients(const std::vector<Ingredient>& ingredients) {
  std::string text;
  for (const auto& one : ingredients)
    text += fmt::format("{}{}\t{}\n", k_letters[static_cast<std::size_t>(one.sort)], one.state,
                        one.what);
  return text;
}

std::optional<std::vector<Ingredient>> read_ingredients(std::string_view text) {
  std::vector<Ingredient> all;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    const auto tab = line.find('\t');
    if (end == std::string_view::npos || tab == std::string_view::npos || tab == 0)
      return std::nullopt;
    const auto sort = k_letters.find(line.front());
    if (sort == std::string_view::npos) return std::nullopt;
    all.push_back({static_cast<Of>(sort), std::string(line.substr(tab + 1)),
                   std::string(line.substr(1, tab - 1))});
    text.remove_prefix(end + 1);
  }
  return all;
}

}  // namespace pgmend
