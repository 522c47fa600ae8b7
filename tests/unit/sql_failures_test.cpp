// SPDX-License-Identifier: MIT
// Whose fault it is that a script does not work, and what helps.
#include "source/sql_failures.hpp"

#include <gmock/gmock.h>

namespace pgmend::source {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string hint_of(const std::string& text, const std::string& sqlstate,
                    const std::string& if_newer, const std::string& servers = "") {
  ScriptReader reader(text, "schema.sql");
  const auto item = reader.next();
  try {
    fail_statement(
        *item,
        pg::Error(
            {.sqlstate = sqlstate, .message = "no", .detail = "", .hint = servers, .query = ""}),
        {"a server", if_newer});
  } catch (const SpecError& error) {
    return error.faults().front().hint;
  }
  return "it was not refused";
}

TEST(SqlFailure, SyntaxIsTheScriptsFaultUnlessTheServerIsOlderThanTheDatabase) {
  EXPECT_THAT(hint_of("CREATE TABLE t (a int b)", "42601", ""), HasSubstr("psql"));
  EXPECT_EQ("take 19", hint_of("CREATE TABLE t (a int b)", "42601", "take 19"));
  EXPECT_EQ("take 19", hint_of("CREATE TABLE t (a int)", "0A000", "take 19", "do not"));
}

TEST(SqlFailure, AFunctionMayBeNewToTheServer) {
  EXPECT_THAT(hint_of("CREATE TABLE t (a uuid DEFAULT uuidv7())", "42883", "take 18"),
              AllOf(HasSubstr("made in another file"), HasSubstr("it is newer: take 18")));
  EXPECT_THAT(hint_of("CREATE TABLE t (a nonsense)", "42704", "take 18"),
              Not(HasSubstr("take 18")));
}

}  // namespace
}  // namespace pgmend::source
