// SPDX-License-Identifier: MIT
// The server has troubles of its own.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

/// A file system of a few megabytes, if this machine lets us have one.
class SmallDisk {
 public:
  SmallDisk() {
    m_is_mounted = ::mount("tmpfs", m_folder.path().c_str(), "tmpfs", 0, "size=24m,mode=0777") == 0;
  }
  ~SmallDisk() {
    if (m_is_mounted) ::umount2(m_folder.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_mounted() const { return m_is_mounted; }
  /// A folder for a tablespace, which belongs to the server's user.
  std::string folder_of(const PrivateServer& server) const {
    const auto folder = m_folder.path("space");
    std::filesystem::create_directory(folder);
    if (const auto& owner = server.owner()) {
      EXPECT_EQ(::chown(folder.c_str(), owner->uid, owner->gid), 0);
      std::filesystem::permissions(m_folder.path(), std::filesystem::perms(0755));
    }
    return folder;
  }

 private:
  TempFolder m_folder;
  bool m_is_mounted;
};

/// A table, and an event trigger that lets nobody do this.
std::string refusing(const std::string& tag, const std::string& more = "") {
  return fmt::format(
      "CREATE TABLE items (id bigint);"
      "CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS "
      "$$ BEGIN RAISE 'not on my watch' {}; END $$;"
      "CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('{}') "
      "EXECUTE FUNCTION refuse();",
      more, tag);
}

}  // namespace

TEST(BadDay, AFullDiskLeavesNothingHalfBuilt) {
  const SmallDisk disk;
  if (!disk.is_mounted()) GTEST_SKIP() << "no file system can be mounted here";
  auto& server = shared_server();
  {
    Database admin(server);
    admin.exec(fmt::format("CREATE TABLESPACE small LOCATION '{}'", disk.folder_of(server)));
  }
  {
    const Project project(
        "CREATE TABLE items (id bigint, name text);"
        "INSERT INTO items SELECT i, md5(i::text) FROM generate_series(1, 150000) i;",
        "tables:\n  items:\n    columns: {note: text}\n"
        "    indexes: {items_name: (name), items_id: UNIQUE (id)}\n",
        server, "TABLESPACE small");
    const auto result = project.ensure();
    EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
    EXPECT_TRUE(contains(result.out, "items.note added successfully"));
    EXPECT_TRUE(contains_in_order(result.out, {"items_name not repaired", "No space left"}));
    EXPECT_EQ(project.leftovers(), "");
    project.db().exec("TRUNCATE items");
    EXPECT_EQ(project.ensure().exit_code, 0);
  }
  Database admin(server);
  admin.exec("DROP TABLESPACE small");
}

TEST(BadDay, AnEventTriggerThatRefusesAllIsQuoted) {
  const Project project(
      refusing("ALTER TABLE", "USING HINT = 'ask the DBA'"),
      "tables:\n  items:\n    columns: {note: text}\n    indexes: {items_id: (id)}\n");
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(result.out,
                                {"items.note not repaired: not on my watch", "hint: ask the DBA"}));
  EXPECT_TRUE(contains(result.out, "items_id added successfully"));
  EXPECT_EQ(project.leftovers(), "");
  EXPECT_EQ(project.verify().exit_code, 1);
}

// Also where it refuses what the server is asked with.
TEST(BadDay, AnEventTriggerThatRefusesIndexesIsNotBlamedOnTheSpec) {
  const Project project(
      refusing("CREATE INDEX"),
      "tables:\n  items:\n    columns: {note: text}\n    indexes: {items_id: (id)}\n");
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(
      in_one_line(result.out),
      {"items_id missing", "the server could not be asked about its definition: not on my watch",
       "watches what is created", "items.note added successfully"}));
  EXPECT_EQ(project.leftovers(), "");
}

// By ALTER ROLE, as opposed to the database's. Each repair takes several times as long.
TEST(BadDay, AStatementTimeoutOfTheRoleIsNotForUs) {
  const Project project(
      "CREATE FUNCTION slowly(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS "
      "$$ BEGIN PERFORM pg_catalog.pg_sleep(0.01); RETURN $1; END $$;"
      "CREATE TABLE items (id bigint, name text);"
      "INSERT INTO items SELECT i, md5(i::text) FROM generate_series(1, 100) i;",
      "tables:\n  items:\n    columns: {token: text NOT NULL DEFAULT slowly('a')}\n"
      "    indexes: {items_name: (slowly(name))}\n");
  const Role role(project.db());
  project.db().exec(
      fmt::format("ALTER TABLE items OWNER TO {0}; GRANT CREATE ON SCHEMA public TO "
                  "{0}; ALTER ROLE {0} SET statement_timeout = '300ms'",
                  role.name()));
  const auto result = project.start({"ensure"}, project.db().url(role.name())).wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

}  // namespace pgmend::test
