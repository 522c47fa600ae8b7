// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"
#include "util/sql.hpp"

namespace pgmend::test {
namespace {

struct OddName {
  const char* label;
  std::string written;
  std::string stored;
};

void PrintTo(const OddName& name, std::ostream* out) {
  *out << name.label;
}  // NOLINT

std::string times(int n, const std::string& s) {
  std::string out;
  for (int i = 0; i < n; ++i) out += s;
  return out;
}

OddName same(const char* label, const std::string& name) {
  return {label, name, name};
}

const OddName k_names[] = {
    same("Injection", "x\"; DROP TABLE users; --"),
    same("Quote", "o'clock"),
    same("DoubleQuote", "5\" disk"),
    same("Space", "user name"),
    same("OuterSpaces", " padded "),
    same("Capitals", "WebhookUrl"),
    same("ReservedWord", "select"),
    same("TypeWord", "timestamp"),
    same("NonAscii", "größe_名前_ñ"),
    same("Emoji", "🔑"),
    same("Backslash", "back\\slash"),
    same("Dot", "a.b"),
    same("Dollar", "$1"),
    same("Percent", "100%s{}"),
    same("Newline", "two\nlines"),
    same("Digits", "1234"),
    same("YamlWord", "null"),
    same("Comment", "--"),
    same("SystemLooking", "pgmend sentinel 2"),
    same("Bytes63", times(63, "n")),
    {"Bytes64", times(64, "n"), times(63, "n")},
    {"Bytes70", times(70, "m"), times(63, "m")},
    {"CutInsideACharacter", times(40, "é"), times(31, "é")},
};

/// YAML's double quotes understand JSON's escapes.
std::string yaml_quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + '"';
}

class Names : public CliTest, public testing::WithParamInterface<OddName> {
 protected:
  std::string written() const { return yaml_quoted(GetParam().written); }
  std::string count(const std::string& from_where) const {
    return db().value("SELECT count(*) FROM " + from_where);
  }
  std::string literal() const { return sql::quote_literal(GetParam().stored); }
};

TEST_P(Names, ColumnIsCreatedExactlySo) {
  spec("tables:\n  api_keys:\n    columns:\n      " + written() + ": int DEFAULT 7\n");
  EXPECT_EQ(exit_drift, run({"verify"}).exit_code);
  const auto result = run({"ensure"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_EQ("7", db().value("SELECT " + sql::quote_ident(GetParam().stored) + " FROM api_keys"));
  EXPECT_EQ("5", count("pg_attribute WHERE attrelid = 'api_keys'::regclass AND attnum > 0"));
  EXPECT_EQ("1", count("users"));
  const auto again = run({"ensure"});
  EXPECT_EQ(exit_correct, again.exit_code);
  EXPECT_TRUE(contains(again.out, "Schema is correct - no changes needed"));
}

TEST_P(Names, IndexAndConstraintAreCreatedExactlySo) {
  spec("tables:\n  api_keys:\n    indexes:\n      " + written() + ": (instance_id)\n" +
       "    constraints:\n      " + written() + ": CHECK (id > 0)\n");
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ("1", count("pg_index WHERE indexrelid = to_regclass(quote_ident(" + literal() + "))"));
  EXPECT_EQ("1", count("pg_constraint WHERE conname = " + literal()));
  EXPECT_EQ(exit_correct, run({"verify"}).exit_code);
}

TEST_P(Names, TableSchemaAndReferencesOfThatName) {
  const auto ident = sql::quote_ident(GetParam().stored);
  db().exec("CREATE SCHEMA " + ident + "; CREATE TABLE " + ident + "." + ident + " (id int)");
  const auto qualified = sql::quote_ident(GetParam().written);
  spec("tables:\n  " + yaml_quoted(qualified + '.' + qualified) +
       ":\n    columns:\n      id: int\n      " + written() +
       ": int\n    indexes:\n      ix_it: (" + "id) WHERE id > 0\n");
  const auto result = run({"ensure"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.out, "2 item(s) added"));
  EXPECT_EQ(exit_correct, run({"verify"}).exit_code);
}

INSTANTIATE_TEST_SUITE_P(All, Names, testing::ValuesIn(k_names),
                         [](const auto& test) { return test.param.label; });

using OddNames = CliTest;

TEST_F(OddNames, TwoThatAreCutToOneAreRefused) {
  const auto stem = times(63, "n");
  spec("tables:\n  api_keys:\n    columns:\n      " + stem + "a: int\n      " + stem + "b: text\n");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_usage, result.exit_code) << result.out;
  EXPECT_TRUE(contains(result.err, "pgmend.yaml:5:7: "));
}

TEST_F(OddNames, CapitalsAreNotFolded) {
  db().exec("ALTER TABLE api_keys ADD COLUMN webhookurl text");
  spec("tables: {api_keys: {columns: {WebhookUrl: text}}}");
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ(
      "id integer, user_id integer, instance_id text, is_active boolean, webhookurl text, "
      "WebhookUrl text",
      db().value("SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' "
                 "ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'api_keys'::regclass "
                 "AND attnum > 0"));
}

}  // namespace
}  // namespace pgmend::test
