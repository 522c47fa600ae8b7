// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "projects/project.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"

/// What is tried with the files in examples/deploy.
namespace pgmend::test {

inline std::filesystem::path examples() {
  return std::filesystem::path(PGMEND_SOURCE_DIR) / "examples" / "deploy";
}

/// A script of a shell.
void write_program(const TempFolder& folder, const std::string& name, const std::string& script);

/// Debian's Python, with a script.
RunResult python(const std::string& script, const std::vector<std::string>& arguments);

/// Runs commands of an example as a shell would in the folder of a project, where pgmend, alembic
/// and the project's Python are at hand.
RunResult run_in(const Project& project, const std::string& commands,
                 const subprocess::Environment& variables = {});

}  // namespace pgmend::test
