// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>

#include "app/errors.hpp"
#include "cli/commands.hpp"
#include "util/pending_file.hpp"
#include "util/stream.hpp"
#include "util/terminal.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

std::string hint_for(const std::string& path, const std::error_code& error,
                     std::string_view option) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code ignored;
  if (!folder.empty() && !std::filesystem::exists(folder, ignored))
    return fmt::format("there is no folder {}; make it first: mkdir -p {}", folder.string(),
                       text::shell_word(folder.string()));
  const bool is_full = error == std::errc::no_space_on_device || error.value() == EDQUOT;
  return fmt::format("{}, or name another with {} FILE",
                     is_full ? "free some space there" : "check the permissions of its folder",
                     option);
}

}  // namespace

app::UsageError cannot_write(const std::string& path, const std::error_code& error,
                             std::string_view option) {
  return app::UsageError(fmt::format("{} cannot be written: {}", path, error.message()),
                         hint_for(path, error, option));
}

void write_output(const std::string& path, const std::string& text) {
  if (path == "-") return stream::write(stdout, text);
  try {
    file::PendingFile file(path);
    stream::write(file.stream(), text);
    file.commit();
  } catch (const std::system_error& error) {
    throw cannot_write(path, error.code(), "--output");
  }
}

void print_line(std::FILE* out, const std::string& text) {
  stream::print(out, "{}\n",
                text::wrap(text::visible_lines(text), terminal::columns_of(out), "  "));
}

void print_left_out(std::FILE* out, const std::vector<ToolTable>& tables) {
  std::vector<std::string> names;
  for (const auto& each : tables)
    names.push_back(fmt::format("{} ({})", display(each.table), each.tool));
  if (!names.empty())
    print_line(out, "note: left out as migration tools' own: " + text::first_of(names));
}

}  // namespace pgmend::cli
