// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"

#include <fmt/format.h>

#include <sstream>

#include "util/text.hpp"

namespace pgmend::test {

namespace {

/// SQL and commands are copied, so they are not broken.
bool is_to_copy(const std::string& line) {
  for (const auto* word :
       {"ALTER ", "CREATE ", "DROP ", "UPDATE ", "SELECT ", "pgmend ", "(pgmend "})
    if (text::trim(line).starts_with(word)) return true;
  return false;
}

}  // namespace

std::string too_wide(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (text::width(line) > 80 && !is_to_copy(line)) return line;
  return "";
}

std::string body(const std::string& report) {
  const auto header = report.find("\nexpected: ");
  if (header == std::string::npos) return report;
  std::istringstream lines(report.substr(report.find('\n', header + 1) + 1));
  std::string kept;
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && line.find_first_not_of('=') != std::string::npos) kept += line + '\n';
  return kept;
}

std::string unwrapped(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::shared_ptr<Database> CliTest::make_database() {
  auto database = std::make_shared<Database>();
  database->exec(
      "CREATE TABLE users (id int PRIMARY KEY);"
      "CREATE TABLE api_keys (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users,"
      " instance_id text, is_active boolean NOT NULL DEFAULT true);"
      "INSERT INTO users VALUES (1);"
      "INSERT INTO api_keys VALUES (1, 1, 'one')");
  return database;
}

RunResult CliTest::run(Arguments args, const std::string& user,
                       const subprocess::Environment& env) const {
  args.insert(args.end(), {"--database", m_database->url(user)});
  return run_bare(args, env);
}

std::string CliTest::run_on_terminal(Arguments args, int columns) const {
  args.insert(args.end(), {"--color", "never", "--database", m_database->url()});
  return run_pgmend_on_terminal(args, columns, {.cwd = m_folder.path()});
}

RunResult CliTest::run_bare(const Arguments& args, const subprocess::Environment& env) const {
  return run_pgmend(args, {.env = env, .cwd = m_folder.path()});
}

std::string CliTest::state_of(const Database& database) {
  return database.fingerprint() + database.value(
                                      "SELECT pg_catalog.string_agg(r::text, ',') FROM ("
                                      "SELECT xmin, xmax, ctid, u::text FROM users u UNION ALL "
                                      "SELECT xmin, xmax, ctid, k::text FROM api_keys k) r");
}

RunResult CliTest::run_unchanged(const Arguments& args, const std::string& user) const {
  const auto before = state();
  auto result = run(args, user);
  EXPECT_EQ(before, state());
  return result;
}

std::string CliTest::columns(const std::string& table) const {
  return m_database->value(fmt::format(
      "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) "
      "FROM pg_attribute WHERE attrelid = '{}'::regclass AND attnum > 0 AND NOT attisdropped",
      table));
}

}  // namespace pgmend::test
