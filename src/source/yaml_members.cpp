// SPDX-License-Identifier: MIT
#include "source/yaml_members.hpp"

#include <fmt/format.h>

namespace pgmend::source {

namespace {

std::vector<std::string> text_keys() {
  return {"schemas", "databases", "urls", "map", "like", "database"};
}

bool read_boolean(YamlReader& reader, const YAML::Node& node, const std::string& what) {
  const auto text = reader.read_text(node, what);
  if (text && !is_boolean(*text))
    reader.fault(reader.at(node), fmt::format("{} must be true or false, not `{}`", what, *text),
                 "write true or false");
  return text == "true";
}

void read_group(YamlReader& reader, const YAML::Node& name, const YAML::Node& body,
                std::vector<YamlMembers>& groups) {
  const auto label = fmt::format("`{}`", name.Scalar());
  if (!body.IsMap())
    return reader.fault(reader.at(name),
                        fmt::format("{} must be a map, not {}", label, type_word(body)),
                        "write `schemas:`, `databases:` or `urls:` below it");
  YamlMembers group;
  group.name = name.Scalar();
  group.where = reader.at(name);
  auto known = text_keys();
  known.insert(known.end(), {"except", "schema", "majority"});
  reader.check_keys(body, known, label);
  for (const auto& key : text_keys())
    if (const auto node = body[key])
      if (const auto text = reader.read_text(node, key))
        group.words[key] = {*text, reader.at(node)};
  if (const auto node = body["except"]) group.except = reader.read_list(node, "except");
  if (const auto node = body["schema"]) group.schema = reader.read_sources(node);
  if (const auto node = body["majority"]) group.majority = read_boolean(reader, node, "majority");
  groups.push_back(std::move(group));
}

}  // namespace

std::vector<YamlMembers> read_members(YamlReader& reader, const YAML::Node& node) {
  std::vector<YamlMembers> groups;
  if (!node.IsMap() || node.size() == 0) {
    reader.fault(reader.at(node),
                 fmt::format("members must be a map of groups, not {}",
                             node.IsMap() ? "empty" : type_word(node)),
                 "write the name of a group, and below it `schemas:`, `databases:` or `urls:`");
    return groups;
  }
  reader.check_twice(node, "members", [](const std::string& key) { return key; });
  for (const auto& entry : node) read_group(reader, entry.first, entry.second, groups);
  return groups;
}

}  // namespace pgmend::source
