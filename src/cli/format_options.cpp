// SPDX-License-Identifier: MIT
#include "cli/format_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/text.hpp"

namespace pgmend::cli {

namespace {

constexpr const char* k_option = "--format";
/// Beside the names of the options.
constexpr std::size_t k_help_columns = 48;

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& format : app::formats()) out.emplace_back(format.name);
  return out;
}

/// "json", "json=report.json", "json=-"
Output output_of(const std::string& text) {
  const auto end = std::min(text.find('='), text.size());
  const auto name = text.substr(0, end);
  const auto* format = app::find_format(name);
  if (!format)
    throw CLI::ValidationError(
        k_option, fmt::format("`{}` is not one of {}", name, text::join(names(), ", ")));
  const auto file = end == text.size() ? std::string() : text.substr(end + 1);
  return {format, file == "-" || file == "/dev/stdout" ? "" : file};
}

void add(Options& options, const std::string& text) {
  auto output = output_of(text);
  const auto same = std::find_if(options.outputs.begin(), options.outputs.end(),
                                 [&](const Output& other) { return other.file == output.file; });
  if (same != options.outputs.end())
    throw CLI::ValidationError(
        k_option,
        fmt::format("{} and {} cannot both go to {}; give one of them a file: {}={}",
                    same->format->name, output.format->name,
                    output.file.empty() ? "stdout" : output.file, output.format->name, "FILE"));
  options.outputs.push_back(std::move(output));
}

}  // namespace

void add_formats(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         k_option,
         [&options](const std::vector<std::string>& all) {
           for (const auto& text : all) add(options, text);
         },
         text::wrap("how to report, repeatable: " + text::join(names(), ", "), k_help_columns))
      ->type_name("FORMAT[=FILE]")
      ->option_text("FORMAT[=FILE]")
      ->allow_extra_args(false);
}

void add_log_format(CLI::App& app, Options& options) {
  app.add_option_function<std::string>(
         "--log-format",
         [&options](const std::string& word) { options.log_as_json = word == "json"; },
         "of stderr: text, or json for a line of it each")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT")
      ->option_text("FORMAT");
}

}  // namespace pgmend::cli
