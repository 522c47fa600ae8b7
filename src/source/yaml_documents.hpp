// SPDX-License-Identifier: MIT
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

namespace pgmend::source {

/// The documents of a YAML text. Throws SpecError for what is no YAML, and for bytes that no text
/// of the server can hold.
std::vector<YAML::Node> load_documents(const std::string& text, const std::string& file);

}  // namespace pgmend::source
