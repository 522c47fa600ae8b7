// SPDX-License-Identifier: MIT
#include "source/sql_script.hpp"

#include <gmock/gmock.h>

#include "model/spec_error.hpp"
#include "source/psql_command.hpp"
#include "source/sql_sort.hpp"

namespace pgmend::source {
namespace {

using testing::ElementsAre;

std::vector<ScriptItem> items(std::string_view text) {
  std::vector<ScriptItem> all;
  ScriptReader reader(text, "a.sql");
  while (auto item = reader.next()) all.push_back(std::move(*item));
  return all;
}

std::vector<std::string> texts(std::string_view text) {
  std::vector<std::string> all;
  for (const auto& item : items(text)) all.push_back(item.text);
  return all;
}

TEST(SqlScript, EndsAtSemicolons) {
  EXPECT_THAT(texts("SELECT 1; ;\n-- a; b\nSELECT 2"), ElementsAre("SELECT 1", "SELECT 2"));
  EXPECT_THAT(texts(""), ElementsAre());
  EXPECT_THAT(texts("SELECT 1 \\g\nSELECT 2;"), ElementsAre("SELECT 1", "SELECT 2"));
}

TEST(SqlScript, NotAtThoseInside) {
  for (const std::string one :
       {"SELECT 'a;b''c;d'", "SELECT E'a\\';b'", "SELECT $$a;b$$", "SELECT $x$a;$$;b$x$",
        "SELECT /* a; /* b; */ c; */ 1", "SELECT \"a;b\"",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
        "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; "
        "SELECT 2; END",
        "CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; END"})
    EXPECT_THAT(texts(one + ";SELECT 2"), ElementsAre(one, "SELECT 2"));
}

TEST(SqlScript, NoStatementBeginsWithAString) {
  const auto fault = [](std::string_view text) -> std::string {
    try {
      items(text);
    } catch (const SpecError& error) {
      const auto& first = error.faults().front();
      return display(first.where) + ": " + first.message;
    }
    return "none";
  };
  const std::string words = ": a statement cannot begin with a string constant";
  EXPECT_EQ(fault("SELECT 1;\n 'x' CREATE TABLE hidden (a int);"), "a.sql:2:2" + words);
  EXPECT_EQ(fault("'x';"), "a.sql:1:1" + words);
  EXPECT_EQ(fault("$$ CREATE TABLE hidden (a int) $$;"), "a.sql:1:1" + words);
  EXPECT_EQ(fault("/* a */ E'a' -- b\n"), "a.sql:1:10" + words);
  EXPECT_EQ(fault("COPY t FROM stdin;\n'x'\n\\.\n'x' SELECT 1;"), "a.sql:4:1" + words);
  EXPECT_EQ(fault("COPY t FROM stdin;\n'x'\n\\.\nSELECT 'x';"), "none");
  EXPECT_EQ(fault("\\echo 'x'\nSELECT 'x'; ; SELECT 1;"), "none");
}

TEST(SqlScript, SkipsTheDataOfCopy) {
  const auto all = items("COPY t (a, b) FROM stdin;\n1\tit's; $$\n\\.\n\nSELECT 2;");
  ASSERT_EQ(2U, all.size());
  EXPECT_TRUE(all[0].is_copy_in);
  EXPECT_EQ("SELECT 2", all[1].text);
  EXPECT_EQ(5, all[1].where.line);
}

TEST(SqlScript, KnowsWhereThingsStand) {
  const auto all = items("\n  SELECT 'ä',\n wrong;\n\\echo it's\nSELECT 2;");
  EXPECT_EQ("a.sql:2:3", display(all[0].where));
  EXPECT_EQ("a.sql:3:2", display(place_in(all[0], 14)));
  EXPECT_EQ("\\echo it's", all[1].text);
  EXPECT_EQ("a.sql:5:1", display(all[2].where));
}

TEST(SqlScript, WhatIsNotClosedIsAnError) {
  for (const auto* text : {"SELECT 1;\n 'abc", "SELECT 1;\n /* abc", "SELECT 1;\n $x$ abc $$",
                           "SELECT 1;\n \"abc", "SELECT 1;\n E'abc\\'"}) {
    try {
      items(text);
      ADD_FAILURE() << text;
    } catch (const SpecError& error) {
      EXPECT_EQ(2, error.faults().front().where.line) << text;
      EXPECT_THAT(error.what(), testing::HasSubstr("is not closed"));
    }
  }
}

TEST(SqlScript, ABeginningTellsNoSecret) {
  EXPECT_EQ("CREATE ROLE r PASSWORD ...",
            items("CREATE ROLE r PASSWORD 'hush' LOGIN").front().beginning());
  EXPECT_EQ("SELECT 1", items("SELECT\n   1").front().beginning());
}

StatementSort sort_of_text(const std::string& text) {
  return sort_of(items(text).front());
}

TEST(SqlSort, FollowsTheFirstWords) {
  for (const auto* text : {"CREATE TABLE t ()", "ALTER TABLE role ADD x int", "SELECT 1",
                           "CREATE USER MAPPING FOR x SERVER s", "GRANT SELECT ON t TO x",
                           "COMMENT ON TABLE role IS 'x'", "DO $$ $$"})
    EXPECT_EQ(StatementSort::schema, sort_of_text(text)) << text;
  for (const auto* text : {"INSERT INTO t VALUES (1)", "COPY t TO STDOUT", "TRUNCATE t",
                           "WITH x AS (SELECT 1) INSERT INTO t SELECT 1"})
    EXPECT_EQ(StatementSort::data, sort_of_text(text)) << text;
  for (const auto* text : {"CREATE ROLE x", "ALTER USER x", "GRANT a TO b", "DROP GROUP x",
                           "COMMENT ON ROLE x IS 'y'", "REASSIGN OWNED BY a TO b"})
    EXPECT_EQ(StatementSort::roles, sort_of_text(text)) << text;
  for (const auto* text : {"ALTER SYSTEM SET x = 1", "ALTER DATABASE d SET x = 1",
                           "CREATE DATABASE d", "CREATE TABLESPACE s LOCATION 'x'",
                           "COMMENT ON DATABASE d IS 'x'", "CREATE SUBSCRIPTION s"})
    EXPECT_EQ(StatementSort::outside, sort_of_text(text)) << text;
}

TEST(SqlSort, WhatTakesAwayDoesNotWait) {
  EXPECT_TRUE(can_wait(items("CREATE VIEW v AS SELECT 1").front()));
  EXPECT_FALSE(can_wait(items("DROP TABLE t").front()));
  EXPECT_FALSE(can_wait(items("ALTER TABLE t DROP CONSTRAINT c").front()));
}

TEST(PsqlCommand, IsDoneOrRefused) {
  const auto sort = [](const char* text) { return read_psql_command(items(text).front()).sort; };
  EXPECT_EQ(PsqlCommand::Sort::ignored, sort("\\restrict abc"));
  EXPECT_EQ(PsqlCommand::Sort::ignored, sort("\\set ON_ERROR_STOP on"));
  EXPECT_EQ(PsqlCommand::Sort::connect, sort("\\connect shop"));
  EXPECT_EQ("a b.sql", read_psql_command(items("\\i 'a b.sql'").front()).argument);
  for (const auto* text : {"\\! ls", "\\if 1", "\\set x 1", "\\gexec"})
    EXPECT_THROW(sort(text), SpecError) << text;
}

}  // namespace
}  // namespace pgmend::source
