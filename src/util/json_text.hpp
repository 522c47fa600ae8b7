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

/// What is not known is null, so that a reader need not ask whether a key is there.
inline nlohmann::ordered_json or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

}  // namespace pgmend::text
