// SPDX-License-Identifier: MIT
// Causes in how revisions were written, rewritten and recorded. The states are made by hand.
#include "cause.hpp"

namespace pgmend::test {
namespace {

TEST_F(CauseTest, C06AReleasedRevisionWasEdited) {
  exec(std::string(k_a1) + k_b2 + k_c3);
  record({"c3"});
  revision("b2", "'a1'",
           {"op.add_column('users', sa.Column('name', sa.Text))",
            "op.add_column('users', sa.Column('city', sa.Text))"});
  spec("tables: {users: {columns: {name: TEXT, city: TEXT}}}");
  expect_unchanged("C06", {"verify"},
                   {1,
                    "drift - the migrations say done, the schema says no: 1 difference",
                    {"users.city missing", "from b2 (migrations/versions/b2.py:9)"}});
  expect_repaired(1);
}

// Nothing is free of faults, and nearly everything is there.
TEST_F(CauseTest, OneThingOfTheFirstRevisionIsMissing) {
  revision("a1", "None",
           {"op.create_table('users', sa.Column('id', sa.Integer, primary_key=True),",
            "                sa.Column('email', sa.Text, nullable=False),",
            "                sa.UniqueConstraint('email', name='uq_users_email'))"});
  spec(
      "tables: {users: {columns: {email: TEXT, name: TEXT},\n"
      "  constraints: {uq_users_email: UNIQUE (email)}}}");
  exec(std::string(k_a1) + k_b2 + k_c3);
  record({"c3"});
  expect_unchanged("", {"verify"},
                   {1,
                    "drift - ",
                    {"1 of the 4 things that a1 makes is missing, and it claims c3 (incomplete: "
                     "a1)"}});
  exec("DROP TABLE users");
  expect_unchanged("", {"verify", "--even-if-unclear"},
                   {1, "drift - ", {"it looks as if no migration had run"}});
}

// The name of an enum in a column is none of the table's parts.
TEST_F(CauseTest, AnEnumInAColumnIsNoPartOfTheTable) {
  revision("b2", "'a1'",
           {"op.create_table('pets', sa.Column('id', sa.Integer, primary_key=True),",
            "    sa.Column('kind', sa.Enum('x', 'y', name='pet_kind'), nullable=False))"});
  revision("c3", "'b2'", {"op.add_column('users', sa.Column('name', sa.Text))"});
  exec(std::string(k_a1) + k_b2 +
       "CREATE TYPE pet_kind AS ENUM ('x', 'y'); CREATE TABLE pets (id serial PRIMARY KEY, "
       "kind pet_kind NOT NULL)");
  spec("tables: {users: {columns: {name: TEXT}}, pets: {columns: {id: INT}}}");
  expect_unchanged("", {"verify"},
                   {5, "unclear - there is no version table", {"alembic stamp c3"}});
  record({"a1"});
  expect_unchanged("", {"verify"},
                   {5, "unclear - b2 is not recorded as applied, but all it makes is there", {}});
}

TEST_F(CauseTest, WhatIsMadeOnlyIfItIsMissingIsInNobodysWay) {
  revision("b2", "'a1'",
           {"op.execute('CREATE TABLE IF NOT EXISTS toys (id int)')",
            "op.execute('CREATE INDEX IF NOT EXISTS ix_toys ON toys (id)')",
            "op.add_column('users', sa.Column('name', sa.Text))"});
  exec(std::string(k_a1) + "CREATE TABLE toys (id int); CREATE INDEX ix_toys ON toys (id)");
  record({"a1"});
  expect_unchanged("", {"ensure"}, {5, "pending - 2 migrations to run first: b2, c3", {}});
  ASSERT_EQ(alembic({"upgrade", "head"}).exit_code, 0);
  // What does not say so is.
  exec("UPDATE alembic_version SET version_num = 'a1'; DROP INDEX ix_users_name");
  expect_unchanged("", {"ensure"},
                   {5, "unclear - b2 is not recorded", {"b2: toys, toys.ix_toys, users.name are"}});
}

TEST_F(CauseTest, C07HistoryWasRewritten) {
  exec(std::string(k_a1) + k_b2 + k_c3);
  record({"deadbeef"});
  expect_unchanged("C07", {"verify"},
                   {5,
                    "unclear - alembic_version says deadbeef, which no migration script has",
                    {"the database has: all that is expected of it",
                     "Can't locate revision identified by 'deadbeef'"}});
  expect_unchanged("C07", {"verify", "--even-if-unclear"}, {0, "correct", {}});
}

// What the newest revision rests on has run, and is not here to say so.
TEST_F(CauseTest, OlderCodeBesideANewerDatabase) {
  exec(std::string(k_a1) + k_b2);
  record({"d4"});
  const auto run = expect_unchanged(
      "", {"verify"},
      {5,
       "unclear - alembic_version says d4, which no migration script has",
       {"Alembic says: d4 is applied; no script has d4",
        "the database has: no index users.ix_users_name", "older code beside a newer database",
        "from c3 (migrations/versions/c3.py:8), not known "
        "whether it was applied"}});
  EXPECT_TRUE(contains_not(run.out, "still to run"));
  const auto all_the_same =
      expect("", {"verify", "--even-if-unclear"}, {1, "drift - 1 difference", {}});
  EXPECT_TRUE(contains_not(all_the_same.out, "not recorded as applied"));
}

TEST_F(CauseTest, C08CreateAllBesideAlembic) {
  exec(k_a1);
  record({"c3"});
  expect_unchanged("C08", {"verify"},
                   {1,
                    "drift - the migrations say done",
                    {"looks like a1, and claims c3 (incomplete: b2, c3)"}});
  exec("DROP TABLE alembic_version");
  expect_unchanged("C08", {"ensure"},
                   {5,
                    "unclear - there is no version table, but objects of 1 migration are",
                    {"record it by hand: alembic stamp a1"}});
}

TEST_F(CauseTest, C09ModelsAndMigrationsOfDifferentReleases) {
  exec(std::string(k_a1) + k_b2 + k_c3);
  record({"c3"});
  spec("tables: {users: {columns: {name: TEXT, phone: TEXT}}}");
  // No revision makes it: the two expected sides disagree, and that is not the database's fault.
  expect_unchanged(
      "C09", {"verify"},
      {1,
       "drift - named by no migration: 1 difference",
       {"no migration names users.phone: one is to be written, or what is expected is of another "
        "release",
        "remedy: write a migration for it: ", "users.phone missing", "no migration names it"}});
}

// Not the database's fault, and to repair it there alone would leave the next new one without.
TEST_F(CauseTest, WhatIsExpectedAndNoMigrationNames) {
  exec(std::string(k_a1) + k_b2 + k_c3);
  record({"c3"});
  const std::string users =
      "tables: {users: {columns: {name: TEXT}, indexes: {ix_users_name: (name)}, ";
  spec(users +
       "constraints: {ck_email: CHECK (email <> ''), users_name_check: CHECK (name <> '')}}}");
  const auto run = expect_unchanged(
      "", {"verify"},
      {1,
       "drift - named by no migration: 2 differences",
       {"Alembic says: c3 (head) is applied",
        "no migration names check constraint users.ck_email and 1 more",
        "remedy: write a migration for them: ", "in this database alone", "pgmend ensure",
        "check constraint users.ck_email missing", "no migration names it"}});
  EXPECT_TRUE(contains_not(run.out, "the migrations say done"));
  // Beside what a migration did not make after all, that is the headline.
  exec("DROP INDEX ix_users_name");
  expect_unchanged("", {"verify"},
                   {1,
                    "drift - the migrations say done, the schema says no: 3 differences",
                    {"check constraint users.ck_email missing", "no migration names it",
                     "users.ix_users_name missing", "from c3"}});
  // A lock file is no migration.
  exec(std::string(k_c3) + "ALTER TABLE users ADD CONSTRAINT ck_email CHECK (email <> '')");
  const auto lock = project().plain_pgmend({"snapshot", "-o", "users.lock"});
  ASSERT_EQ(lock.exit_code, 0) << testing::PrintToString(lock);
  exec("ALTER TABLE users DROP CONSTRAINT ck_email");
  expect_unchanged("", {"verify", "--schema", "users.lock"},
                   {1, "drift - named by no migration: 1 difference", {"no migration names it"}});
  // Whose migrations are older or newer, they may name it in another release.
  exec("UPDATE alembic_version SET version_num = 'd4'");
  const auto older = expect("", {"verify", "--even-if-unclear"}, {1, "drift - 2 differences", {}});
  EXPECT_TRUE(contains_not(older.out, "no migration names"));
}

// A name that a migration computes stands in no script, and what migrations make is theirs.
TEST_F(CauseTest, WhatTheMigrationsMakeIsTheirsWhateverItsName) {
  revision("c3", "'b2'", {"op.create_index('ix_' + 'users', 'users', ['name'])"});
  ASSERT_EQ(alembic({"upgrade", "head"}).exit_code, 0);
  exec("DROP INDEX ix_users");
  const auto run = project().pgmend({"verify", "--schema", "alembic:"});
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(run.out.starts_with(
      "verdict: drift - the migrations say done, the schema says no: 1 difference\n"))
      << run.out;
  EXPECT_TRUE(contains_not(run.out, "no migration names"));
}

TEST_F(CauseTest, C10TheMigrationStepNeverRan) {
  exec(std::string(k_a1) + k_b2);
  record({"b2"});
  expect_unchanged("C10", {"ensure"},
                   {5,
                    "pending - 1 migration to run first: c3",
                    {"b2 is applied; still to run: c3", "alembic upgrade head"}});
  expect("C10", {"ensure", "--even-if-pending"}, {0, "drift", {"1 item(s) added"}});
}

TEST_F(CauseTest, C14ALockTimeoutWhileMigrating) {
  exec(std::string(k_a1) + k_b2 + "INSERT INTO users (email, name) VALUES ('a', 'x'), ('b', 'x')");
  record({"b2"});
  EXPECT_THROW(exec("CREATE UNIQUE INDEX CONCURRENTLY ix_users_name ON users (name)"),
               std::exception);
  expect_unchanged("C14", {"verify"},
                   {5,
                    "unclear - c3 is half-applied and not recorded",
                    {"c3: users.ix_users_name (INVALID) is there", "drop that and upgrade again"}});
}

TEST_F(CauseTest, C19AnEnumLabelIsMissing) {
  const Database wanted;
  wanted.exec("CREATE TYPE mood AS ENUM ('a', 'b', 'c')");
  project().folder().write("migrations/versions/d4.py", "");
  project().folder().write(
      "migrations/versions/d4.py",
      "from alembic import op\nrevision = 'd4'\ndown_revision = 'c3'\n\n\ndef upgrade():\n"
      "    op.execute(\"ALTER TYPE mood ADD VALUE 'b' BEFORE 'c'\")\n");
  exec("CREATE TYPE mood AS ENUM ('a', 'c')");
  record({"d4"});
  expect_unchanged("C19", {"verify", "--schema", wanted.url(), "--kind", "enum"},
                   {1, "drift - the migrations say done", {"mood", "from d4"}});
  const auto ensure =
      project().plain_pgmend({"ensure", "--schema", wanted.url(), "--kind", "enum"});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
  EXPECT_EQ(db().value("SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum"),
            "a,b,c");
}

TEST_F(CauseTest, C25ANameLongerThan63Bytes) {
  const std::string name(70, 'n');
  exec(std::string(k_a1) + "ALTER TABLE users ADD " + name + " text");
  revision("b2", "'a1'", {"op.add_column('users', sa.Column('" + name + "', sa.Text))"});
  revision("c3", "'b2'", {"pass"});
  record({"c3"});
  spec("tables: {users: {columns: {" + name + ": TEXT}}}");
  expect_unchanged("C25", {"verify"}, {0, "correct", {"c3 (head) is applied"}, true});
  // Nor is a revision taken for half-applied because its name was cut.
  exec("UPDATE alembic_version SET version_num = 'a1'");
  expect_unchanged("C25", {"verify"}, {5, "unclear - b2 is not recorded", {}, true});
}

/// A schema for each tenant, with a version table of its own.
class Tenants : public CauseTest {
 protected:
  Tenants() {
    spec(
        "tables: {t1.users: {columns: {name: text}}, t2.users: {columns: {name: text}},"
        " t3.users: {columns: {name: text}}}");
    for (const std::string schema : {"t1", "t2", "t3"})
      exec("CREATE SCHEMA " + schema + "; CREATE TABLE " + schema +
           ".users (id int, email text, name text); CREATE TABLE " + schema +
           ".alembic_version (version_num text); INSERT INTO " + schema +
           ".alembic_version VALUES ('c3')");
  }
};

TEST_F(Tenants, AreHeldAgainstTheScriptsEach) {
  expect_unchanged("", {"verify"},
                   {0, "correct", {"c3 (head) is applied (t1", "c3 (head) is applied (t2"}});
  exec("ALTER TABLE t2.users DROP name");
  expect_unchanged("", {"verify"},
                   {1,
                    "drift - the migrations say done, the schema says no: 1",
                    {"t2.users.name missing", "recorded as applied"}});
}

TEST_F(Tenants, OneIsBehind) {
  exec("UPDATE t3.alembic_version SET version_num = 'a1'; ALTER TABLE t3.users DROP name");
  expect_unchanged("", {"ensure"},
                   {5,
                    "pending - 2 migrations to run first: b2, c3",
                    {"a1 is applied (t3", "t3.users.name missing", "not recorded as applied"}});
}

}  // namespace
}  // namespace pgmend::test
