// SPDX-License-Identifier: MIT
// Names, and whatever else others wrote, are data: they begin no line, move no cursor and colour
// nothing, in the database, in specs and in errors.
#include "cli/cli.hpp"
#include "support/schema_text.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

constexpr auto k_formats = {"text",  "sql",    "json",   "html",    "junit",
                            "sarif", "github", "gitlab", "markdown"};

/// Harmless, and yet all that it takes.
const std::string k_name = "x\nBEGINS\r\x1b[31m\x07 |`";
const std::string k_in_yaml = R"("x\nBEGINS\r\e[31m\a |`")";

class OddTexts : public CliTest {
 protected:
  static void expect_harmless(const RunResult& result, const std::string& what) {
    for (const auto& text : {result.out, result.err}) {
      EXPECT_EQ(text, text::visible_lines(text)) << what;
      for (const auto line : text::split(text, '\n'))
        EXPECT_FALSE(text::trim(line).starts_with("BEGINS")) << what << ": " << line;
    }
  }
};

TEST_F(OddTexts, InASpec) {
  spec("tables: {api_keys: {columns: {" + k_in_yaml + ": int}, indexes: {" + k_in_yaml +
       ": (id)}}}");
  for (const auto* format : k_formats) {
    const auto result = run({"verify", "--format", format});
    EXPECT_EQ(exit_drift, result.exit_code) << format;
    expect_harmless(result, format);
    EXPECT_TRUE(contains(result.out, "BEGINS")) << format;
  }
  expect_harmless(run({"ensure", "--dry-run", "--verbose"}), "dry run");
  expect_harmless(run({"ensure", "--log-sql", "--verbose"}), "ensure");
  EXPECT_EQ("0", db().value("SELECT count(" + sql::quote_ident(k_name) + ") FROM api_keys"));
}

TEST_F(OddTexts, InTheDatabase) {
  const auto name = sql::quote_ident(k_name);
  db().exec("CREATE SCHEMA " + name + "; CREATE TABLE " + name + "." + name + " (" + name +
            " text DEFAULT " + sql::quote_literal("\x1b[31m\r") + ", CONSTRAINT " + name +
            " CHECK (" + name + " <> 'x')); CREATE VIEW " + name + ".v AS SELECT " + name +
            " FROM " + name + "." + name);
  EXPECT_EQ(exit_correct, run({"snapshot", "-o", "s.lock"}).exit_code);
  const auto clean = run({"verify", "-s", "s.lock", "--strict", "--verbose"});
  EXPECT_EQ(exit_correct, clean.exit_code) << clean.out << clean.err;
  expect_harmless(clean, "correct");
  db().exec("DROP SCHEMA " + name + " CASCADE");
  for (const auto* format : k_formats)
    expect_harmless(run({"verify", "-s", "s.lock", "--format", format}), format);
  const auto plan = run({"plan", "-s", "s.lock"});
  expect_harmless(plan, "plan");
  const auto psql =
      subprocess::run({.argv = {client_program(db().server(), "psql"), "-X", "-q", "-d", db().url(),
                                "-f", folder().write("repair.sql", plan.out)},
                       .env = clean_environment(),
                       .timeout = std::chrono::seconds(60)});
  EXPECT_EQ(0, psql.exit_code) << psql.err;
  EXPECT_EQ(exit_correct, run({"verify", "-s", "s.lock", "--strict"}).exit_code);
}

TEST_F(OddTexts, InErrors) {
  spec("tables: {users: {" + k_in_yaml + ": {}, columns: {id: " + k_in_yaml + "}}}");
  expect_harmless(run({"verify"}), "unknown key");
  spec("tables: {users: {columns: {id: " + k_in_yaml + "}}}");
  expect_harmless(run({"verify"}), "definition");
  spec("tables: {users: {columns: {" + k_in_yaml + ": nonsense}}}");
  expect_harmless(run({"verify"}), "type");
  folder().write("x.sql", "CREATE TABLE t (\"" + k_name + "\" nonsense);");
  expect_harmless(run({"verify", "-s", "x.sql"}), "SQL");
  folder().write("x.lock", "# pgmend schema.lock\nformat " + k_name);
  expect_harmless(run({"verify", "-s", "x.lock"}), "lock file");
  expect_harmless(run({"verify", "-s", k_name}), "no such file");
  expect_harmless(run({"verify", "--table", k_name}), "filter");
  expect_harmless(run({"verify", "--kind", k_name}), "kind");
  expect_harmless(run({k_name}), "command");
  expect_harmless(run({"explain", k_name}), "topic");
}

TEST_F(OddTexts, OfNoEncoding) {
  for (const std::string text :
       {"tables:\n  lo\xff\x1bt:\n    columns: {a: int}\n",
        "search_path: [pub\xfflic]\ntables: {users: {columns: {a: int}}}\n"}) {
    spec(text);
    for (const auto* format : {"text", "json", "html"})
      expect_harmless(run({"verify", "--format", format}), format);
  }
}

/// A message quotes what it complains about, not all of it.
TEST_F(OddTexts, OfTwoMegabytes) {
  const std::string much(2'000'000, 'k');
  const auto expect_short = [&](const std::string& what) {
    const auto result = run({"verify"});
    EXPECT_EQ(exit_usage, result.exit_code) << what;
    EXPECT_LT(result.err.size(), 3000U) << what;
  };
  spec("tables: {users: {" + much + ": {}}}");
  expect_short("key");
  spec("tables: {users: {columns: {id: " + much + "}}}");
  expect_short("type");
  spec("tables: {users: {columns: {id: \"" + much + " '\"}}}");
  expect_short("token");
  spec(much);
  expect_short("no map");
}

TEST_F(OddTexts, ALockFileIsKnownByItsName) {
  for (const auto* text : {"", "# pgmend schemX.lock\nformat 1\n", "garbage: [\n"}) {
    folder().write("schema.lock", text);
    const auto result = run({"verify", "-s", "schema.lock"});
    EXPECT_EQ(exit_usage, result.exit_code);
    EXPECT_TRUE(contains(unwrapped(result.err), "schema.lock:1: the lock file is ")) << text;
    EXPECT_TRUE(contains(unwrapped(result.err), " --output schema.lock"));
    EXPECT_TRUE(contains_not(result.err, "YAML"));
  }
}

}  // namespace
}  // namespace pgmend::test
