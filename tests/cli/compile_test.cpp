// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class Compile : public CliTest {
 protected:
  RunResult compile(Arguments args) const {
    args.insert(args.begin(), "compile");
    args.insert(args.end(), {"--scratch", other.url()});
    return run_bare(args);
  }
  const Database other;
};

TEST_F(Compile, ALockFileNeedsNoScratch) {
  folder().write("schema.sql", "CREATE TABLE users (id int PRIMARY KEY, CHECK (id IN (1, 2, 3)));");
  const auto written = compile({"schema.sql"});
  EXPECT_EQ(exit_correct, written.exit_code) << written.err;
  EXPECT_TRUE(contains(written.out, "wrote schema.lock ("));
  EXPECT_TRUE(contains(unwrapped(written.err), "note: the source was loaded into PostgreSQL "));
  db().exec("ALTER TABLE users ADD CHECK (id IN (1, 2, 3))");
  const auto result =
      run({"verify", "-s", "schema.lock"}, "postgres", {{"PGMEND_PG_BIN", "/nonexistent"}});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
}

TEST_F(Compile, CheckTellsWhetherItIsStale) {
  folder().write("schema.sql", "CREATE TABLE users (id int PRIMARY KEY);");
  EXPECT_EQ(exit_usage, compile({"--check", "schema.sql"}).exit_code);
  EXPECT_EQ(exit_correct, compile({"schema.sql"}).exit_code);
  const auto fresh = compile({"--check", "schema.sql"});
  EXPECT_EQ(exit_correct, fresh.exit_code) << fresh.err;
  EXPECT_TRUE(contains(fresh.out, "schema.lock is up to date"));
  const auto before = folder().read("schema.lock");
  folder().write("schema.sql", "CREATE TABLE users (id int PRIMARY KEY, nick text);");
  const auto stale = compile({"--check", "schema.sql"});
  EXPECT_EQ(exit_drift, stale.exit_code) << stale.err;
  EXPECT_TRUE(contains(stale.out, "users.nick missing"));
  EXPECT_TRUE(contains(unwrapped(stale.err), "schema.lock is stale"));
  EXPECT_EQ(before, folder().read("schema.lock"));
}

TEST_F(Compile, APartialSourceIsRefused) {
  spec("tables: {users: {columns: {id: int}}}\n");
  const auto result = compile({});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "there is no whole schema to compile"));
}

TEST_F(Compile, ReadsStdin) {
  const auto result = run_pgmend({"compile", "-", "-o", "-", "-q", "--scratch", other.url()},
                                 {.cwd = folder().path(), .input = "CREATE TABLE t (id int);"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.err;
  EXPECT_TRUE(contains(result.out, "table public.t"));
}

TEST_F(Compile, DiffAsksScratchWhereNeitherSideIsADatabase) {
  folder().write("a.sql", "CREATE TABLE t (s text CHECK (s IN ('a', 'b')));");
  folder().write("b.sql", "CREATE TABLE t (s text CHECK (s = ANY (ARRAY['a', 'b'])));");
  EXPECT_EQ(exit_correct, compile({"a.sql", "-o", "a.lock"}).exit_code);
  EXPECT_EQ(exit_correct, compile({"b.sql", "-o", "b.lock"}).exit_code);
  const auto same = run_bare({"diff", "a.lock", "b.lock", "--scratch", other.url()});
  EXPECT_EQ(exit_correct, same.exit_code) << same.out << same.err;
  folder().write("b.sql", "CREATE TABLE t (s text CHECK (s IN ('a', 'c')));");
  const auto differs = run_bare({"diff", "a.lock", "b.sql", "--scratch", other.url()});
  EXPECT_EQ(exit_drift, differs.exit_code) << differs.out << differs.err;
}

}  // namespace
}  // namespace pgmend::test
