// SPDX-License-Identifier: MIT
#include "support/schema_text.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <stdexcept>
#include <vector>

#include "pg/server_binaries.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

std::string run_program(const Database& database, const std::string& program,
                        std::vector<std::string> arguments) {
  subprocess::Command command;
  command.argv = {client_program(database.server(), program)};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.argv.push_back(database.url());
  command.env = clean_environment({{"PGOPTIONS", "-c client_min_messages=warning"}});
  const auto outcome = subprocess::run(command);
  if (!outcome.ok()) throw std::runtime_error(program + ": " + outcome.err + outcome.out);
  return outcome.out;
}

/// pg_dump refuses servers that are newer than itself.
bool can_dump(const PrivateServer& server) {
  static const int major = [&] {
    subprocess::Command command;
    command.argv = {client_program(server, "pg_dump"), "--version"};
    const auto version = subprocess::run(command).out;
    std::smatch match;
    return std::regex_search(version, match, std::regex(R"(\) (\d+))")) ? std::stoi(match[1]) : 0;
  }();
  return server.version_major() <= major;
}

bool is_noise(std::string_view line) {
  return line.empty() || line.starts_with("--") || line.starts_with("\\");
}

bool is_head_of_table(std::string_view line) {
  static const std::regex head(R"(CREATE (UNLOGGED |FOREIGN )?TABLE .*\()");
  return std::regex_match(line.begin(), line.end(), head);
}

std::string sorted_elements(std::vector<std::string> elements) {
  for (auto& element : elements)
    if (element.ends_with(",")) element.pop_back();
  std::sort(elements.begin(), elements.end());
  return text::join(elements, ",\n");
}

/// Storage parameters and tags stand as they were set, and are one set whatever their order.
std::string with_sorted_settings(const std::string& line) {
  static const std::regex list(R"((.*WITH \(|\s*WHEN TAG IN \()([^()]+)(\).*))");
  std::smatch parts;
  if (!std::regex_match(line, parts, list)) return line;
  const std::string all = parts[2];
  std::vector<std::string> settings;
  for (const auto setting : text::split(all, ',')) settings.emplace_back(text::trim(setting));
  std::sort(settings.begin(), settings.end());
  return parts[1].str() + text::join(settings, ", ") + parts[3].str();
}

/// Statistics objects and publications list columns as the table has them, whatever was declared.
std::string with_sorted_columns(std::string_view line) {
  static const std::regex list(R"((CREATE STATISTICS .* ON |.*ADD TABLE ONLY \S+ \()([^()]*)(.*))");
  std::match_results<std::string_view::const_iterator> parts;
  if (!std::regex_match(line.begin(), line.end(), parts, list)) return std::string(line);
  const std::string columns = parts[2];
  const auto end = columns.rfind(" FROM ");
  std::vector<std::string> names;
  for (const auto name : text::split(std::string_view(columns).substr(0, end), ','))
    names.emplace_back(text::trim(name));
  std::sort(names.begin(), names.end());
  return parts[1].str() + text::join(names, ", ") +
         (end == std::string::npos ? "" : columns.substr(end)) + parts[3].str();
}

}  // namespace

std::string client_program(const PrivateServer& server, const std::string& name) {
  const auto own = server.bin_dir() + "/" + name;
  if (std::filesystem::exists(own)) return own;
  static const auto folder = pg::find_binaries().folder;
  return folder + "/" + name;
}

std::string run_file(const Database& database, const std::string& file) {
  return run_program(database, "psql", {"-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-f", file});
}

std::string dump(const Database& database) {
  return run_program(database, "pg_dump", {"--schema-only"});
}

std::string schema_text(const Database& database) {
  return can_dump(database.server()) ? normalized_dump(dump(database)) : database.description();
}

std::string settled_schema_text(const Database& database) {
  if (!can_dump(database.server())) return database.description();
  const TempFolder folder;
  const Database reloaded(database.server());
  run_file(reloaded, folder.write("dump.sql", dump(database)));
  return schema_text(reloaded);
}

std::string normalized_dump(const std::string& dump) {
  std::string result;
  std::vector<std::string> elements;
  bool in_table = false;
  for (const auto line : text::split(dump, '\n')) {
    if (is_noise(line)) continue;
    if (in_table && line.starts_with(")")) {
      result += sorted_elements(std::move(elements)) + "\n";
      elements.clear();
      in_table = false;
    }
    if (in_table)
      elements.emplace_back(line);
    else
      result += with_sorted_settings(with_sorted_columns(line)) + "\n";
    if (is_head_of_table(line)) in_table = true;
  }
  return result;
}

}  // namespace pgmend::test
