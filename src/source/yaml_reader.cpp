// SPDX-License-Identifier: MIT
#include "source/yaml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "util/text.hpp"

namespace pgmend::source {

const char* type_word(const YAML::Node& node) {
  if (node.IsMap()) return "a map";
  if (node.IsSequence()) return "a list";
  if (node.IsScalar()) return "text";
  return "nothing";
}

bool is_boolean(const std::string& text) {
  return text == "true" || text == "false";
}

SourceLocation YamlReader::at(const YAML::Node& node) const {
  const auto mark = node.Mark();
  return {m_file, mark.line + 1, mark.column + 1};
}

void YamlReader::fault(SourceLocation where, const std::string& message, const std::string& hint) {
  m_faults.push_back(
      {.where = std::move(where), .message = text::visible(message), .hint = text::visible(hint)});
}

void YamlReader::check_twice(const YAML::Node& map, const std::string& place,
                             const std::function<std::string(const std::string&)>& kept) {
  std::set<std::string> seen;
  for (const auto& entry : map) {
    const auto key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    if (entry.first.IsScalar() && refuse_nul(entry.first)) continue;
    if (!seen.insert(kept(key)).second)
      fault(at(entry.first), fmt::format("`{}` stands twice in {}", key, place),
            "keep one of them");
  }
}

void YamlReader::check_keys(const YAML::Node& map, const std::vector<std::string>& known,
                            const std::string& place) {
  check_twice(map, place, [](const std::string& key) { return key; });
  for (const auto& entry : map) {
    const auto key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    if (entry.first.IsScalar() && refuse_nul(entry.first)) continue;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto near = text::nearest(key, known);
    fault(at(entry.first), fmt::format("unknown key `{}` in {}", key, place),
          near ? fmt::format("did you mean `{}`?", *near)
               : "known keys are: " + text::join(known, ", "));
  }
}

/// libpq would silently cut the text there.
bool YamlReader::refuse_nul(const YAML::Node& node) {
  if (node.Scalar().find('\0') == std::string::npos) return false;
  fault(at(node), "text cannot hold a NUL character", "remove the \\0");
  return true;
}

std::optional<std::string> YamlReader::read_text(const YAML::Node& node, const std::string& what,
                                                 const std::optional<SourceLocation>& key) {
  if (node.IsScalar() && refuse_nul(node)) return std::nullopt;
  if (node.IsScalar() && !text::trim(node.Scalar()).empty()) return node.Scalar();
  fault(key && node.IsNull() ? *key : at(node),
        fmt::format("{} must be text, not {}", what, node.IsScalar() ? "empty" : type_word(node)),
        "put it in quotes if it holds `: ` or `#`, or starts with one of { [ ' \" & * !");
  return std::nullopt;
}

std::vector<std::string> YamlReader::read_list(const YAML::Node& node, const std::string& what) {
  std::vector<std::string> list;
  if (!node.IsSequence()) {
    fault(at(node), fmt::format("{} must be a list, not {}", what, type_word(node)),
          fmt::format("write: {}: [first, second]", what));
    return list;
  }
  for (const auto& element : node)
    if (const auto text = read_text(element, "an entry of " + what)) list.push_back(*text);
  return list;
}

/// `alembic:` without quotes is a map for YAML, of a key with nothing behind it.
std::optional<std::string> YamlReader::read_source(const YAML::Node& node,
                                                   const std::string& what) {
  const bool is_pair = node.IsMap() && node.size() == 1;
  if (is_pair && node.begin()->second.IsNull() && node.begin()->first.IsScalar() &&
      node.begin()->first.Scalar() == "alembic")
    return "alembic:";
  return read_text(node, what);
}

std::vector<std::string> YamlReader::read_sources(const YAML::Node& node) {
  std::vector<std::string> sources;
  if (!node.IsSequence())
    if (const auto source = read_source(node, "schema")) sources.push_back(*source);
  if (node.IsSequence())
    for (const auto& element : node)
      if (const auto source = read_source(element, "an entry of schema"))
        sources.push_back(*source);
  return sources;
}

}  // namespace pgmend::source
