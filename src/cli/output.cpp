// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <fstream>

#include "app/errors.hpp"
#include "cli/commands.hpp"
#include "util/terminal.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

void write_output(const std::string& path, const std::string& text) {
  if (path == "-") return fmt::print("{}", text);
  std::ofstream file(path);
  file << text;
  if (!file.flush())
    throw app::UsageError(fmt::format("{} cannot be written", path),
                          "check the folder's permissions, or name another with --output FILE");
}

void print_line(std::FILE* out, const std::string& text) {
  fmt::print(out, "{}\n", text::wrap(text::visible_lines(text), terminal::k_columns, "  "));
}

}  // namespace pgmend::cli
