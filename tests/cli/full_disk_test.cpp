// SPDX-License-Identifier: MIT
// What is written somewhere is there whole, or as it was before; and nobody takes half of it, or
// none, for a good one. /dev/full is a disk without room.
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;

class FullDisk : public CliTest {
 protected:
  FullDisk() { spec("tables: {users: {columns: {id: int}}}"); }

  RunResult shell(const std::string& command) const {
    auto env = clean_environment();
    env["PGMEND_DATABASE_URL"] = db().url();
    env["PGMEND"] = PGMEND_BINARY;
    return subprocess::run({.argv = {"/bin/sh", "-c", command},
                            .env = env,
                            .cwd = folder().path(),
                            .timeout = std::chrono::seconds(60)});
  }
};

TEST_F(FullDisk, NoFormAbortsOrIsLostInSilence) {
  for (const auto* format :
       {"text", "sql", "json", "html", "junit", "sarif", "github", "gitlab", "markdown"}) {
    const std::string name = format;
    for (const auto& command : {"\"$PGMEND\" verify --format " + name + " > /dev/full",
                                "\"$PGMEND\" verify --format " + name + "=/dev/full",
                                "\"$PGMEND\" ensure --format " + name + "=/dev/full"}) {
      const auto result = shell(command);
      EXPECT_EQ(exit_usage, result.exit_code) << command;
      EXPECT_TRUE(contains(result.err, "cannot be written: No space left on device")) << command;
      EXPECT_TRUE(contains_not(result.err, "defect")) << command;
    }
  }
}

TEST_F(FullDisk, OtherOutputIsNotLostInSilence) {
  for (const auto* command :
       {"\"$PGMEND\" plan > /dev/full", "\"$PGMEND\" snapshot -o - > /dev/full",
        "\"$PGMEND\" init -o - > /dev/full", "\"$PGMEND\" explain > /dev/full",
        "\"$PGMEND\" man > /dev/full", "\"$PGMEND\" --help > /dev/full",
        "\"$PGMEND\" completion bash > /dev/full"}) {
    const auto result = shell(command);
    EXPECT_EQ(exit_usage, result.exit_code) << command;
    EXPECT_TRUE(contains(result.err, "No space left on device")) << command;
  }
}

TEST_F(FullDisk, DriftStaysDrift) {
  spec("tables: {users: {columns: {id: int, note: text}}}");
  const auto result = shell("\"$PGMEND\" verify > /dev/full");
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains(result.err, "No space left on device"));
}

TEST_F(FullDisk, RepairsAreDoneAllTheSame) {
  spec("tables: {users: {columns: {id: int, note: text}}}");
  EXPECT_EQ(exit_usage, shell("\"$PGMEND\" ensure > /dev/full").exit_code);
  EXPECT_EQ("id integer, note text", columns("users"));
}

TEST_F(FullDisk, AFullStderrEndsNothing) {
  EXPECT_EQ(exit_usage, shell("\"$PGMEND\" verify -s none.yaml 2> /dev/full").exit_code);
  EXPECT_EQ(exit_correct, shell("\"$PGMEND\" verify --log-sql 2> /dev/full").exit_code);
}

TEST_F(FullDisk, SaysWhyAFileCannotBeWritten) {
  folder().write("x.sql", "CREATE TABLE a (id int);");
  for (const auto* command :
       {"\"$PGMEND\" snapshot -o /dev/full", "\"$PGMEND\" compile x.sql -o /dev/full",
        "\"$PGMEND\" init --force -o /dev/full"}) {
    const auto result = shell(command);
    EXPECT_EQ(exit_usage, result.exit_code) << command;
    EXPECT_TRUE(contains(unwrapped(result.err),
                         "/dev/full cannot be written: No space left on device hint: free some "
                         "space there, or name another with --output FILE"))
        << command;
  }
}

/// A disk of 16 kB, where one can be had.
class SmallDisk : public FullDisk {
 protected:
  void SetUp() override {
    fs::create_directory(m_disk);
    if (::geteuid() != 0 || ::mount("none", m_disk.c_str(), "tmpfs", 0, "size=16k") != 0)
      GTEST_SKIP() << "no file system can be mounted";
    m_is_mounted = true;
  }
  void TearDown() override {
    if (m_is_mounted) ::umount(m_disk.c_str());
  }
  /// Hidden ones too.
  std::string files() const {
    std::string names;
    for (const auto& entry : fs::directory_iterator(m_disk))
      names += entry.path().filename().string() + ' ';
    return names;
  }

  const std::string m_disk = folder().path("disk");
  bool m_is_mounted = false;
};

TEST_F(SmallDisk, KeepsTheOldFileAndNoOther) {
  std::string tables;
  for (int i = 0; i < 200; ++i)
    tables += "CREATE TABLE t" + std::to_string(i) + std::string(50, 't') + " (id int);";
  db().exec(tables);
  folder().write("x.sql", tables);
  folder().write("disk/old", "OLD AND GOOD");
  for (const auto* command :
       {"snapshot -o disk/old", "compile x.sql -o disk/old", "init --force -o disk/old",
        "verify -s x.sql --format html=disk/old", "verify -s x.sql --format junit=disk/old"}) {
    const auto result = shell("\"$PGMEND\" " + std::string(command));
    EXPECT_NE(exit_correct, result.exit_code) << command;
    EXPECT_TRUE(contains(result.err, "disk/old cannot be written: No space left on device"));
    EXPECT_EQ("OLD AND GOOD", folder().read("disk/old")) << command;
    EXPECT_EQ("old ", files()) << command;
  }
}

TEST_F(FullDisk, AReadOnlyFolderKeepsTheOldFile) {
  folder().write("kept/old", "OLD AND GOOD");
  if (::geteuid() == 0) {
    const auto result = run({"snapshot", "-o", "/proc/old.lock"});
    EXPECT_EQ(exit_usage, result.exit_code);
    EXPECT_TRUE(contains(result.err, "/proc/old.lock cannot be written: No such file"));
    return;
  }
  fs::permissions(folder().path("kept"), fs::perms(0555));
  const auto result = run({"snapshot", "-o", "kept/old"});
  fs::permissions(folder().path("kept"), fs::perms(0755));
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "kept/old cannot be written: Permission denied"));
  EXPECT_EQ("OLD AND GOOD", folder().read("kept/old"));
}

}  // namespace
}  // namespace pgmend::test
