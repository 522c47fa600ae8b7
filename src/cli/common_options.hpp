// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "cli/command_table.hpp"

/// The options that several commands have.
namespace pgmend::cli {

/// One that takes a word, shown as `type`.
void add_word(CLI::App& app, const char* name, std::optional<std::string>& target, const char* doc,
              const char* type);
void add_schema(CLI::App& app, Options& options);
void add_scratch(CLI::App& app, const CommandInfo& info, Options& options);
void add_python(CLI::App& app, Options& options);  // for sqlalchemy: and alembic:
void add_connection(CLI::App& app, const CommandInfo& info, Options& options);
void add_filters(CLI::App& app, Options& options);
void add_with(CLI::App& app, Options& options);
void add_detail(CLI::App& app, Options& options);
void add_output(CLI::App& app, Options& options);

}  // namespace pgmend::cli
