// SPDX-License-Identifier: MIT
// SQL as what is expected: loaded into a scratch database, never into the target.
#include <fmt/format.h>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

constexpr const char* k_schema =
    "CREATE VIEW active AS SELECT id FROM api_keys WHERE is_active;\n"
    "CREATE TABLE api_keys (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users,\n"
    "  instance_id text, is_active boolean NOT NULL DEFAULT true);\n"
    "CREATE TABLE users (id int PRIMARY KEY);\n"
    "INSERT INTO users VALUES (1);\n"
    "CREATE INDEX CONCURRENTLY by_instance ON api_keys (instance_id);\n"
    "VACUUM;\n";

class SqlSource : public CliTest {
 protected:
  /// On the tests' own server, which is quicker than a private one. Its other databases are like
  /// a stranger's.
  Arguments scratch(Arguments args) const {
    args.insert(args.end(), {"--scratch", other.url()});
    return args;
  }
  std::string scratch_databases() const {
    return db().value("SELECT count(*) FROM pg_database WHERE datname ~ '^pgmend_scratch_'");
  }
  std::string error_of(const std::string& sql) const {
    folder().write("schema.sql", sql);
    const auto result = run_unchanged(scratch({"verify", "-s", "schema.sql"}));
    EXPECT_EQ(exit_usage, result.exit_code) << result.out << result.err;
    EXPECT_EQ("", result.out);
    EXPECT_EQ("0", scratch_databases());
    return unwrapped(result.err);
  }

  const Database other;
};

TEST_F(SqlSource, IsFoundAndAddedWhateverItsOrder) {
  folder().write("schema.sql", k_schema);
  const auto found = run_unchanged(scratch({"verify", "-s", "schema.sql"}));
  EXPECT_EQ(exit_drift, found.exit_code) << found.err;
  EXPECT_TRUE(contains(found.out, "active"));
  EXPECT_TRUE(contains(found.out, "by_instance"));
  EXPECT_TRUE(contains(unwrapped(found.out), "rows are no schema, skipped: 1 INSERT"));
  EXPECT_TRUE(contains(unwrapped(found.out), "(--scratch)"));
  EXPECT_EQ(exit_correct, run(scratch({"ensure", "-s", "schema.sql"})).exit_code);
  EXPECT_EQ(exit_correct, run_unchanged(scratch({"verify", "-s", "schema.sql"})).exit_code);
  EXPECT_EQ("0", scratch_databases());
}

TEST_F(SqlSource, APrivateServerIsStartedWhereNoneIsNamed) {
  folder().write("sql/1.sql", "CREATE TABLE users (id int PRIMARY KEY);");
  folder().write("sql/2.sql", "SET search_path = elsewhere;");
  folder().write("sql/3.sql", "GRANT SELECT ON users TO nobody_known;");
  const auto result = run_unchanged({"verify", "-s", "sql"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(unwrapped(result.out), "loaded into a private PostgreSQL "));
  EXPECT_TRUE(contains(unwrapped(result.out), "roles made on the scratch server: nobody_known"));
}

TEST_F(SqlSource, ErrorsTellFileStatementAndReason) {
  EXPECT_TRUE(contains_in_order(
      error_of("CREATE TABLE a (id int);\nCREATE TABLE b (\n  id intt\n);\n"),
      {"schema.sql:3:6: type \"intt\" does not exist", "in: CREATE TABLE b (", "hint: "}));
  EXPECT_TRUE(contains(error_of("CREATE TABEL a ();"), "schema.sql:1:8: syntax error at or near"));
  EXPECT_TRUE(contains(error_of("BEGIN; CREATE TABLE a ();"), "schema.sql:1:1: the transaction"));
  EXPECT_TRUE(contains(error_of("-- nothing\nINSERT INTO users VALUES (1);"), "it is empty"));
  EXPECT_TRUE(
      contains(error_of("DROP TABLE users;\nCREATE TABLE users ();"), "write DROP ... IF EXISTS"));
  EXPECT_TRUE(contains(error_of(std::string("a\0b", 3)), "it is a binary file"));
  EXPECT_TRUE(contains(error_of("PGDMP..."), "pg_restore --schema-only"));
  EXPECT_TRUE(contains(error_of("CREATE TABLE a ();\n\\connect other\n"),
                       "put each database into a file of its own"));
  EXPECT_TRUE(contains(error_of("\\ir schema.sql\n"), "schema.sql -> schema.sql"));
}

TEST_F(SqlSource, ACauseIsToldWithWhatHangsOnIt) {
  const auto said = error_of(
      "CREATE VIEW v AS SELECT * FROM t;\nCREATE EXTENSION not_there_at_all;\n"
      "CREATE TABLE t (c type_of_that);\n");
  EXPECT_TRUE(contains_in_order(
      said, {"schema.sql:2:1: extension not_there_at_all cannot be had on", "what hangs on it:",
             "schema.sql:1:1 CREATE VIEW v", "schema.sql:3:1 CREATE TABLE t", "--scratch URL"}));
  EXPECT_FALSE(contains(said, "schema.sql:3:17"));
}

TEST_F(SqlSource, WhatReachesOutDoesNotTouchAServerThatIsNotPrivate) {
  const auto server = [&] {
    return db().value(
        "SELECT string_agg(r::text, ',') FROM (SELECT rolname FROM pg_authid UNION ALL "
        "SELECT setconfig::text FROM pg_db_role_setting UNION ALL "
        "SELECT datname FROM pg_database) r");
  };
  const auto before = server();
  folder().write("schema.sql",
                 "CREATE TABLE users (id int PRIMARY KEY);\n"
                 "CREATE ROLE outsider PASSWORD 'hush';\n"
                 "DO $$ BEGIN CREATE ROLE outsider; EXCEPTION WHEN duplicate_object THEN END $$;\n"
                 "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET work_mem = "
                 "1024'; END $$;\n"
                 "ALTER SYSTEM SET work_mem = 1024;\nCREATE DATABASE outsider;\n"
                 "ALTER TABLE users OWNER TO outsider;\n");
  for (const auto& args : {scratch({"verify", "-s", "schema.sql"}),
                           Arguments{"verify", "-s", "schema.sql", "--scratch", "target"}}) {
    const auto result = run_unchanged(args);
    EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
    const auto said = unwrapped(result.out);
    EXPECT_TRUE(contains(said, "reaches beyond its database, skipped: schema.sql:2:1 CREATE ROLE"));
    EXPECT_TRUE(contains(said, "1 GRANT or OWNER TO skipped: there is no role outsider"));
    EXPECT_TRUE(contains_not(said, "hush"));
    EXPECT_EQ(before, server());
  }
}

TEST_F(SqlSource, SeveralAreMergedAndMustAgree) {
  folder().write("a.sql", "CREATE TABLE users (id int PRIMARY KEY);");
  folder().write("b.sql", "ALTER TABLE users ADD COLUMN nick text;");
  folder().write("c.sql", "CREATE TABLE users (id bigint PRIMARY KEY);");
  const auto on_top = run_unchanged(scratch({"verify", "-s", "a.sql", "-s", "b.sql"}));
  EXPECT_EQ(exit_drift, on_top.exit_code) << on_top.err;
  EXPECT_TRUE(contains(on_top.out, "users.nick missing"));
  const auto conflict = run_unchanged(scratch({"verify", "-s", "a.sql", "-s", "c.sql"}));
  EXPECT_EQ(exit_usage, conflict.exit_code) << conflict.out;
  EXPECT_TRUE(contains(unwrapped(conflict.err),
                       "c.sql: column users.id: its type is `bigint` here and `integer` in a.sql"));
  spec("schema: [a.sql, b.sql]\n");
  const auto named = run_unchanged(scratch({"verify"}));
  EXPECT_EQ(exit_drift, named.exit_code) << named.err;
  EXPECT_TRUE(contains(named.out, "expected: a.sql + b.sql"));
}

TEST_F(SqlSource, WhereNothingIsRightTheReportHasNoGap) {
  folder().write("schema.sql", "CREATE TABLE orders (id int);");
  const auto found = run_unchanged(scratch({"verify", "-s", "schema.sql"}));
  EXPECT_EQ(exit_drift, found.exit_code) << found.err;
  EXPECT_TRUE(contains(found.out, "\nChecking orders table...\n"));
  EXPECT_TRUE(contains_not(found.out, "\n\n\n"));
}

/// Many statements go at once, and into two sessions where their words allow it.
TEST_F(SqlSource, ManyStatementsComeToTheSameAsOneByOne) {
  std::string sql =
      "CREATE VIEW early AS SELECT * FROM t7;\nCREATE TYPE mood AS ENUM ('a', 'b');\n";
  for (int i = 0; i < 80; ++i) {
    sql += fmt::format(
        "CREATE TABLE t{0} (id serial PRIMARY KEY, m mood DEFAULT 'a', parent_id int, n int);\n"
        "CREATE INDEX ON t{0} (m, n);\nCREATE INDEX t{0}_part ON t{0} (n) WHERE m = 'b';\n"
        "COMMENT ON COLUMN t{0}.n IS 'number';\nALTER TABLE t{0} OWNER TO keeper;\n",
        i);
    if (i == 40) sql += "SET search_path = other, public;\nCREATE SCHEMA other;\n";
    if (i > 0)
      sql += fmt::format(
          "ALTER TABLE t{} ADD FOREIGN KEY (parent_id) REFERENCES t{} ON DELETE SET NULL;\n", i,
          i / 2);
    if (i % 10 == 0) sql += fmt::format("CREATE VIEW v{0} AS SELECT id, m FROM t{0};\n", i);
  }
  folder().write("together.sql", sql);
  folder().write("alone.sql", "CREATE TEMP TABLE keeps_all_in_order ();\n" + sql);
  for (const std::string name : {"together", "alone"}) {
    const auto result =
        run_bare({"compile", name + ".sql", "-o", name + ".lock", "--with", "owners", "--log-sql"});
    EXPECT_EQ(exit_correct, result.exit_code) << result.err;
    EXPECT_EQ(name == "together",
              result.err.find("SET LOCAL lock_timeout = '1s'") != std::string::npos)
        << "what each half begins with";
  }
  EXPECT_EQ(folder().read("alone.lock"), folder().read("together.lock"));
  EXPECT_TRUE(contains(folder().read("together.lock"), "view public.early"));
  EXPECT_TRUE(contains(folder().read("together.lock"), "table other.t79"));
}

TEST_F(SqlSource, NoScratchIsToldWithWaysOut) {
  folder().write("schema.sql", "CREATE TABLE users (id int PRIMARY KEY);");
  const auto none =
      run({"verify", "-s", "schema.sql"}, "postgres", {{"PGMEND_PG_BIN", "/nonexistent"}});
  EXPECT_EQ(exit_unverified, none.exit_code) << none.out;
  EXPECT_TRUE(contains(unwrapped(none.err), "pgmend compile SOURCE -o schema.lock"));
  const auto gone =
      run({"verify", "-s", "schema.sql", "--scratch", "postgresql://app:hush@127.0.0.1:1/x"});
  EXPECT_EQ(exit_unverified, gone.exit_code);
  EXPECT_TRUE(contains(unwrapped(gone.err), "the scratch server app@127.0.0.1:1/x (--scratch)"));
  EXPECT_TRUE(contains_not(gone.err, "hush"));
  EXPECT_EQ(exit_usage, run({"verify", "-s", "schema.sql", "--scratch", "mysql://x"}).exit_code);
}

}  // namespace
}  // namespace pgmend::test
