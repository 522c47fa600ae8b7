// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "util/expand.hpp"

namespace pgmend::app {

struct AlembicUrl {
  std::string text;
  std::string origin;
};

/// `sqlalchemy.url` of alembic.ini (or of the file that ALEMBIC_CONFIG names), unless it is the
/// template's placeholder or needs options that only env.py sets; the latter is said in `notes`.
/// Throws std::runtime_error where the file cannot be read.
std::optional<AlembicUrl> read_alembic_url(const std::filesystem::path& working_directory,
                                           const env::Environment& environment,
                                           std::vector<std::string>& notes);

}  // namespace pgmend::app
