// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "cli/command_table.hpp"

/// The options that several commands have.
namespace pgmend::cli {

void add_schema(CLI::App& app, Options& options);
void add_scratch(CLI::App& app, const CommandInfo& info, Options& options);
void add_python(CLI::App& app, Options& options);  // for sqlalchemy: and alembic:
void add_connection(CLI::App& app, const CommandInfo& info, Options& options);
void add_filters(CLI::App& app, Options& options);
void add_with(CLI::App& app, Options& options);
void add_detail(CLI::App& app, Options& options);
void add_output(CLI::App& app, Options& options);

}  // namespace pgmend::cli
