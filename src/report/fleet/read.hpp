// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

#include "model/fleet.hpp"

namespace pgmend::report::fleet {

/// Goes up when a reader of the form before would misunderstand the new one.
inline constexpr int k_format_version = 1;

/// It is none, or of another form; with what helps.
struct UnreadableReport : std::runtime_error {
  UnreadableReport(const std::string& message, std::string help)
      : std::runtime_error(message), hint(std::move(help)) {}
  std::string hint;
};

/// What json() wrote. Throws UnreadableReport, whose message goes behind the name of the file.
FleetDocument read(const std::string& text);

}  // namespace pgmend::report::fleet
