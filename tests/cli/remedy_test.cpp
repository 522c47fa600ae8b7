// SPDX-License-Identifier: MIT
// What a report tells people to run is run here, as it stands.
#include <filesystem>

#include "cli/cli.hpp"
#include "support/schema_text.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;

class Remedy : public CliTest {
 protected:
  Remedy() {
    // Of what stands first on PATH, `pgmend` is this one.
    fs::create_symlink(PGMEND_BINARY, folder().path("pgmend"));
    db().exec("CREATE INDEX ix_instance ON api_keys (instance_id)");
    EXPECT_EQ(exit_correct, run({"snapshot", "-o", "the schema.lock", "-q"}).exit_code);
  }

  /// The first command that a report names behind "run: ", "consent: " and the like.
  static std::string command_in(const std::string& report, const std::string& behind) {
    const auto words = unwrapped(report);
    const auto label = words.find(behind + ": pgmend ");
    if (label == std::string::npos) return "";
    const auto begin = label + behind.size() + 2;
    return words.substr(begin,
                        std::min(words.find(';', begin), words.find(" ====", begin)) - begin);
  }

  RunResult paste(const std::string& command) const {
    auto env = clean_environment();
    env["PATH"] = folder().path() + ":" + env["PATH"];
    return subprocess::run({.argv = {"/bin/sh", "-c", command},
                            .env = env,
                            .cwd = folder().path(),
                            .timeout = std::chrono::seconds(60)});
  }

  Arguments verify(Arguments more = {}) const {
    more.insert(more.begin(), {"verify", "--schema", "the schema.lock"});
    return more;
  }
};

TEST_F(Remedy, RepairsWhatWasFound) {
  db().exec("DROP INDEX ix_instance");
  const auto found = run(verify());
  ASSERT_EQ(exit_drift, found.exit_code) << found.out;
  const auto command = command_in(found.out, "run");
  EXPECT_TRUE(contains(command, "--schema 'the schema.lock'"));
  EXPECT_EQ(exit_correct, paste(command).exit_code) << command;
  EXPECT_EQ(exit_correct, run(verify()).exit_code);
}

TEST_F(Remedy, HasTheFiltersOfTheRun) {
  db().exec("DROP INDEX ix_instance; ALTER TABLE users ALTER id SET DEFAULT 1");
  const auto found = run(verify({"--table", "api_*", "--kind", "index"}));
  const auto command = command_in(found.out, "run");
  EXPECT_EQ(exit_correct, paste(command).exit_code) << command;
  EXPECT_EQ(exit_drift, run(verify()).exit_code);
}

TEST_F(Remedy, TellsApartWhatNeedsConsent) {
  db().exec("DROP INDEX ix_instance; ALTER TABLE users ALTER id SET DEFAULT 1");
  const auto found = run(verify());
  EXPECT_EQ(exit_drift, paste(command_in(found.out, "is repaired by")).exit_code);
  EXPECT_EQ("public.ix_instance",
            db().value("SELECT 'public.' || to_regclass('ix_instance')::text"));
  const auto command = command_in(found.out, "needs consent");
  EXPECT_TRUE(contains(command, "--allow alter"));
  EXPECT_EQ(exit_correct, paste(command).exit_code) << command;
}

/// To move columns to another type is to replace it, and to rewrite them.
TEST_F(Remedy, NamesAllConsentsThatARepairNeeds) {
  db().exec(
      "CREATE TYPE hue AS ENUM ('red', 'green'); CREATE TABLE lamps (hue hue);"
      "INSERT INTO lamps VALUES ('red')");
  ASSERT_EQ(exit_correct, run({"snapshot", "-o", "the schema.lock"}).exit_code);
  db().exec("ALTER TYPE hue ADD VALUE 'blue'");
  const auto found = run(verify());
  EXPECT_TRUE(contains(found.out, "needs consent: replace,rewrite"));
  const auto command = command_in(found.out, "run");
  EXPECT_EQ(exit_correct, paste(command).exit_code) << command;
}

/// An index is built while others read and write; only the exchange keeps them off.
TEST_F(Remedy, TellsTheLockOfTheLongWork) {
  db().exec("DROP INDEX ix_instance; CREATE INDEX ix_instance ON api_keys (is_active)");
  const auto found = run(verify());
  EXPECT_TRUE(contains(
      unwrapped(found.out),
      "run with --allow replace (builds an index; SHARE UPDATE EXCLUSIVE lock, which blocks "
      "neither reads nor writes; for a moment ACCESS EXCLUSIVE lock, which blocks reads and "
      "writes; api_keys has"));
}

/// What rights stand against is not promised for a consent.
TEST_F(Remedy, PromisesNoConsentThatWouldNotHelp) {
  db().exec("ALTER TABLE users ALTER id SET DEFAULT 1");
  const Role stranger(db());
  const auto found = run(verify(), stranger.name());
  EXPECT_TRUE(contains(unwrapped(found.out), "does not own users"));
  EXPECT_TRUE(contains_not(found.out, "needs consent"));
}

/// ensure did what it may, and names what the rest takes.
TEST_F(Remedy, OfAnEnsureNamesTheConsent) {
  db().exec("DROP INDEX ix_instance; ALTER TABLE users ALTER id SET DEFAULT 1");
  const auto ensured = run({"ensure", "--schema", "the schema.lock"});
  EXPECT_EQ(exit_drift, ensured.exit_code);
  EXPECT_TRUE(contains(ensured.out, "Schema still differs - 1 item left, 1 item(s) added"));
  const auto command = command_in(ensured.out, "run");
  EXPECT_EQ(exit_correct, paste(command).exit_code) << command << ensured.out;
}

TEST_F(Remedy, IsTheSameInJson) {
  db().exec(
      "DROP INDEX ix_instance; CREATE TABLE alembic_version (version_num text);"
      "INSERT INTO alembic_version VALUES ('a1')");
  const auto found = run(verify({"--format", "json"}));
  EXPECT_TRUE(contains(found.out, "pgmend ensure --schema 'the schema.lock' --database "));
}

TEST_F(Remedy, HoldsNoPassword) {
  db().exec("DROP INDEX ix_instance");
  auto url = db().url();
  url += (url.find('?') == std::string::npos ? "?" : "&") + std::string("password=quitesecret");
  for (const auto* format : {"text", "json", "html", "markdown"}) {
    auto args = verify({"--format", format, "--database", url});
    const auto found = run_bare(args);
    EXPECT_EQ(exit_drift, found.exit_code) << found.err;
    EXPECT_TRUE(contains_not(found.out + found.err, "quitesecret")) << format;
  }
  const auto command = command_in(run_bare(verify({"--database", url})).out, "run");
  EXPECT_EQ(exit_correct, paste(command).exit_code) << command;
}

TEST_F(Remedy, OfASnapshotIsTheVerify) {
  const auto made = run({"snapshot", "-o", "it's.lock"});
  EXPECT_EQ(exit_correct, paste(command_in(made.out, "run")).exit_code) << made.out;
}

TEST_F(Remedy, OfADiffIsAScript) {
  db().exec("DROP INDEX ix_instance; CREATE TABLE spare (id int)");
  const auto script = run_bare({"diff", "the schema.lock", db().url(), "--format", "sql"});
  EXPECT_EQ(exit_drift, script.exit_code) << script.err;
  EXPECT_TRUE(contains(script.out, "CREATE INDEX"));
  EXPECT_TRUE(contains(script.out, "DROP TABLE \"public\".\"spare\""));
  const auto psql =
      subprocess::run({.argv = {client_program(db().server(), "psql"), "-X", "-q", "-d", db().url(),
                                "-f", folder().write("repair.sql", script.out)},
                       .env = clean_environment(),
                       .timeout = std::chrono::seconds(60)});
  EXPECT_EQ(0, psql.exit_code) << psql.err;
  EXPECT_EQ(exit_correct, run_bare({"diff", "the schema.lock", db().url()}).exit_code);
}

TEST_F(Remedy, OfADiffOfFilesIsAScriptToo) {
  db().exec("ALTER TABLE users ADD note text");
  EXPECT_EQ(exit_correct, run({"snapshot", "-o", "newer.lock", "-q"}).exit_code);
  const auto script = run_bare({"diff", "newer.lock", "the schema.lock", "--format", "sql"});
  EXPECT_EQ(exit_drift, script.exit_code) << script.err;
  EXPECT_TRUE(contains(script.out, "ADD COLUMN \"note\" text"));
}

}  // namespace
}  // namespace pgmend::test
