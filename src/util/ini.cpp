// SPDX-License-Identifier: MIT
#include "util/ini.hpp"

#include <vector>

#include "util/text.hpp"

namespace pgmend::ini {

namespace {

constexpr int k_max_depth = 10;  // as configparser
const std::string k_defaults = "DEFAULT";

std::size_t indentation(std::string_view line) {
  const auto at = line.find_first_not_of(" \t");
  return at == std::string_view::npos ? line.size() : at;
}

}  // namespace

File File::parse(std::string_view text, const std::string& file_name, const std::string& here) {
  File file;
  file.m_name = file_name;
  // configparser would read a `%` in the folder's name as a reference too; alembic doubles it.
  file.m_sections[k_defaults]["here"] = text::replace_all(here, "%", "%%");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Section* section = nullptr;
  std::string* value = nullptr;
  std::size_t key_indentation = 0;
  int number = 0;
  for (const auto raw : text::split(text, '\n')) {
    ++number;
    const auto line = text::trim(raw);
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    const auto fail = [&](const char* what) -> Error {
      return Error(file_name + ':' + std::to_string(number) + ": " + what);
    };
    if (value && indentation(raw) > key_indentation) {
      if (!value->empty()) *value += '\n';
      *value += line;
      continue;
    }
    if (line[0] == '[') {
      if (line.back() != ']') throw fail("\"[\" without \"]\"");
      section = &file.m_sections[std::string(line.substr(1, line.size() - 2))];
      value = nullptr;
      continue;
    }
    const auto at = line.find_first_of("=:");
    if (!section) throw fail("expected a [section] first");
    if (at == std::string_view::npos || at == 0) throw fail("expected \"key = value\"");
    key_indentation = indentation(raw);
    value = &(*section)[text::to_lower(text::trim(line.substr(0, at)))];
    *value = text::trim(line.substr(at + 1));
  }
  return file;
}

std::optional<std::string> File::get(const std::string& section, const std::string& key) const {
  if (!m_sections.contains(section)) return std::nullopt;
  const auto* value = find(section, key);
  return value ? std::optional(interpolate(section, *value, 0)) : std::nullopt;
}

const std::string* File::find(const std::string& section, const std::string& key) const {
  for (const auto& name : {section, k_defaults}) {
    const auto in = m_sections.find(name);
    if (in == m_sections.end()) continue;
    const auto found = in->second.find(text::to_lower(key));
    if (found != in->second.end()) return &found->second;
  }
  return nullptr;
}

std::string File::interpolate(const std::string& section, std::string_view text, int depth) const {
  if (depth > k_max_depth) throw Error(m_name + ": values that refer to each other without end");
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto rest = text.substr(i);
    const auto end = rest.starts_with("%(") ? rest.find(")s") : std::string_view::npos;
    if (end != std::string_view::npos) {
      const std::string key(rest.substr(2, end - 2));
      const auto* value = find(section, key);
      if (!value) throw UnknownReference(m_name + ": %(" + key + ")s is not set");
      out += interpolate(section, *value, depth + 1);
      i += end + 1;
    } else {
      if (rest.starts_with("%%")) ++i;
      out += text[i];
    }
  }
  return out;
}

}  // namespace pgmend::ini
