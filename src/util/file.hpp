// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

/// Whole files at once.
namespace pgmend::file {

/// Nothing if there is no such file; std::runtime_error, naming the file, if it cannot be read. At
/// most so many bytes, from its beginning.
std::optional<std::string> read_if_exists(const std::filesystem::path& path,
                                          std::size_t most = std::string::npos);

}  // namespace pgmend::file
