// SPDX-License-Identifier: MIT
#include "dump.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "program.hpp"

namespace pgmend::test {

namespace {

bool is_restrict(const std::string& line) {
  return line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ");
}

}  // namespace

std::string normalised_dump(const std::string& dump) {
  std::istringstream stream(dump);
  std::string out;
  std::vector<std::string> columns;
  bool in_table = false;
  for (std::string line; std::getline(stream, line);) {
    if (is_restrict(line)) continue;
    if (line == ");" && in_table) {
      std::sort(columns.begin(), columns.end());
      for (const auto& column : columns) out += column + '\n';
      columns.clear();
      in_table = false;
    }
    if (in_table)
      columns.push_back(line.ends_with(',') ? line.substr(0, line.size() - 1) : line);
    else
      out += line + '\n';
    if (line.starts_with("CREATE TABLE ") && line.ends_with('(')) in_table = true;
  }
  return out;
}

std::string schema_dump(const Database& database) {
  const auto result =
      run_program({database.server().bin_dir() + "/pg_dump", "--schema-only", database.url()});
  if (!result.ok()) throw std::runtime_error("pg_dump: " + result.err);
  return normalised_dump(result.out);
}

}  // namespace pgmend::test
