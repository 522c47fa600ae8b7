// SPDX-License-Identifier: MIT
#include "app/compare/expectation.hpp"

#include <gmock/gmock.h>

#include <memory>

#include "builders.hpp"
#include "kinds/kinds.hpp"

namespace pgmend::app {
namespace {

using test::object;

/// As models write a generated column for the server that they meet: STORED before 18.
Expectation written_for(int server_major, const std::string& form) {
  auto schema = std::make_shared<Schema>();
  schema->add(object(kinds::k_column, {"public", "t", "g"},
                     {{"type", "integer"}, {"generated", form}, {"expression", "a"}}));
  schema->add(object(kinds::k_column, {"public", "t", "a"}, {{"type", "integer"}}));
  Expectation expectation;
  expectation.complete = schema;
  expectation.server_major = server_major;
  expectation.is_written_for_its_server = true;
  return expectation;
}

TEST(WrittenForAServer, IsHeldAgainstOneThatChoosesOtherwiseWithoutThat) {
  std::vector<Unmodelled> not_compared;
  const auto schema = as_written_for(written_for(15, "STORED"), 18, not_compared);
  const auto& column = schema->objects().front();
  EXPECT_FALSE(column.value("generated").is_specified());
  EXPECT_EQ(column.text("expression"), "a");
  ASSERT_EQ(not_compared.size(), 1U);
  EXPECT_EQ(not_compared.front().what,
            "generated of columns, which servers choose otherwise since 18");
  EXPECT_EQ(not_compared.front().count, 1);
  EXPECT_THAT(kinds::k_column.definition(column), testing::HasSubstr("AS (a) STORED"));
}

TEST(WrittenForAServer, IsTakenAsItStandsByThoseThatChooseTheSame) {
  std::vector<Unmodelled> not_compared;
  const auto expectation = written_for(15, "STORED");
  EXPECT_EQ(as_written_for(expectation, 17, not_compared), expectation.complete);
  EXPECT_TRUE(not_compared.empty());
}

TEST(WrittenForAServer, IsTakenAsItStandsWhereSomebodyWroteItDown) {
  std::vector<Unmodelled> not_compared;
  auto expectation = written_for(18, "VIRTUAL");
  expectation.is_written_for_its_server = false;
  EXPECT_EQ(as_written_for(expectation, 15, not_compared), expectation.complete);
}

/// A server of 15 prints a column's name without quotes that is a function to one of 16.
TEST(WrittenForAServer, QuotesNamesThatMeanSomethingElseThere) {
  auto schema = std::make_shared<Schema>();
  schema->add(
      object(kinds::k_check, {"public", "t", "c"}, {{"expression", "(system_user > 'a')"}}));
  schema->add(object(kinds::k_foreign_key, {"public", "t", "f"}, {{"columns", "{system_user}"}}));
  schema->add(object(kinds::k_column, {"public", "t", "a"}, {{"type", "text"}}));
  Expectation expectation;
  expectation.complete = schema;
  expectation.server_major = 15;
  std::vector<Unmodelled> not_compared;
  const auto seen = as_written_for(expectation, 16, not_compared);
  EXPECT_EQ(seen->objects()[0].text("expression"), "(\"system_user\" > 'a')");
  EXPECT_EQ(seen->objects()[1].text("columns"), R"({"\"system_user\""})");
  EXPECT_EQ(seen->objects()[2].text("type"), "text");
  EXPECT_TRUE(not_compared.empty());
  EXPECT_EQ(as_written_for(expectation, 14, not_compared), expectation.complete);
}

}  // namespace
}  // namespace pgmend::app
