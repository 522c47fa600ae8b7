// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "util/text.hpp"

namespace pgmend::text {

/// Names exactly, and yet nothing that a terminal takes for a command: JSON itself only asks for
/// the first 32 characters to be escaped. Bytes that are no UTF-8 (a database without an encoding
/// may hold such names) become U+FFFD.
inline std::string of_json(const nlohmann::ordered_json& json, int indent) {
  auto out = json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return visible_lines(replace_all(std::move(out), "\x7f", "\\u007f"));
}

}  // namespace pgmend::text
