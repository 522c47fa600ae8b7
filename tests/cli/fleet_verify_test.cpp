// SPDX-License-Identifier: MIT
// pgmend fleet verify: who the members are, what they are held against, and what is told of them.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <fstream>

#include "cli/fleet.hpp"
#include "support/in_process.hpp"
#include "util/subprocess.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class FleetVerify : public FleetTest {};

TEST_F(FleetVerify, TheLockFileOfOneTenantServesAll) {
  lock_file();
  const auto before = db().fingerprint();
  const auto run = verify();
  EXPECT_EQ(exit_correct, run.result.exit_code) << run.result.out << run.result.err;
  EXPECT_EQ(6, run.count("correct"));
  EXPECT_EQ(1U, run.report["shapes"].size());
  EXPECT_EQ(1U, run.report["looks"].size());
  EXPECT_TRUE(contains(run.result.out, "verdict: correct - all 6 members are as expected"));
  EXPECT_EQ(before, db().fingerprint());
}

TEST_F(FleetVerify, OneThatLacksAColumnIsNamed) {
  lock_file();
  db().exec("ALTER TABLE t_04.users DROP COLUMN feels");
  const auto run = verify();
  EXPECT_EQ(exit_drift, run.result.exit_code);
  EXPECT_EQ("drift", run.state("t_04"));
  EXPECT_THAT(run.findings("t_04"), ElementsAre("column.missing users.feels"));
  EXPECT_EQ(5, run.count("correct"));
  EXPECT_TRUE(contains(run.result.out, "t_04.users.feels missing"));
}

TEST_F(FleetVerify, AlikeOnesAreToldOnce) {
  lock_file();
  db().exec("DROP INDEX t_02.ix_orders_user; DROP INDEX t_05.ix_orders_user");
  const auto run = verify();
  EXPECT_EQ(2, run.count("drift"));
  EXPECT_EQ(2U, run.report["looks"].size());
  EXPECT_EQ(run.member("t_02")["look"], run.member("t_05")["look"]);
  EXPECT_EQ(run.member("t_02")["shape"], run.member("t_05")["shape"]);
  EXPECT_TRUE(contains(run.result.out, "t_02, t_05"));
}

// What is said of the schema itself is said by its name alone.
TEST_F(FleetVerify, CommentsOnTheSchemasThemselvesAreCompared) {
  for (int i = 1; i <= 6; ++i)
    db().exec(
        fmt::format("COMMENT ON SCHEMA t_0{0} IS 'a tenant';"
                    "COMMENT ON COLUMN t_0{0}.users.mail IS 'where they are'",
                    i));
  lock_file();
  const auto run = verify();
  EXPECT_EQ(exit_correct, run.result.exit_code) << run.result.out;
  EXPECT_EQ(1U, run.report["shapes"].size());
  db().exec("COMMENT ON SCHEMA t_05 IS NULL");
  EXPECT_EQ("drift", verify().state("t_05"));
  EXPECT_EQ("repaired", ensure().state("t_05"));
  EXPECT_EQ("a tenant", db().value("SELECT obj_description('t_05'::regnamespace)"));
}

TEST_F(FleetVerify, EachStateIsOneOfItsOwn) {
  lock_file();
  db().exec("CREATE SCHEMA t_07; DROP TABLE t_02.orders CASCADE");
  const auto run = fleet({"verify", "--schema", "schema.lock", "--schemas",
                          "SELECT unnest(ARRAY['t_01', 't_02', 't_07', 'gone'])"});
  EXPECT_EQ(exit_drift, run.result.exit_code);
  EXPECT_EQ("correct", run.state("t_01"));
  EXPECT_EQ("drift", run.state("t_02"));
  EXPECT_EQ("empty", run.state("t_07"));
  EXPECT_EQ("absent", run.state("gone"));
}

TEST_F(FleetVerify, NamesOfASharedSchemaStayAsTheyAre) {
  lock_file();
  db().exec(
      "CREATE SCHEMA other; CREATE TABLE other.countries (id int PRIMARY KEY);"
      "ALTER TABLE t_03.users DROP CONSTRAINT users_country_fkey;"
      "ALTER TABLE t_03.users ADD FOREIGN KEY (country) REFERENCES other.countries");
  EXPECT_THAT(verify().findings("t_03"), Contains("foreign_key.parent users.users_country_fkey"));
}

TEST_F(FleetVerify, AKeyIntoAnotherTenantIsFound) {
  lock_file();
  db().exec(
      "ALTER TABLE t_03.orders DROP CONSTRAINT orders_user_id_fkey;"
      "ALTER TABLE t_03.orders ADD FOREIGN KEY (user_id) REFERENCES t_01.users");
  EXPECT_EQ("drift", verify().state("t_03"));
}

TEST_F(FleetVerify, SqlWithoutSchemaNamesServesAll) {
  folder().write("tenant.sql", std::string("CREATE SCHEMA shared;"
                                           "CREATE TABLE shared.countries (id int PRIMARY KEY);") +
                                   k_tenant_sql);
  const Database scratch;
  const auto run = fleet({"verify", "--schemas", "t_*", "--schema", "tenant.sql", "--map",
                          "public=TENANT", "--scratch", scratch.url()});
  EXPECT_EQ(exit_correct, run.result.exit_code) << run.result.out << run.result.err;
}

TEST_F(FleetVerify, APartialSpecServesAll) {
  spec("tables: {users: {columns: {mail: text NOT NULL, feels: mood, age: int}}}");
  const auto run = fleet({"verify", "--schemas", "t_*"});
  EXPECT_EQ(6, run.count("drift")) << run.result.out;
  EXPECT_THAT(run.findings("t_06"), Contains("column.missing users.age"));
  EXPECT_EQ(1U, run.report["looks"].size());
}

TEST_F(FleetVerify, TheSpecNamesGroups) {
  lock_file();
  tenant("b_1");
  tenant("b_2");
  db().exec("ALTER TABLE b_2.users ADD age int; ALTER TABLE t_02.users DROP feels");
  spec(
      "members:\n"
      "  tenants: {schemas: t_*, schema: schema.lock, except: [t_06]}\n"
      "  others: {schemas: 'b_*', like: b_2}\n");
  const auto run = fleet({"verify"});
  EXPECT_EQ(exit_drift, run.result.exit_code) << run.result.out << run.result.err;
  EXPECT_EQ(7U, run.report["members"].size());
  EXPECT_EQ("tenants", run.member("t_02")["group"]);
  EXPECT_EQ("drift", run.state("t_02"));
  EXPECT_EQ("drift", run.state("b_1"));
  EXPECT_EQ("correct", run.state("b_2"));
  EXPECT_EQ(2U, fleet({"verify", "--group", "others"}).report["members"].size());
  EXPECT_EQ(exit_usage, fleet({"verify", "--group", "other"}).result.exit_code);
  // There is nothing else in it that a single database could be held against.
  const auto alone = this->run({"verify"});
  EXPECT_EQ(exit_usage, alone.exit_code);
  EXPECT_TRUE(contains(alone.err, "it names no tables, and no source of the schema"));
}

TEST_F(FleetVerify, OneOfThemIsTheReference) {
  db().exec("ALTER TABLE t_03.users ADD extra int");
  EXPECT_EQ(exit_correct, fleet({"verify", "--schemas", "t_*", "--like", "t_01"}).result.exit_code);
  const auto run = fleet({"verify", "--schemas", "t_*", "--like", "t_03"});
  EXPECT_EQ(5, run.count("drift"));
  EXPECT_EQ("correct", run.state("t_03"));
}

TEST_F(FleetVerify, TheMajorityNamesTheOthers) {
  db().exec("ALTER TABLE t_02.users DROP feels; DROP VIEW t_05.large");
  const auto run = fleet({"verify", "--schemas", "t_*", "--majority"});
  EXPECT_EQ(4, run.count("correct")) << run.result.out;
  EXPECT_EQ("drift", run.state("t_02"));
  EXPECT_EQ("drift", run.state("t_05"));
  EXPECT_TRUE(contains(run.result.out, "what 4 of 6 are"));
}

TEST_F(FleetVerify, WithoutAMajorityNothingIsExpected) {
  for (int i = 1; i <= 3; ++i)
    db().exec(fmt::format("ALTER TABLE t_0{0}.users ADD extra{0} int", i));
  const auto run = fleet({"verify", "--schemas", "t_*", "--majority"});
  EXPECT_EQ(exit_unverified, run.result.exit_code);
  EXPECT_TRUE(contains(unwrapped(run.result.err),
                       "there is no majority: of 6 members, at most 3 are alike"));
}

TEST_F(FleetVerify, VersionsAndShapesAreHeldAgainstEachOther) {
  lock_file();
  db().exec(
      "ALTER TABLE t_02.users DROP feels; UPDATE t_03.alembic_version SET version_num = 'a2'");
  const auto run = verify();
  EXPECT_EQ("Alembic a2", run.member("t_03")["version"]);
  EXPECT_EQ(run.member("t_01")["shape"], run.member("t_03")["shape"]);
  EXPECT_EQ(3U, run.report["versions"].size());
  EXPECT_TRUE(contains(run.result.out, "Alembic a3 stands for 2 shapes"));
  EXPECT_TRUE(contains(run.result.out, "shape A is recorded as 2 versions"));
}

TEST_F(FleetVerify, BooksHaveTheNamesThatTheProjectGivesThem) {
  for (int i = 1; i <= 6; ++i)
    db().exec(
        fmt::format("CREATE TABLE t_0{0}.our_books (version varchar(128) PRIMARY KEY);"
                    "INSERT INTO t_0{0}.our_books VALUES ('20240{0}')",
                    i));
  folder().write(".env", "DBMATE_MIGRATIONS_TABLE=our_books\n");
  lock_file();
  const auto run = verify();
  EXPECT_EQ("Alembic a3, dbmate 202404", run.member("t_04")["version"]) << run.result.out;
}

TEST_F(FleetVerify, EachTenantHasBooksOfItsOwn) {
  lock_file();
  alembic_history();
  db().exec(
      "UPDATE t_03.alembic_version SET version_num = 'a2'; ALTER TABLE t_03.users DROP feels");
  const auto run = verify();
  EXPECT_EQ(5, run.count("correct")) << run.result.out;
  EXPECT_EQ("pending", run.state("t_03"));
  EXPECT_EQ(exit_not_now, run.result.exit_code);
}

TEST_F(FleetVerify, WhatNoCatalogTellsIsLookedAtInEach) {
  lock_file();
  db().exec(
      "INSERT INTO shared.countries VALUES (1);"
      "ALTER TABLE t_02.orders DROP CONSTRAINT orders_total_check;"
      "ALTER TABLE t_02.orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;"
      "ALTER TABLE t_05.orders DROP CONSTRAINT orders_total_check;"
      "ALTER TABLE t_05.orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID");
  const auto run = verify();
  EXPECT_EQ(2, run.count("drift"));
  EXPECT_NE(run.member("t_02")["look"], run.member("t_05")["look"]);
}

TEST_F(FleetVerify, OneThatIsLockedIsNamedAndTheOthersAreRead) {
  lock_file();
  auto holder = db().connect();
  holder.query("BEGIN");
  holder.query("LOCK TABLE t_04.users");
  db().exec("CREATE VIEW shared.v AS SELECT id FROM shared.countries");
  const auto run = verify();
  EXPECT_EQ(5, run.count("correct")) << run.result.out;
  EXPECT_TRUE(run.state("t_04") == "unconfirmed" || run.state("t_04") == "correct");
}

TEST_F(FleetVerify, MembersHaveNamesBesideTheirSchemas) {
  lock_file();
  db().exec("CREATE TABLE shared.tenants AS SELECT 'acme' AS name UNION SELECT 'bolt'");
  tenant("app_acme");
  tenant("app_bolt");
  const auto run = fleet({"verify", "--schema", "schema.lock", "--map", "t_01=app_TENANT",
                          "--schemas", "SELECT name FROM shared.tenants"});
  EXPECT_EQ(exit_correct, run.result.exit_code) << run.result.out << run.result.err;
  EXPECT_EQ("app_acme", run.member("acme")["schema"]);
}

TEST_F(FleetVerify, ARegularExpressionIsTheServers) {
  lock_file();
  const auto run =
      fleet({"verify", "--schema", "schema.lock", "--schemas", "/^t_0[1-4]$/", "--except", "t_03"});
  EXPECT_EQ(3U, run.report["members"].size());
}

TEST_F(FleetVerify, FiltersNarrowWhatIsCompared) {
  lock_file();
  db().exec("ALTER TABLE t_02.users DROP feels; DROP INDEX t_03.ix_orders_user");
  const auto run = verify({"--table", "orders"});
  EXPECT_EQ("correct", run.state("t_02"));
  EXPECT_EQ("drift", run.state("t_03"));
  EXPECT_EQ(2U, run.report["shapes"].size());
}

TEST_F(FleetVerify, DocumentsAreAsDescribed) {
  lock_file();
  db().exec("ALTER TABLE t_02.users DROP feels; CREATE SCHEMA t_07");
  verify({"--format", "junit=fleet.xml", "--format", "markdown=fleet.md"});
  const std::string schemas = PGMEND_FORMAT_SCHEMAS;
  const auto valid = [&](Arguments argv, const std::string& file) {
    subprocess::Command command;
    argv.push_back(folder().path(file));
    command.argv = argv;
    command.env = clean_environment();
    const auto checked = subprocess::run(command);
    EXPECT_EQ(checked.exit_code, 0) << testing::PrintToString(checked);
  };
  valid({"python3", schemas + "/validate.py", PGMEND_FLEET_SCHEMA}, "fleet.json");
  valid({"xmllint", "--noout", "--relaxng", schemas + "/junit.rng"}, "fleet.xml");
  EXPECT_TRUE(contains(folder().read("fleet.xml"), "tests=\"7\" failures=\"2\" errors=\"0\""));
  EXPECT_TRUE(contains(folder().read("fleet.md"), "| ❌ | 1 | drift | t_02 |"));
  EXPECT_TRUE(contains(folder().read("fleet.md"), "t_02.users.feels missing"));
}

// The parts that both have are the same.
TEST(FleetSchema, SaysOfFindingsWhatTheReportsSays) {
  const auto read = [](const char* path) { return nlohmann::json::parse(std::ifstream(path)); };
  EXPECT_EQ(read(PGMEND_REPORT_SCHEMA)["$defs"], read(PGMEND_FLEET_SCHEMA)["$defs"]);
}

class FleetOfDatabases : public CliTest {
 protected:
  FleetOfDatabases() : CliTest(std::make_shared<Database>()) {
    for (auto& database : m_members)
      database.exec("CREATE TABLE users (id int PRIMARY KEY, mail text)");
    m_members[1].exec("ALTER TABLE users DROP mail");
  }
  FleetRun fleet(Arguments args) const {
    args.insert(args.begin(), {"fleet", "verify"});
    args.insert(args.end(), {"--format", "text", "--format", "json=fleet.json"});
    folder().write("fleet.json", "{}");
    return {run(args), nlohmann::json::parse(folder().read("fleet.json"))};
  }
  const std::string& name(std::size_t i) const { return m_members.at(i).name(); }
  std::string names() const {
    return fmt::format("SELECT unnest(ARRAY['{}', '{}', '{}'])", name(0), name(1), name(2));
  }
  const Database& member(std::size_t i) const { return m_members.at(i); }

 private:
  std::array<Database, 3> m_members;
};

TEST_F(FleetOfDatabases, TheMajorityNamesTheOther) {
  const auto run = fleet({"--databases", names(), "--majority"});
  EXPECT_EQ(exit_drift, run.result.exit_code) << run.result.out << run.result.err;
  EXPECT_EQ("drift", run.state(name(1)));
  EXPECT_THAT(run.findings(name(1)), ElementsAre("column.missing users.mail"));
  EXPECT_EQ(2, run.count("correct"));
}

TEST_F(FleetOfDatabases, AreChosenByAQueryAndMayBeAbsent) {
  spec("tables: {users: {columns: {mail: text}}}");
  const auto run = fleet({"--databases", names() + " UNION SELECT 'nowhere'"});
  EXPECT_EQ("absent", run.state("nowhere"));
  EXPECT_EQ("drift", run.state(name(1)));
}

TEST_F(FleetOfDatabases, OneWhoseServerIsDownIsTold) {
  spec("tables: {users: {columns: {mail: text}}}");
  folder().write("urls", fmt::format("# mine\n{}\n\n{}\n", member(0).url(),
                                     "postgresql://app:secret@127.0.0.1:1/shop"));
  const auto run = fleet({"--urls", "urls"});
  EXPECT_EQ(exit_unverified, run.result.exit_code) << run.result.out;
  EXPECT_EQ("unread", run.state("app@127.0.0.1:1/shop"));
  EXPECT_EQ(1, run.count("correct"));
  EXPECT_FALSE(contains(run.result.out + run.result.err + run.report.dump(), "secret"));
}

TEST_F(FleetOfDatabases, OneThatIsNotOnItsServerIsAbsent) {
  spec("tables: {users: {columns: {mail: text}}}");
  folder().write("urls", text::replace_all(member(0).url(), name(0), "nowhere") + "\n");
  const auto run = fleet({"--urls", "urls"});
  EXPECT_EQ(exit_drift, run.result.exit_code) << run.result.out;
  EXPECT_EQ(1, run.count("absent"));
}

TEST_F(FleetOfDatabases, OneThatTheRoleMayNotEnterIsTold) {
  const Role role(db());
  member(0).exec(fmt::format("REVOKE CONNECT ON DATABASE {} FROM PUBLIC", name(0)));
  spec("tables: {users: {columns: {id: int NOT NULL}}}");
  const auto result =
      run({"fleet", "verify", "--databases", names(), "--format", "json"}, role.name());
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(result.out, "permission denied for database"));
}

class FleetBadInput : public FleetTest {
 protected:
  FleetBadInput() : FleetTest(2) { lock_file(); }
  void expect_refused(const Arguments& args, const std::string& words,
                      int code = exit_usage) const {
    auto all = args;
    all.insert(all.begin(), {"fleet", "verify"});
    const auto result = run(all);
    EXPECT_EQ(code, result.exit_code) << result.out << result.err;
    EXPECT_TRUE(contains(unwrapped(result.err), words)) << result.err;
    EXPECT_TRUE(contains(result.err, "hint: ")) << result.err;
  }
  void expect_choice_refused(const std::string& choice, const std::string& words) const {
    expect_refused({"--schemas", choice, "--schema", "schema.lock"}, words);
  }
};

TEST_F(FleetBadInput, OfMembersIsRefused) {
  expect_refused({"--schema", "schema.lock"}, "it is not said who the members are");
  expect_refused({"--schema", "schema.lock", "--schemas", "x", "--urls", "y"},
                 "in more than one way");
  expect_choice_refused("x_*", "no schema fits --schemas x_*");
  expect_choice_refused("/(/", "parentheses () not balanced");
  expect_choice_refused("SELECT 1/0", "division by zero");
  expect_choice_refused("SELECT nothing FROM nowhere", "does not exist");
  expect_choice_refused("SELECT NULL", "row 1 of the query names no schema");
  expect_choice_refused("SELECT 't_01' UNION ALL SELECT 't_01'", "t_01 is named twice");
  expect_choice_refused("SELECT 1 WHERE false", "no schema fits");
  expect_choice_refused("SELECT set_config('a.b', 'c', false); SELECT 't_01'",
                        "cannot insert multiple commands");
  expect_refused({"--urls", "nowhere.txt", "--schema", "schema.lock"}, "there is no such file");
  folder().write("urls", "\n# none\n");
  expect_refused({"--urls", "urls", "--schema", "schema.lock"}, "names no database");
  folder().write("urls", "mysql://a/b\n");
  expect_refused({"--urls", "urls", "--schema", "schema.lock"}, "urls:1: not a PostgreSQL URL");
  folder().write("urls", db().url() + "\n# as another\n" + db().url("other") + "\n");
  expect_refused({"--urls", "urls", "--schema", "schema.lock"}, "are both the database");
}

TEST_F(FleetBadInput, OfWhatIsExpectedIsRefused) {
  const auto with = [&](Arguments more) {
    more.insert(more.begin(), {"--schemas", "t_*"});
    return more;
  };
  expect_refused(with({"--schema", "schema.lock", "--majority"}), "in more than one way");
  expect_refused(with({"--like", "t_99"}), "no member has that name");
  expect_refused(with({"--schema", "schema.lock", "--map", "public=TENANT"}),
                 "says nothing of the schema public");
  expect_refused(with({"--schema", "schema.lock", "--map", "t_01=shared"}),
                 "it maps all members to one schema");
  expect_refused(with({"--schema", "schema.lock", "--map", "t_01"}),
                 "it maps all members to one schema");
  run({"snapshot", "--output", "all.lock"});
  expect_refused(with({"--schema", "all.lock"}), "speaks of more than one schema");
}

TEST_F(FleetBadInput, AQueryChangesNothing) {
  const auto before = db().fingerprint();
  expect_choice_refused("WITH x AS (DELETE FROM t_01.users RETURNING 1) SELECT 't_01'",
                        "read-only transaction");
  EXPECT_EQ(before, db().fingerprint());
}

}  // namespace
}  // namespace pgmend::test
