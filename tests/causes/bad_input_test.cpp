// SPDX-License-Identifier: MIT
// Migrations that cannot be read, or not be relied upon: a clear message, and no repair.
#include <filesystem>

#include "cause.hpp"

namespace pgmend::test {
namespace {

class BadInput : public CauseTest {
 protected:
  static constexpr auto k_version_table =
      "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)";

  void remove(const std::string& file) const {
    std::filesystem::remove(project().folder().path(file));
  }
  void write(const std::string& file, const std::string& text) const {
    project().folder().write(file, text);
  }
  /// There is something to repair, which nobody must do.
  void make_drift() const {
    exec(k_a1);
    record({"c3"});
  }
  void expect_unclear(const std::string& verdict, const std::vector<std::string>& says) const {
    expect_unchanged("", {"ensure"}, {5, "unclear - " + verdict, says, true});
  }
  void expect_unreadable(const std::string& fault) const {
    expect_unclear("the migrations cannot be read",
                   {fault, "Alembic fails on it too, or works by chance", "correct that first"});
  }
  void expect_usage_error(const std::vector<std::string>& args, const std::string& message) const {
    const auto before = db().fingerprint();
    const auto run = project().plain_pgmend(args);
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(run);
    EXPECT_TRUE(contains(unwrapped(run.err), message));
    EXPECT_EQ(db().fingerprint(), before);
  }
};

// An image that holds a lock file or a spec alone: the table is told, and nothing is pending.
TEST_F(BadInput, NoAlembicIni) {
  make_drift();
  remove("alembic.ini");
  expect_unchanged("", {"verify"}, {1, "drift - ", {"Alembic says: c3 is applied"}});
  expect_repaired(2);
}

TEST_F(BadInput, AnAlembicIniThatIsNamedAndNotThere) {
  make_drift();
  expect_usage_error({"ensure", "--alembic-config", "other.ini"},
                     "other.ini: there is no such file hint: name the project's alembic.ini");
}

TEST_F(BadInput, ABrokenAlembicIni) {
  write("alembic.ini", "[alembic]\nscript_location = migrations\nnonsense\n");
  expect_usage_error({"ensure", "--alembic-config", "alembic.ini"}, "alembic.ini:3:");
  exec(k_a1);
  // Recorded or not: who has an alembic.ini has migrations.
  expect_unreadable("alembic.ini:3:");
  record({"c3"});
  expect_unreadable("alembic.ini:3:");
}

TEST_F(BadInput, ABrokenPyproject) {
  make_drift();
  remove("alembic.ini");
  write("pyproject.toml", "[tool.alembic]\nscript_location = migrations\n");
  expect_unreadable("pyproject.toml:2:");
  // Where it is not about Alembic, it is not ours to judge.
  write("pyproject.toml", "[tool.ruff]\nline-length = hundred\n");
  expect_unchanged("", {"verify"}, {1, "drift - ", {"Alembic says: c3 is applied"}});
}

TEST_F(BadInput, NoFolderOfVersions) {
  make_drift();
  write("alembic.ini", "[alembic]\nscript_location = elsewhere\n");
  expect_unreadable("elsewhere/versions: there is no such folder (named in alembic.ini)");
}

TEST_F(BadInput, ARevisionFileThatDoesNotParse) {
  make_drift();
  write("migrations/versions/b2.py",
        "revision = 'b2'\n<<<<<<< HEAD\ndown_revision = 'a1'\n=======\n");
  expect_unreadable("migrations/versions/b2.py:2: a line that begins with `<`");
}

TEST_F(BadInput, TwoFilesOfOneRevision) {
  make_drift();
  write("migrations/versions/b2_copy.py", "revision = 'b2'\ndown_revision = 'a1'\n");
  expect_unreadable(
      "revision b2 is in two files: migrations/versions/b2.py and migrations/versions/b2_copy.py");
}

TEST_F(BadInput, ACircle) {
  make_drift();
  write("migrations/versions/a1.py", "revision = 'a1'\ndown_revision = 'c3'\n");
  expect_unreadable("these revisions follow each other in a circle: a1, b2, c3");
}

TEST_F(BadInput, ARevisionThatFollowsNone) {
  make_drift();
  remove("migrations/versions/a1.py");
  expect_unreadable("revision b2 comes after a1, which no file has");
}

TEST_F(BadInput, AnUnknownRevisionBesideAKnownOne) {
  exec(k_a1);
  record({"a1", "zz"});
  expect_unclear("alembic_version says zz, which no migration script has",
                 {"Can't locate revision identified by 'zz'"});
}

TEST_F(BadInput, AnEmptyVersionTable) {
  exec(k_version_table);
  expect_unchanged(
      "", {"ensure"},
      {5, "pending - 3 migrations to run first: a1, b2, c3", {"Alembic says: nothing"}});
  exec(std::string(k_a1) + k_b2);
  expect_unclear("alembic_version is empty, but objects of 2 migrations are",
                 {"looks like b2", "record it by hand: alembic stamp b2"});
}

TEST_F(BadInput, TwoVersionTables) {
  exec(k_a1);
  record({"a1"});
  exec("CREATE SCHEMA app; CREATE TABLE app.alembic_version AS SELECT 'c3'::text AS version_num");
  expect_unchanged("", {"ensure"},
                   {5,
                    "unclear - there is more than one version table",
                    {"there is more than one version table: app.alembic_version says c3, "
                     "alembic_version says a1",
                     "--version-table", "it cannot be told which migrations have run"}});
  expect_unchanged("", {"verify", "--version-table", "app.alembic_version"},
                   {1, "drift - ", {"Alembic says: c3 (head) is applied"}});
  expect_unchanged("", {"verify", "--version-table", "public.alembic_version"},
                   {5, "pending - 2 migrations to run first: b2, c3", {}});
}

// A version table for each tenant: who asks for one is told of that one.
TEST_F(BadInput, VersionTablesOfSchemasThatNobodyAskedFor) {
  std::string tables;
  for (const std::string tenant : {"t1", "t2"}) {
    exec("CREATE SCHEMA " + tenant + "; SET search_path = " + tenant + ";" + k_a1 + k_b2 + k_c3);
    exec("SET search_path = " + tenant + ";" + k_version_table +
         "; INSERT INTO alembic_version VALUES ('c3')");
    tables += tenant + ".users: {columns: {name: TEXT}},";
  }
  spec("tables: {" + tables + "}");
  expect_unchanged("", {"verify"},
                   {0, "correct", {"(t1.alembic_version)", "(t2.alembic_version)"}});
  const std::vector<std::string> one = {"verify", "--schema-name", "t2"};
  auto run =
      expect_unchanged("", one, {0, "correct", {"c3 (head) is applied (t2.alembic_version)"}});
  EXPECT_TRUE(contains_not(run.out, "t1"));
  // Without scripts, too; also where the tenant has none of its own, for t1's says nothing of it.
  remove("alembic.ini");
  run = expect_unchanged("", one, {0, "correct", {"c3 is applied (t2.alembic_version)"}});
  EXPECT_TRUE(contains_not(run.out, "t1"));
  exec("CREATE SCHEMA t3; ALTER TABLE t2.alembic_version SET SCHEMA t3");
  run = expect_unchanged("", one, {0, "correct", {}});
  EXPECT_TRUE(contains_not(run.out, "Alembic says"));
  // One for all of them stands anywhere.
  exec("ALTER TABLE t3.alembic_version SET SCHEMA public");
  run = expect_unchanged("", one, {0, "correct", {"Alembic says: c3 is applied"}});
  EXPECT_TRUE(contains_not(run.out, "t1"));
  exec("DROP TABLE alembic_version");
  expect_unchanged("", one, {0, "correct", {"c3 is applied (t1.alembic_version)"}});
}

// All would seem to be pending.
TEST_F(BadInput, AVersionTableThatCannotBeRead) {
  make_drift();
  const auto role = "w" + db().name();
  exec("CREATE ROLE \"" + role + "\"; GRANT SELECT ON users TO \"" + role + "\"");
  expect_unchanged("", {"ensure", "--role", role},
                   {5,
                    "unclear - alembic_version cannot be read",
                    {"Alembic says: not readable", "permission denied", "remedy:",
                     "GRANT SELECT ON \"public\".\"alembic_version\" TO \"" + role + "\";",
                     "not known whether it was applied"}});
  exec("CREATE SCHEMA app; ALTER TABLE alembic_version SET SCHEMA app");
  expect_unchanged("", {"verify", "--role", role},
                   {5,
                    "unclear - app.alembic_version cannot be read",
                    {"GRANT USAGE ON SCHEMA \"app\" TO \"" + role + "\"; GRANT SELECT ON"}});
  // Without scripts nothing rests on it.
  remove("alembic.ini");
  exec("ALTER TABLE app.alembic_version SET SCHEMA public");
  expect_unchanged("", {"verify", "--role", role},
                   {1,
                    "drift - 2 differences",
                    {"Alembic says: not readable", "permission denied", "to let it be read: GRANT",
                     "TO \"" + role + "\";", "users.name missing"}});
  // What the statement says is what helps.
  exec("GRANT SELECT ON \"public\".\"alembic_version\" TO \"" + role + "\";");
  expect_unchanged("", {"verify", "--role", role},
                   {1, "drift - ", {"Alembic says: c3 is applied"}});
  exec("DROP OWNED BY \"" + role + "\"; DROP ROLE \"" + role + "\"");
}

}  // namespace
}  // namespace pgmend::test
