// SPDX-License-Identifier: MIT
// Declared text is understood by the server, as one definition of the expected kind, or refused.
#include <set>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

struct BadText {
  const char* name;
  const char* section;
  const char* text;
  const char* message;
};

void PrintTo(const BadText& bad, std::ostream* out) {
  *out << bad.name;
}  // NOLINT

const BadText k_bad_texts[] = {
    // PostgreSQL's own refusals
    {"UnknownType", "columns", "VARCHRA(10)", "type \"varchra\" does not exist"},
    {"BadModifier", "columns", "VARCHAR(0)", "length for type varchar must be at least 1"},
    {"BadDefault", "columns", "int DEFAULT 'x'", "invalid input syntax for type integer: \"x\""},
    {"DefaultNamesAColumn", "columns", "int DEFAULT user_id",
     "cannot use column reference in DEFAULT expression"},
    {"Subquery", "columns", "int DEFAULT (SELECT 1)", "cannot use subquery in DEFAULT expression"},
    {"NoSuchFunction", "columns", "int DEFAULT nosuch()", "function nosuch() does not exist"},
    {"NoSuchSequence", "columns", "int DEFAULT nextval('nosuch')",
     "relation \"nosuch\" does not exist"},
    {"NoSuchTable", "columns", "int REFERENCES nosuch", "relation \"nosuch\" does not exist"},
    {"NullAndNotNull", "columns", "int NULL NOT NULL", "conflicting NULL/NOT NULL declarations"},
    {"Collation", "columns", "int COLLATE \"C\"", "collations are not supported by type integer"},
    // texts that try to be more than one column
    {"ClosesAndDrops", "columns", "VARCHAR(10)); DROP TABLE users; --", "syntax error"},
    {"Semicolon", "columns", "int; DROP TABLE users", "syntax error at or near \";\""},
    {"DropColumn", "columns", "int, DROP COLUMN is_active", "syntax error at or near \"COLUMN\""},
    {"AddColumn", "columns", "int, ADD COLUMN x int", "syntax error at or near \"COLUMN\""},
    {"SecondColumn", "columns", "int, x int", "it also declares api_keys.x"},
    {"SecondQuotedColumn", "columns", "int, \"x\"\"; y\" int",
     "it also declares api_keys.\"x\"\"; y\""},
    {"Inherits", "columns", "int) INHERITS (users", "syntax error at the end of the text"},
    {"With", "columns", "int) WITH (fillfactor=10", "syntax error at the end of the text"},
    {"Partition", "columns", "int) PARTITION BY RANGE (id", "syntax error at the end of the text"},
    {"Tablespace", "columns", "int) TABLESPACE pg_default --",
     "syntax error at the end of the text"},
    {"OnCommit", "columns", "int) ON COMMIT DROP; --", "syntax error at the end of the text"},
    {"Like", "columns", "int, LIKE users", "specified more than once"},
    {"OpenParenthesis", "columns", "int, CHECK (true", "syntax error at the end of the text"},
    {"OpenComment", "columns", "int /*", "unterminated /* comment"},
    {"OpenQuote", "columns", "text DEFAULT 'x", "unterminated quoted string"},
    {"OpenDollarQuote", "columns", "text DEFAULT $$x", "unterminated dollar-quoted string"},
    {"OpenIdentifier", "columns", "int, \"x", "syntax error at the end of the text"},
    {"HalfAConstraint", "columns", "int CONSTRAINT", "syntax error at the end of the text"},
    {"ForgedSentinel", "columns",
     "int, CONSTRAINT \"pgmend sentinel\" CHECK (true)); DROP TABLE users; --",
     "syntax error at the end of the text"},
    {"Serial", "columns", "serial, x int", "it also declares api_keys.x"},
    // indexes
    {"IndexThenDrop", "indexes", "(id); DROP TABLE users",
     "cannot insert multiple commands into a prepared statement"},
    {"IndexWhereThenDrop", "indexes", "(id) WHERE true; DROP TABLE users; --",
     "cannot insert multiple commands into a prepared statement"},
    {"IndexNoSuchColumn", "indexes", "(nosuch)", "column \"nosuch\" does not exist"},
    {"IndexNotOneAtAll", "indexes", "id", "syntax error at or near \"id\""},
    {"IndexComment", "indexes", "(id) /*", "unterminated /* comment"},
    {"IndexBadOption", "indexes", "(id) WITH (nosuch = 1)", "unrecognized parameter \"nosuch\""},
    {"IndexVolatile", "indexes", "((random()))",
     "functions in index expression must be marked IMMUTABLE"},
    // constraints
    {"CheckThenAdd", "constraints", "CHECK (id > 0), ADD COLUMN x int",
     "syntax error at or near \"COLUMN\""},
    {"CheckThenColumn", "constraints", "CHECK (id > 0), x int", "it also declares api_keys.x"},
    {"CheckWith", "constraints", "CHECK (id > 0)) WITH (fillfactor=10", "syntax error at the end"},
    {"ForeignKeyThenDrop", "constraints",
     "FOREIGN KEY (user_id) REFERENCES users (id)); DROP TABLE users; --",
     "syntax error at the end"},
    {"UniqueNoSuchColumn", "constraints", "UNIQUE (nosuch)",
     "column \"nosuch\" named in key does not exist"},
    {"NoConstraint", "constraints", "int", "syntax error at or near \"int\""},
    {"SubqueryInCheck", "constraints", "CHECK (id IN (SELECT 1))",
     "cannot use subquery in check constraint"},
};

class BadDefinition : public UnchangedCliTest, public testing::WithParamInterface<BadText> {
 protected:
  static std::string yaml() {
    return std::string("tables:\n  api_keys:\n    ") + GetParam().section +
           ":\n      fresh: |-\n        " + GetParam().text + "\n";
  }
};

TEST_P(BadDefinition, IsRefusedWithItsLineAndNothingChanges) {
  spec(yaml());
  for (const auto* command : {"verify", "ensure"}) {
    const auto result = run({command});
    EXPECT_EQ(exit_usage, result.exit_code) << command;
    const auto said = unwrapped(result.err);
    EXPECT_TRUE(contains(said, "pgmend.yaml:4:7: api_keys.fresh: "));
    EXPECT_TRUE(contains(said, GetParam().message));
    EXPECT_TRUE(contains(said, "hint: "));
    EXPECT_TRUE(contains_not(said, "sentinel"));
    EXPECT_TRUE(contains_line(result.err, "Could not verify schema - nothing was changed"));
  }
}

INSTANTIATE_TEST_SUITE_P(All, BadDefinition, testing::ValuesIn(k_bad_texts),
                         [](const auto& test) { return test.param.name; });

using Definition = CliTest;

TEST_F(Definition, OneBadOneStopsTheGoodOnes) {
  spec("tables:\n  api_keys:\n    columns:\n      good: int\n      bad: intt\n      fine: text\n");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "pgmend.yaml:5:7: api_keys.bad: type \"intt\" does not exist"));
  EXPECT_TRUE(contains_not(result.err, "api_keys.good"));
}

TEST_F(Definition, BadBackfillIsRefusedToo) {
  for (const auto* text :
       {"nosuch", "1); DROP TABLE users; --", "1, 2", "1 FROM users; --", "(1"}) {
    spec(std::string(
             "tables:\n  api_keys:\n    columns:\n      n:\n        definition: int NOT NULL\n"
             "        backfill: |-\n          ") +
         text + "\n");
    const auto result = run_unchanged({"ensure"});
    EXPECT_EQ(exit_usage, result.exit_code) << text << result.out;
    EXPECT_TRUE(contains(result.err, "pgmend.yaml:4:7: api_keys.n: ")) << text;
  }
}

TEST_F(Definition, HostileLookingButHarmlessTextsAreTakenLiterally) {
  spec(R"(tables:
  api_keys:
    columns:
      a: "text DEFAULT '); DROP TABLE users; --'"
      b: "text DEFAULT $$it's; here$$"
      c: int -- the count
      d: "int /* , DROP COLUMN is_active */ DEFAULT 3"
      e: "text DEFAULT E'\\n\\\\'"
)");
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ(
      "id integer, user_id integer, instance_id text, is_active boolean, a text, b text, "
      "c integer, d integer, e text",
      columns("api_keys"));
  EXPECT_EQ("); DROP TABLE users; --|it's; here|3|\n\\",
            db().value("SELECT concat_ws('|', a, b, d, e) FROM api_keys"));
  EXPECT_EQ("1", db().value("SELECT count(*) FROM users"));
  EXPECT_EQ(exit_correct, run_unchanged({"verify"}).exit_code);
}

TEST_F(Definition, GeneratedColumnIsAddedAndVerifies) {
  spec("tables: {api_keys: {columns: {twice: 'int GENERATED ALWAYS AS (id * 2) STORED'}}}");
  EXPECT_EQ(exit_drift, run_unchanged({"verify"}).exit_code);
  EXPECT_EQ(exit_correct, run({"ensure", "--allow", "rewrite"}).exit_code);
  EXPECT_EQ("2", db().value("SELECT twice FROM api_keys"));
  EXPECT_EQ(exit_correct, run_unchanged({"verify"}).exit_code);
}

/// Halves: one by one, each would take a table of all columns that were found to be right.
TEST_F(Definition, OneBadOneAmongManyIsFoundInFewQuestions) {
  constexpr int k_columns = 300;
  const auto with = [](const std::set<int>& bad) {
    std::string yaml = "tables:\n  api_keys:\n    columns:\n";
    for (int i = 0; i < k_columns; ++i)
      yaml += "      c" + std::to_string(i) + (bad.contains(i) ? ": ynt\n" : ": int\n");
    return yaml;
  };
  const auto questions = [&](const std::set<int>& bad) {
    spec(with(bad));
    const auto result = run_unchanged({"verify", "--log-sql"});
    EXPECT_EQ(exit_usage, result.exit_code);
    for (const int i : bad)
      EXPECT_TRUE(contains(result.err, "pgmend.yaml:" + std::to_string(i + 4) + ":7: api_keys.c" +
                                           std::to_string(i) + ": type \"ynt\" does not exist"));
    std::size_t count = 0;
    for (auto at = result.err.find("pgmend sentinel"); at != std::string::npos;
         at = result.err.find("pgmend sentinel", at + 1))
      ++count;
    return count;
  };
  EXPECT_LE(questions({150}), 40U);
  EXPECT_LE(questions({0, 149, 299}), 100U);
}

}  // namespace
}  // namespace pgmend::test
