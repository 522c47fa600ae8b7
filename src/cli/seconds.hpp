// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pgmend::cli {

/// How every length of time is written: "30", "30s", "2m" or "1h"; nothing if it is none of these,
/// or longer than the server can wait for (its timeouts are milliseconds in 32 bits).
std::optional<std::chrono::seconds> parse_seconds(std::string_view text);

/// An option that takes such a time, `least` or more.
CLI::Option* add_seconds(CLI::App& app, const std::string& name, const std::string& doc,
                         std::chrono::seconds least,
                         const std::function<void(std::chrono::seconds)>& set);

}  // namespace pgmend::cli
