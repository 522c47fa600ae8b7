// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/description.hpp"

/// Scripts by which a shell completes pgmend's command line. They hold all words: nothing is run
/// while somebody types.
namespace pgmend::cli {

std::string bash_completion(const ProgramDescription& program);
std::string zsh_completion(const ProgramDescription& program);
std::string fish_completion(const ProgramDescription& program);

std::vector<std::string> shell_names();

/// Of a shell that has one.
std::string completion_for(const std::string& shell);

}  // namespace pgmend::cli
