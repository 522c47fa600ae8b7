// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>

#include "app/database/locate_database.hpp"
#include "app/database/project.hpp"
#include "app/errors.hpp"
#include "app/run/run.hpp"
#include "cli/options.hpp"
#include "cli/outputs.hpp"

/// One function for each command; each returns the exit code. Errors are thrown.
namespace pgmend::cli {

/// ensure, verify, plan, and migrate, which is ensure behind a migration command.
int run_check(const Options& options, Outputs& outputs);
/// Many schemas or databases at once.
int run_fleet(const Options& options, Outputs& outputs);
/// Verifies again and again.
int run_watch(const Options& options);
int run_compile(const Options& options);
int run_diff(const Options& options, Outputs& outputs);
int run_init(const Options& options);
int run_snapshot(const Options& options);
int run_demo(const Options& options);
int run_explain(const Options& options);
int run_completion(const Options& options);
int run_man();

/// How one run for one database goes.
app::RunOptions run_options(const Options& options, const app::Project& project);

/// What a command line asks for.
Job job_of(const Options& options);

/// Writes what a command makes to a file, or to stdout for "-". A file is there whole, or as it was
/// before: then UsageError is thrown.
void write_output(const std::string& path, const std::string& text);

/// `option` names another file.
app::UsageError cannot_write(const std::string& path, const std::error_code& error,
                             std::string_view option);

/// What ended a run, or part of it, on stderr.
void print_error(const Ending& ending);

/// "pgmend.yaml:3:5: users.age: no such type"
std::string fault_words(const Fault& fault);

/// One line for people, wrapped at 80 columns.
void print_line(std::FILE* out, const std::string& text);

/// Whose a table is that was not written down; nothing for none.
void print_left_out(std::FILE* out, const std::vector<ToolTable>& tables);

}  // namespace pgmend::cli
