// SPDX-License-Identifier: MIT
#include "mutations.hpp"

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "util/sql.hpp"

namespace pgmend::test {

std::string sweep_file(const std::string& name) {
  return std::string(PGMEND_SWEEP) + "/" + name;
}

namespace {

std::vector<std::string> queries() {
  std::ifstream stream(sweep_file("mutations.sql"));
  std::stringstream text;
  text << stream.rdbuf();
  std::vector<std::string> all;
  for (auto rest = text.str();;) {
    const auto end = rest.find(";\n");
    if (end == std::string::npos) return all;
    all.push_back(rest.substr(0, end));
    rest.erase(0, end + 2);
  }
}

}  // namespace

void apply(pg::Connection& connection, const Mutation& mutation) {
  connection.query("DO " + sql::dollar_quote("BEGIN EXECUTE " +
                                             sql::dollar_quote(mutation.statement) + "; END"));
}

void apply(const Database& database, const Mutation& mutation) {
  database.exec("SET client_min_messages = error; SET allow_system_table_mods = on; " +
                mutation.statement);
}

std::vector<Mutation> mutations(const Database& database) {
  const char* only = std::getenv("PGMEND_SWEEP_ONLY");
  auto connection = database.connect();
  connection.query("SET search_path = pg_catalog");
  std::vector<Mutation> all;
  for (const auto& query : queries()) {
    const auto result = connection.query(query);
    for (int row = 0; row < result.rows(); ++row) {
      const std::string label(result.get(row, 0));
      if (!only || std::regex_search(label, std::regex(only)))
        all.push_back({label, std::string(result.get(row, 1))});
    }
  }
  return all;
}

}  // namespace pgmend::test
