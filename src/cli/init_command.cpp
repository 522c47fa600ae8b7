// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "app/errors.hpp"
#include "app/init.hpp"
#include "app/project.hpp"
#include "app/session.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"

namespace pgmend::cli {

namespace {

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  if (!file.flush())
    throw app::UsageError(fmt::format("{} cannot be written", path),
                          "check the folder's permissions, or name another with --output FILE");
}

}  // namespace

int run_init(const Options& options) {
  const auto path = options.output.value_or(app::k_spec_name);
  const bool to_stdout = path == "-";
  if (!to_stdout && !options.force && std::filesystem::exists(path))
    throw app::UsageError(fmt::format("{} is there already", path),
                          "overwrite it with --force, or write elsewhere with --output FILE");
  auto session = app::connect(
      {options.database, std::nullopt, options.connect_timeout_seconds, options.log_sql});
  const auto text =
      app::draft_spec(session.target, {options.schema_names, options.tables, options.kinds, {}});
  if (to_stdout) {
    fmt::print("{}", text);
    return k_exit_correct;
  }
  write_file(path, text);
  if (options.detail != Detail::quiet)
    fmt::print("wrote {}\nnext: look it over, then run: pgmend verify\n", path);
  return k_exit_correct;
}

}  // namespace pgmend::cli
