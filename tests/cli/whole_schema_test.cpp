// SPDX-License-Identifier: MIT
// A whole schema as what is expected: a lock file, or another database.
#include <array>
#include <fstream>
#include <sstream>

#include "cli/cli.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

class WholeSchema : public CliTest {
 protected:
  std::string lock() const { return folder().path() + "/schema.lock"; }

  void snapshot() const {
    const auto result = run({"snapshot"});
    ASSERT_EQ(exit_correct, result.exit_code) << result.err;
  }

  std::string read(const std::string& path) const {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  /// Writes the lock file with one text in place of another.
  void damage(const std::string& from, const std::string& to) const {
    const auto text = read(lock());
    ASSERT_NE(text.find(from), std::string::npos) << text;
    std::ofstream(lock()) << text::replace_all(text, from, to);
  }
};

TEST_F(WholeSchema, ASnapshotVerifiesClean) {
  const auto written = run_unchanged({"snapshot"});
  EXPECT_EQ(exit_correct, written.exit_code) << written.err;
  EXPECT_TRUE(contains(written.out, "wrote schema.lock ("));
  const auto result = run_unchanged({"verify", "--schema", "schema.lock", "--strict"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.out, "2 tables, "));
}

TEST_F(WholeSchema, ASnapshotOfTheSameIsTheSame) {
  EXPECT_EQ(run({"snapshot", "-o", "-"}).out, run({"snapshot", "-o", "-"}).out);
}

TEST_F(WholeSchema, WhatIsGoneIsFoundAndAdded) {
  snapshot();
  db().exec("ALTER TABLE users ADD UNIQUE (id); DROP TABLE api_keys");
  db().exec("CREATE TABLE api_keys (id int PRIMARY KEY)");
  const auto found = run_unchanged({"verify", "-s", "schema.lock"});
  EXPECT_EQ(exit_drift, found.exit_code);
  EXPECT_TRUE(contains(found.out, "api_keys.is_active missing"));
  EXPECT_TRUE(contains(found.out, "api_keys.api_keys_user_id_fkey missing"));
  const auto fixed = run({"ensure", "-s", "schema.lock"});
  EXPECT_EQ(exit_correct, fixed.exit_code) << fixed.out << fixed.err;
  EXPECT_EQ(exit_correct, run_unchanged({"verify", "-s", "schema.lock"}).exit_code);
}

TEST_F(WholeSchema, WhatIsNotExpectedIsToldAndLeftAlone) {
  snapshot();
  db().exec("CREATE TABLE notes (id integer); ALTER TABLE users ADD COLUMN nick text");
  const auto result = run_unchanged({"ensure", "-s", "schema.lock"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.out, "notes: extra"));
  EXPECT_TRUE(contains(result.out, "users.nick: extra"));
  EXPECT_EQ(exit_drift, run_unchanged({"verify", "-s", "schema.lock", "--strict"}).exit_code);
  const auto removed = run({"ensure", "-s", "schema.lock", "--allow", "drop"});
  EXPECT_EQ(exit_correct, removed.exit_code) << removed.out << removed.err;
  EXPECT_EQ(exit_correct, run_unchanged({"verify", "-s", "schema.lock", "--strict"}).exit_code);
}

TEST_F(WholeSchema, AnExtraColumnThatBreaksInsertsIsDrift) {
  snapshot();
  db().exec("TRUNCATE users CASCADE; ALTER TABLE users ADD COLUMN must integer NOT NULL");
  const auto result = run_unchanged({"verify", "-s", "schema.lock"});
  EXPECT_EQ(exit_drift, result.exit_code) << result.out;
  EXPECT_TRUE(contains(unwrapped(result.out), "makes every INSERT that does not name it fail"));
}

TEST_F(WholeSchema, WhatIsIgnoredIsNotTold) {
  snapshot();
  db().exec("CREATE SCHEMA audit; CREATE TABLE audit.log (id integer)");
  spec("tables: {users: {columns: {id: int}}}\nignore: [\"audit.*\", \"*:audit\"]\n");
  const auto result = run_unchanged({"verify", "-s", "schema.lock", "--table", "*"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains_not(result.out, "audit.log"));
}

TEST_F(WholeSchema, AnotherDatabaseIsExpected) {
  const Database other;
  other.exec("CREATE TABLE users (id integer, nick text)");
  const auto result = run_unchanged({"verify", "--against", other.url()});
  EXPECT_EQ(exit_drift, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.out, "expected: " + other.name()));
  const auto nowhere = run_unchanged({"verify", "--against", "postgresql:///x?host=/nowhere"});
  EXPECT_EQ(exit_unverified, nowhere.exit_code);
}

TEST_F(WholeSchema, DiffTellsBothWays) {
  const Database other;
  other.exec("CREATE TABLE users (id integer); CREATE TABLE notes (id integer)");
  const auto result = run_bare({"diff", db().url(), other.url()});
  EXPECT_EQ(exit_drift, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.out, "api_keys missing"));
  EXPECT_TRUE(contains(result.out, "notes extra"));
  EXPECT_TRUE(contains(result.out, "Schemas differ - "));
  snapshot();
  const auto same = run_bare({"diff", "schema.lock", db().url()});
  EXPECT_EQ(exit_correct, same.exit_code) << same.out << same.err;
  EXPECT_TRUE(contains(same.out, "Schemas are the same"));
  EXPECT_EQ(exit_correct, run_bare({"diff", "schema.lock", "schema.lock"}).exit_code);
}

TEST_F(WholeSchema, DiffNeedsTwoWholeSchemas) {
  spec("tables: {users: {columns: {id: int}}}\n");
  const auto partial = run_bare({"diff", "pgmend.yaml", db().url()});
  EXPECT_EQ(exit_usage, partial.exit_code);
  EXPECT_TRUE(contains(unwrapped(partial.err), "names only some objects"));
  EXPECT_EQ(exit_usage, run_bare({"diff", db().url()}).exit_code);
}

TEST_F(WholeSchema, OwnersAndPrivilegesAreComparedWhenAskedFor) {
  const auto with = [&](const std::string& what) {
    return run_unchanged({"verify", "-s", "schema.lock", "--with", what});
  };
  EXPECT_EQ(exit_correct, run({"snapshot", "--with", "owners,privileges"}).exit_code);
  db().exec("ALTER TABLE users OWNER TO pg_monitor; GRANT SELECT ON users TO pg_signal_backend");
  EXPECT_EQ(exit_correct, run_unchanged({"verify", "-s", "schema.lock", "--strict"}).exit_code);
  const auto owners = with("owners");
  EXPECT_EQ(exit_drift, owners.exit_code) << owners.out << owners.err;
  EXPECT_TRUE(contains(owners.out, "table public.users"));
  EXPECT_TRUE(contains_not(owners.out, "pg_signal_backend"));
  EXPECT_EQ(exit_correct, with("privileges").exit_code);
  EXPECT_EQ(exit_correct, run({"ensure", "-s", "schema.lock", "--with", "owners", "--with",
                               "privileges", "--allow", "alter,drop"})
                              .exit_code);
  EXPECT_EQ(exit_correct, run_unchanged({"verify", "-s", "schema.lock", "--with",
                                         "owners,privileges", "--strict"})
                              .exit_code);
}

TEST_F(WholeSchema, TheSpecMayAskForThem) {
  EXPECT_EQ(exit_correct, run({"snapshot", "--with", "owners"}).exit_code);
  db().exec("ALTER TABLE users OWNER TO pg_monitor");
  spec("schema: schema.lock\n");
  EXPECT_EQ(exit_correct, run_unchanged({"verify"}).exit_code);
  spec("schema: schema.lock\nwith: [owners]\n");
  const auto owners = run_unchanged({"verify"});
  EXPECT_EQ(exit_drift, owners.exit_code) << owners.out << owners.err;
  EXPECT_TRUE(contains(owners.out, "table public.users"));
}

TEST_F(WholeSchema, WhatALockFileDoesNotStateCannotBeAskedFor) {
  snapshot();
  const auto lock = run_unchanged({"verify", "-s", "schema.lock", "--with", "privileges"});
  EXPECT_EQ(exit_usage, lock.exit_code) << lock.out;
  EXPECT_TRUE(contains(unwrapped(lock.err), "it was written without privileges"));
  EXPECT_TRUE(contains(unwrapped(lock.err), "write it again: pgmend snapshot --database "));
  EXPECT_TRUE(contains(unwrapped(lock.err), " --with privileges --output schema.lock"));
  spec("tables: {users: {columns: {id: int}}}\n");
  const auto partial = run_unchanged({"verify", "--with", "owners"});
  EXPECT_EQ(exit_usage, partial.exit_code);
  EXPECT_TRUE(contains(unwrapped(partial.err), "it states no owners"));
  const auto kind = run_unchanged({"verify", "-s", "schema.lock", "--kind", "owner"});
  EXPECT_EQ(exit_usage, kind.exit_code);
  EXPECT_TRUE(contains(unwrapped(kind.err), "add: --with owners"));
  EXPECT_EQ(exit_usage, run_unchanged({"verify", "--with", "colours"}).exit_code);
}

TEST_F(WholeSchema, DiffComparesPrivilegesWhenAskedFor) {
  const Database other;
  db().exec("GRANT SELECT ON users TO pg_monitor");
  EXPECT_EQ(exit_correct, run({"snapshot"}).exit_code);
  const auto result =
      run_bare({"diff", db().url(), other.url(), "--with", "privileges", "--kind", "grant"});
  EXPECT_EQ(exit_drift, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.out, "table public.users SELECT to pg_monitor"));
}

TEST_F(WholeSchema, ARoleThatIsNotThereIsNotMade) {
  std::string role;
  {
    const Role reader(db(), "NOLOGIN", "Reader ");
    role = reader.name();
    db().exec("GRANT SELECT ON users TO \"" + role + "\"");
    EXPECT_EQ(exit_correct, run({"snapshot", "--with", "privileges"}).exit_code);
  }
  const auto result = run({"ensure", "-s", "schema.lock", "--with", "privileges"});
  EXPECT_EQ(exit_drift, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(unwrapped(result.out), "does not exist here"));
  EXPECT_TRUE(contains(unwrapped(result.out), "create it first"));
  EXPECT_EQ("", db().value("SELECT rolname FROM pg_roles WHERE rolname = '" + role + "'"));
}

TEST_F(WholeSchema, ADamagedLockFileIsRefused) {
  snapshot();
  const auto whole = read(lock());
  const auto refusal = [&](const std::string& from, const std::string& to) {
    damage(from, to);
    const auto result = run_unchanged({"verify", "-s", "schema.lock"});
    EXPECT_EQ(exit_usage, result.exit_code) << result.out;
    std::ofstream(lock()) << whole;
    return unwrapped(result.err);
  };
  EXPECT_TRUE(contains(refusal("format 1", "format 9"), "written by a newer pgmend (format 9)"));
  EXPECT_TRUE(contains(refusal("kind column:", "kind rainbow:"), "newer pgmend (kind rainbow)"));
  EXPECT_TRUE(contains(refusal("\nend ", "\n# end "), "its end is missing"));
  EXPECT_TRUE(contains(refusal("\nend ", "\nend 1"), "its end says otherwise"));
  EXPECT_TRUE(contains(refusal("type=\"integer\"", "type=\"integer"), "schema.lock:"));
  EXPECT_TRUE(contains(refusal("type=\"integer\"", "tipe=\"integer\""), "has no tipe"));
  EXPECT_TRUE(contains(refusal("\nformat 1", "\n<<<<<<< HEAD\nformat 1"), "schema.lock:2:"));
}

TEST_F(WholeSchema, AnOlderFileIsSilentOnWhatItsWriterDidNotRead) {
  db().exec(
      "CREATE FUNCTION below(integer, numeric) RETURNS boolean LANGUAGE sql IMMUTABLE "
      "AS 'SELECT $1::numeric < $2'; "
      "CREATE OPERATOR <~ (FUNCTION = below, LEFTARG = integer, RIGHTARG = numeric)");
  const Arguments written = {"snapshot", "--with", "privileges"};
  ASSERT_EQ(exit_correct, run(written).exit_code);
  db().exec(
      "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC; GRANT USAGE ON LANGUAGE sql TO pg_monitor; "
      "ALTER OPERATOR FAMILY integer_ops USING btree ADD OPERATOR 1 <~ (integer, numeric)");
  const Arguments strictly = {"verify", "-s", "schema.lock", "--strict", "--with", "privileges"};
  const auto now = run_unchanged(strictly);
  EXPECT_EQ(exit_drift, now.exit_code);
  EXPECT_TRUE(contains(now.out, "language plpgsql USAGE not to PUBLIC"));
  EXPECT_TRUE(contains(now.out, "integer_ops USING btree"));
  damage(" comes_with", "");
  const auto before = run_unchanged(strictly);
  EXPECT_EQ(exit_correct, before.exit_code) << before.out << before.err;
  // As well where it is the other side.
  ASSERT_EQ(exit_correct, run({"snapshot", "--with", "privileges", "-o", "new.lock"}).exit_code);
  const auto diff = run_bare({"diff", "--with=privileges", "new.lock", "schema.lock"});
  EXPECT_EQ(exit_correct, diff.exit_code) << diff.out << diff.err;
}

TEST_F(WholeSchema, AValueThatNothingCanHaveIsDamage) {
  db().exec("ALTER TABLE users ADD CONSTRAINT positive CHECK (id > 0)");
  for (const auto& [from, to, why] :
       {std::array{"state=\"validated\"", "state=\"nonsense\"",
                   "`nonsense` is no state: it can be"},
        {"expression=\"(id > 0)\"", "expression=\"(id > 0\"", "a `)` is missing"},
        {"create=\"true\"", "create=\"truu\"", "`truu` is no create"}}) {
    snapshot();
    damage(from, to);
    const auto result = run_unchanged({"verify", "-s", "schema.lock"});
    EXPECT_EQ(exit_usage, result.exit_code) << result.out << result.err;
    EXPECT_TRUE(contains(unwrapped(result.err), why));
    EXPECT_TRUE(contains(result.err, "schema.lock:"));
  }
}

TEST_F(WholeSchema, AnExpressionThatTheServerDoesNotTakeIsNoRiddle) {
  db().exec("ALTER TABLE users ADD CONSTRAINT positive CHECK (id > 0)");
  snapshot();
  damage("expression=\"(id > 0)\"", "expression=\"(id > > 0)\"");
  const auto result = run_unchanged({"verify", "-s", "schema.lock"});
  EXPECT_EQ(exit_drift, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(unwrapped(result.out),
                       "this server does not take what is expected: syntax error at or near"));
  EXPECT_EQ(exit_drift,
            run_unchanged({"ensure", "-s", "schema.lock", "--allow", "replace"}).exit_code);
}

TEST_F(WholeSchema, CallsThatANewFunctionMakesAmbiguousAreTold) {
  db().exec(
      "CREATE FUNCTION pay(a integer, b text DEFAULT 'eur') RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE FUNCTION pay(a text, b text DEFAULT 'eur') RETURNS int LANGUAGE sql AS 'SELECT 2'");
  snapshot();
  db().exec(
      "DROP FUNCTION pay(integer, text); DROP FUNCTION pay(text, text);"
      "CREATE FUNCTION pay(a integer) RETURNS int LANGUAGE sql AS 'SELECT 3'");
  const auto result = run({"ensure", "-s", "schema.lock"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(unwrapped(result.out),
                       "with function pay(integer, text) there, calls with 1 argument that now run "
                       "pay(integer) are ambiguous"));
  EXPECT_TRUE(contains_not(result.out, "with function pay(text, text)"));
  EXPECT_THROW(db().value("SELECT pay(1)"), pg::Error);
}

TEST_F(WholeSchema, AnEmptyOneIsMeantOnlyWhereThatIsSaid) {
  folder().write("empty.sql", "-- nothing\nCREATE EXTENSION IF NOT EXISTS plpgsql;\n");
  const std::vector<std::string> ensure = {"ensure",   "--schema", "empty.sql",
                                           "--strict", "--allow",  "drop"};
  const auto refused = run_unchanged(ensure);
  EXPECT_EQ(exit_usage, refused.exit_code) << refused.out << refused.err;
  EXPECT_TRUE(contains(unwrapped(refused.err), "if it is meant: --even-if-empty"));
  auto meant = ensure;
  meant.push_back("--even-if-empty");
  const auto result = run(meant);
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_EQ(
      "0", db().value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
}

}  // namespace
}  // namespace pgmend::test
