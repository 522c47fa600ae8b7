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
    {"Bytes64", times(64, "k"), times(63, "k")},
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

class Names : public CliTest {
 protected:
  /// One line for each name.
  static std::string lines(const std::string& indent, const std::string& definition) {
    std::string out;
    for (const auto& name : k_names) out += indent + yaml_quoted(name.written) + definition + '\n';
    return out;
  }
  std::string count(const std::string& from_where) const {
    return db().value("SELECT count(*) FROM " + from_where);
  }
  void expect_mended_for_good() const {
    EXPECT_EQ(exit_drift, run({"verify"}).exit_code);
    const auto result = run({"ensure"});
    EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
    const auto again = run_unchanged({"ensure"});
    EXPECT_TRUE(contains(again.out, "Schema is correct - no changes needed"));
    EXPECT_EQ("1", count("users"));
  }
};

TEST_F(Names, ColumnsAreCreatedExactlySo) {
  spec("tables:\n  api_keys:\n    columns:\n" + lines("      ", ": int DEFAULT 7"));
  expect_mended_for_good();
  for (const auto& name : k_names)
    EXPECT_EQ("7", db().value("SELECT " + sql::quote_ident(name.stored) + " FROM api_keys"))
        << name.label;
  EXPECT_EQ(std::to_string(4 + std::size(k_names)),
            count("pg_attribute WHERE attrelid = 'api_keys'::regclass AND attnum > 0"));
}

TEST_F(Names, EachColumnByItself) {
  for (const auto& name : k_names) {
    spec("tables: {users: {columns: {" + yaml_quoted(name.written) + ": int DEFAULT 7}}}");
    const auto result = run({"ensure", "--quiet"});
    EXPECT_EQ("✅ Schema fixed - 1 item(s) added\n", result.out) << name.label << result.err;
  }
  EXPECT_EQ(std::to_string(1 + std::size(k_names)),
            count("pg_attribute WHERE attrelid = 'users'::regclass AND attnum > 0"));
}

TEST_F(Names, IndexesAndConstraintsAreCreatedExactlySo) {
  spec("tables:\n  api_keys:\n    indexes:\n" + lines("      ", ": (instance_id, id)") +
       "    constraints:\n" + lines("      ", ": CHECK (id > 0)"));
  expect_mended_for_good();
  for (const auto& name : k_names) {
    const auto literal = sql::quote_literal(name.stored);
    EXPECT_EQ("1", count("pg_constraint WHERE conname = " + literal)) << name.label;
    EXPECT_EQ("1", count("pg_class WHERE relkind = 'i' AND relname = " + literal)) << name.label;
  }
}

TEST_F(Names, TablesAndSchemasOfThatName) {
  std::string yaml = "tables:\n";
  for (const auto& name : k_names) {
    const auto stored = sql::quote_ident(name.stored);
    db().exec("CREATE SCHEMA " + stored + "; CREATE TABLE " + stored + "." + stored + " (id int)");
    const auto written = sql::quote_ident(name.written);
    yaml += "  " + yaml_quoted(written + '.' + written) + ":\n    columns: {id: int, " +
            yaml_quoted(name.written) + ": int}\n    indexes: {ix_it: (id) WHERE id > 0}\n";
  }
  spec(yaml);
  expect_mended_for_good();
  EXPECT_EQ(std::to_string(std::size(k_names)), count("pg_class WHERE relname = 'ix_it'"));
}

using OddNames = CliTest;

TEST_F(OddNames, TwoThatAreCutToOneAreRefused) {
  const auto stem = times(63, "n");
  spec("tables:\n  api_keys:\n    columns:\n      " + stem + "a: int\n      " + stem + "b: text\n");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_usage, result.exit_code) << result.out;
  EXPECT_TRUE(contains(unwrapped(result.err), "pgmend.yaml:5:7: `" + stem + "b` stands twice"));
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
