// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/document.hpp"
#include "model/fleet.hpp"
#include "util/terminal.hpp"

namespace pgmend::app {

/// A form that a report can have. It is told either as the run goes, or in one piece at its end.
struct Format {
  std::string_view name;  // behind --format
  std::string_view doc;   // one line, for people
  std::unique_ptr<Reporter> (*follow)(std::FILE* out, terminal::Style style, Detail detail);
  std::string (*render)(const Document& document);
  bool is_script = false;  // nothing but repairs: a diff has to plan them
  /// Of a fleet; null: there is none.
  std::string (*fleet)(const FleetDocument& document, const terminal::Style& style,
                       Detail detail) = nullptr;
  /// Why there is nothing to write of this run. Null: there always is something.
  std::optional<Unwritten> (*unwritten)(const Document& document) = nullptr;
};

/// All there are.
std::span<const Format> formats();

/// Null if there is none of that name.
const Format* find_format(std::string_view name);

}  // namespace pgmend::app
