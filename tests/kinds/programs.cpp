// SPDX-License-Identifier: MIT
#include "programs.hpp"

#include <algorithm>
#include <stdexcept>

#include "support/run.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

std::string run_program(const Database& database, const std::string& program,
                        std::vector<std::string> arguments) {
  subprocess::Command command;
  command.argv = {database.server().bin_dir() + "/" + program};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.argv.push_back(database.url());
  command.env = clean_environment({{"PGOPTIONS", "-c client_min_messages=warning"}});
  const auto outcome = subprocess::run(command);
  if (!outcome.ok()) throw std::runtime_error(program + ": " + outcome.err + outcome.out);
  return outcome.out;
}

std::string dump(const Database& database) {
  return run_program(database, "pg_dump", {"--schema-only"});
}

bool is_noise(std::string_view line) {
  return line.empty() || line.starts_with("--") || line.starts_with("\\");
}

std::string sorted_elements(std::vector<std::string> elements) {
  for (auto& element : elements)
    if (element.ends_with(",")) element.pop_back();
  std::sort(elements.begin(), elements.end());
  return text::join(elements, ",\n");
}

/// Column order is not pgmend's business, comments of pg_dump are nobody's.
std::string normalized(const std::string& dump) {
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
      result += std::string(line) + "\n";
    if (line.starts_with("CREATE TABLE ") && line.ends_with("(")) in_table = true;
  }
  return result;
}

}  // namespace

std::string run_file(const Database& database, const std::string& file) {
  return run_program(database, "psql", {"-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-f", file});
}

std::string normalized_dump(const Database& database) {
  return normalized(dump(database));
}

std::string settled_dump(const Database& database) {
  const TempFolder folder;
  const Database reloaded;
  run_file(reloaded, folder.write("dump.sql", dump(database)));
  return normalized_dump(reloaded);
}

}  // namespace pgmend::test
