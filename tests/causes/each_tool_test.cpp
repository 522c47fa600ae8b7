// SPDX-License-Identifier: MIT
// Each migration tool that is known: its tables as the tool itself makes them (tests/tools drives
// the real ones), the files of two migrations, of which one is recorded. At the end the program
// prints what was seen of each.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <map>

#include "cause.hpp"
#include "known_tools.hpp"

namespace pgmend::test {
namespace {

/// tool | recognised | pending | failed state | strict | left alone
class ToolTable : public testing::Environment {
 public:
  void saw(const std::string& tool, std::size_t column, const char* answer = "yes") {
    auto& row = m_rows.try_emplace(tool, std::vector<std::string>(5, "NO")).first->second;
    row.at(column) = answer;
  }
  void TearDown() override {
    if (m_rows.empty()) return;
    print("tool", {"recognised", "pending", "failed", "strict", "left alone"});
    for (const auto& [tool, row] : m_rows) print(tool, row);
  }

 private:
  static void print(const std::string& tool, const std::vector<std::string>& row) {
    std::cout << fmt::format("{:<16} {:<11} {:<8} {:<8} {:<7} {}\n", tool, row[0], row[1], row[2],
                             row[3], row[4]);
  }
  std::map<std::string, std::vector<std::string>> m_rows;
};

ToolTable& seen() {
  static auto* const the_table =
      dynamic_cast<ToolTable*>(testing::AddGlobalTestEnvironment(new ToolTable));
  return *the_table;
}
[[maybe_unused]] const ToolTable& k_made_early = seen();

class EachTool : public CauseTest, public testing::WithParamInterface<KnownTool> {
 protected:
  EachTool() {
    const auto& folder = project().folder();
    std::filesystem::remove_all(folder.path("migrations"));
    std::filesystem::remove(folder.path("alembic.ini"));
    spec("tables: {users: {columns: {email: TEXT, name: TEXT}}}");
    exec("CREATE TABLE users (email text)");
    exec(GetParam().books);
  }

  void write_files() const {
    for (const auto& file : GetParam().files) project().folder().write(file.name, file.text);
  }
  std::string name() const { return GetParam().name; }
  /// The tables that are there.
  std::string tables() const {
    return db().value(
        "SELECT string_agg(c.oid::regclass::text, ' ' ORDER BY c.oid::regclass::text) FROM "
        "pg_class "
        "c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND nspname !~ "
        "'^pg_|^information'");
  }
  void expect(std::size_t column, const std::vector<std::string>& args,
              const Answer& answer) const {
    const auto before = HasFailure();
    expect_unchanged("", args, answer);
    if (!HasFailure() || before) seen().saw(name(), column);
  }
};

TEST_P(EachTool, IsKnownWithoutItsFiles) {
  expect(0, {"verify"},
         {1,
          "drift - 1 difference",
          {name() == "dbmate" ? "Rails says" : name() + " says", "its migrations are not here",
           "users.name missing"}});
}

// Its next run would fail on what a repair had made.
TEST_P(EachTool, PendingIsSeen) {
  write_files();
  expect(1, {"ensure"},
         {5,
          "pending - 1 migration to run first: " + std::string(GetParam().second),
          {name() + " says", "still to run: " + std::string(GetParam().second), "pgmend migrate"},
          true});
  exec(GetParam().records);
  expect(1, {"verify"}, {1, "drift - the migrations say done, the schema says no: 1", {}});
}

TEST_P(EachTool, WhatFailedIsToldEvenWhereNothingIsMissing) {
  if (!GetParam().fails) {
    seen().saw(name(), 2, "no row");
    GTEST_SKIP() << "it has no such state in its tables";
  }
  exec("ALTER TABLE users ADD name text");
  exec(GetParam().fails);
  expect(2, {"verify"}, {0, "correct", {"TROUBLE: ", GetParam().trouble}});
}

/// How many lines begin so.
std::size_t count_lines(const std::string& text, std::string_view begin) {
  std::size_t number = 0;
  const auto wanted = "\n" + std::string(begin);
  for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1))
    ++number;
  return number;
}

TEST_P(EachTool, ItsTablesAreNeitherTooManyNorRemovedNorWrittenDown) {
  const Database wanted;
  wanted.exec("CREATE TABLE users (email text)");
  expect(3, {"verify", "--strict", "--schema", wanted.url()}, {0, "correct", {}});
  const auto before = tables();
  expect(4, {"ensure", "--allow", "drop", "--schema", wanted.url()}, {0, "correct", {}});
  EXPECT_EQ(tables(), before);
  const auto draft = project().plain_pgmend({"init", "--output", "drafted.yaml"});
  EXPECT_EQ(draft.exit_code, 0) << draft.err;
  const auto yaml = project().folder().read("drafted.yaml");
  // Names of tables stand two columns in.
  std::size_t number = 0;
  for (auto at = yaml.find("\n  "); at != std::string::npos; at = yaml.find("\n  ", at + 1))
    if (yaml[at + 3] != ' ' && yaml[at + 3] != '#') ++number;
  EXPECT_EQ(number, 1U) << yaml;
  EXPECT_EQ(project().plain_pgmend({"snapshot", "--output", "taken.lock"}).exit_code, 0);
  const auto lock = project().folder().read("taken.lock");
  EXPECT_EQ(count_lines(lock, "table "), 1U) << lock;
  EXPECT_EQ(count_lines(lock, "schema ") + count_lines(lock, "sequence "), 0U) << lock;
  EXPECT_GE(count_lines(lock, "left-out "), 1U) << lock;
  expect(4, {"verify", "--strict", "--schema", "taken.lock"}, {0, "correct", {}});
}

INSTANTIATE_TEST_SUITE_P(Tools, EachTool, testing::ValuesIn(known_tools()), [](const auto& test) {
  std::string name = test.param.name;
  std::erase_if(name, [](char c) { return c == ' ' || c == '-'; });
  return name;
});

}  // namespace
}  // namespace pgmend::test
