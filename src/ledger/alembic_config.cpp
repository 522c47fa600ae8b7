// SPDX-License-Identifier: MIT
#include "ledger/alembic_config.hpp"

#include <fmt/format.h>

// One program part reads TOML: the header-only form of the library costs nothing elsewhere.
#include <toml++/toml.h>

#include <functional>
#include <stdexcept>

#include "util/file.hpp"
#include "util/ini.hpp"
#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

namespace fs = std::filesystem;

/// The value of a key, whichever file it comes from; lists come one element a line.
using Lookup = std::function<std::optional<std::string>(const std::string& key)>;

/// Alembic's rules of splitting `version_locations`; the newer key's default is the old one's.
std::vector<std::string> split_locations(const std::string& list, const std::string& separator,
                                         const std::string& file) {
  std::string signs;
  if (separator.empty()) signs = ", \n";
  if (separator == "space") signs = " \n";
  if (separator == "newline") signs = "\n";
  if (separator == "os" || separator == ":") signs = ":";
  if (separator == ";") signs = ";";
  if (signs.empty())
    throw std::runtime_error(fmt::format(
        "{}: path_separator: expected space, newline, os, : or ;, not `{}`", file, separator));
  std::vector<std::string> parts = {""};
  for (const char c : list) {
    if (signs.find(c) != std::string::npos)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  for (auto& part : parts) part = std::string(text::trim(part));
  std::erase(parts, "");
  return parts;
}

/// "package:folder" stands for a folder of an importable package: packages of the project itself
/// are found, those that are installed elsewhere are not.
fs::path resolve(const std::string& location, const fs::path& working_directory,
                 const fs::path& file) {
  fs::path path = location;
  if (const auto colon = location.find(':'); colon != std::string::npos)
    path = fs::path(text::replace_all(location.substr(0, colon), ".", "/")) /
           location.substr(colon + 1);
  if (path.is_absolute()) return path.lexically_normal();
  for (const auto& folder : {working_directory, file.parent_path(), working_directory / "src"})
    if (fs::exists(folder / path)) return (folder / path).lexically_normal();
  return (working_directory / path).lexically_normal();
}

std::optional<AlembicConfig> from(const Lookup& get, const fs::path& file, const std::string& shown,
                                  const fs::path& working_directory) {
  const auto location = get("script_location").value_or("");
  // Flask-Migrate's alembic.ini says nothing of it: the file stands in the folder itself.
  const auto home = file.parent_path();
  const bool is_in_it =
      location.empty() && fs::exists(home / "env.py") && fs::is_directory(home / "versions");
  if (location.empty() && !is_in_it) return std::nullopt;
  AlembicConfig config;
  config.file = shown;
  config.scripts = is_in_it ? home : resolve(location, working_directory, file);
  const auto separator = get("path_separator").value_or(get("version_path_separator").value_or(""));
  for (const auto& folder :
       split_locations(get("version_locations").value_or(""), separator, shown))
    config.versions.push_back(resolve(folder, working_directory, file));
  if (config.versions.empty()) config.versions.push_back(config.scripts / "versions");
  config.recursive = text::to_lower(get("recursive_version_locations").value_or("")) == "true";
  config.version_table = get("version_table");
  config.version_table_schema = get("version_table_schema");
  return config;
}

std::string shown_name(const fs::path& file, const fs::path& working_directory) {
  const auto relative = file.lexically_proximate(working_directory);
  return relative.empty() ? file.string() : relative.string();
}

std::string toml_value(const toml::node& node, const std::string& here) {
  if (const auto* list = node.as_array()) {
    std::string lines;
    for (const auto& element : *list) lines += toml_value(element, here) + '\n';
    return lines;
  }
  if (const auto flag = node.value<bool>(); flag && node.is_boolean())
    return *flag ? "true" : "false";
  // Alembic knows this one reference in TOML, and `%%` for a percent sign.
  const auto text = text::replace_all(node.value<std::string>().value_or(""), "%(here)s", here);
  return text::replace_all(text, "%%", "%");
}

std::optional<AlembicConfig> from_toml(const std::string& text, const fs::path& file,
                                       const std::string& shown,
                                       const fs::path& working_directory) {
  toml::table document;
  try {
    document = toml::parse(text);
  } catch (const toml::parse_error& error) {
    // Of other tools alone: what is wrong with it is theirs to tell.
    if (text.find("alembic") == std::string::npos) return std::nullopt;
    throw std::runtime_error(fmt::format("{}:{}:{}: {}", shown, error.source().begin.line,
                                         error.source().begin.column, error.description()));
  }
  const auto* section = document["tool"]["alembic"].as_table();
  if (!section) return std::nullopt;
  const auto here = file.parent_path().string();
  const Lookup get = [&](const std::string& key) -> std::optional<std::string> {
    const auto* node = section->get(key);
    return node ? std::optional(toml_value(*node, here)) : std::nullopt;
  };
  return from(get, file, shown, working_directory);
}

constexpr const char* k_toml = "pyproject.toml";

/// Both may be there: then alembic.ini holds the connection, and the other one, which stands beside
/// it or where Alembic is run, the rest.
std::optional<AlembicConfig> read_named(const std::string& named,
                                        const fs::path& working_directory) {
  auto file = working_directory / named;
  if (fs::is_directory(file)) file /= "alembic.ini";
  if (auto config = read_alembic_config(file, working_directory)) return config;
  for (const auto& folder : {file.parent_path(), working_directory}) {
    if (file.extension() == ".toml" || !fs::is_regular_file(folder / k_toml)) continue;
    if (auto config = read_alembic_config(folder / k_toml, working_directory)) return config;
  }
  throw std::runtime_error(named + ": script_location is not set");
}

}  // namespace

std::optional<AlembicConfig> read_alembic_config(const fs::path& file,
                                                 const fs::path& working_directory) {
  const auto path = fs::absolute(file).lexically_normal();
  const auto shown = shown_name(path, fs::absolute(working_directory).lexically_normal());
  const auto text = file::read_if_exists(path);
  if (!text) throw std::runtime_error(shown + ": there is no such file");
  if (path.extension() == ".toml") return from_toml(*text, path, shown, working_directory);
  const auto ini = ini::File::parse(*text, shown, path.parent_path().string());
  const Lookup get = [&](const std::string& key) { return ini.get("alembic", key); };
  return from(get, path, shown, working_directory);
}

std::optional<AlembicConfig> find_alembic_config(const std::optional<std::string>& named,
                                                 const std::vector<fs::path>& folders) {
  const auto& working_directory = folders.front();
  if (named && !named->empty()) return read_named(*named, working_directory);
  // An ini that says nothing of scripts may have been shipped for its connection alone.
  for (const auto& folder : folders)
    for (const auto* name : {"alembic.ini", k_toml, "migrations/alembic.ini"}) {
      if (!fs::is_regular_file(folder / name)) continue;
      if (auto config = read_alembic_config(folder / name, working_directory)) return config;
    }
  return std::nullopt;
}

}  // namespace pgmend::ledger
