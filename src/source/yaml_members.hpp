// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "source/yaml_reader.hpp"
#include "source/yaml_source.hpp"

namespace pgmend::source {

/// `members:` of a spec.
std::vector<YamlMembers> read_members(YamlReader& reader, const YAML::Node& node);

}  // namespace pgmend::source
