// SPDX-License-Identifier: MIT
#include "cli/completion/shells.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace pgmend::cli {

namespace {

struct Shell {
  std::string_view name;
  std::string (*completion)(const ProgramDescription& program);
};

constexpr auto k_shells = std::to_array<Shell>(
    {{"bash", bash_completion}, {"zsh", zsh_completion}, {"fish", fish_completion}});

}  // namespace

std::vector<std::string> shell_names() {
  std::vector<std::string> names;
  for (const auto& shell : k_shells) names.emplace_back(shell.name);
  return names;
}

std::string completion_for(const std::string& shell) {
  const auto* found = std::find_if(k_shells.begin(), k_shells.end(),
                                   [&](const Shell& known) { return known.name == shell; });
  if (found == k_shells.end()) throw std::logic_error("no such shell: " + shell);
  return found->completion(describe());
}

}  // namespace pgmend::cli
