// SPDX-License-Identifier: MIT
// What becomes of a private server when the process that started it ends, in one way or another.
#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <signal.h>  // NOLINT: kill is POSIX, not C++
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "contract/forked.hpp"
#include "support/matchers.hpp"
#include "support/server.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::test {

namespace {

namespace fs = std::filesystem;

/// A base folder that any user can write to.
class BaseFolder : public TempFolder {
 public:
  BaseFolder() { ::chmod(path().c_str(), 0777); }
  PrivateServer::Options options() const {
    auto result = server_options();
    result.base_folder = path();
    return result;
  }
  /// Of the only server in it; empty if there is none.
  std::string server_folder() const {
    for (const auto& entry : fs::directory_iterator(path())) return entry.path().string();
    return "";
  }
  std::string data_folder() const { return server_folder() + "/data"; }
};

bool answers(const std::string& folder) {
  try {
    pg::Connection::open(
        {{"host", folder}, {"port", "5432"}, {"user", "postgres"}, {"dbname", "postgres"}}, {});
    return true;
  } catch (const pg::Error&) {
    return false;
  }
}

void make_old(const std::string& folder) {
  const timespec times[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
  ::utimensat(AT_FDCWD, folder.c_str(), times, 0);
}

void become_nobody() {
  const passwd* nobody = ::getpwnam("nobody");
  if (!nobody || ::setgroups(0, nullptr) != 0 || ::setgid(nobody->pw_gid) != 0 ||
      ::setuid(nobody->pw_uid) != 0)
    throw std::runtime_error("cannot become nobody");
}

uid_t owner_of(const std::string& path) {
  struct stat info = {};
  ::stat(path.c_str(), &info);
  return info.st_uid;
}

}  // namespace

TEST(ServerLifetime, EndsWhenItsParentIsKilled) {
  const BaseFolder base;
  const pid_t child = fork_and_run([&] {
    const PrivateServer server(base.options());
    ::pause();
  });
  ASSERT_TRUE(eventually([&] { return answers(base.server_folder()); }));
  const std::string data_folder = base.data_folder();
  ::kill(child, SIGKILL);
  EXPECT_EQ(wait_for_exit(child), 128 + SIGKILL);
  EXPECT_TRUE(eventually([&] { return pg::server_processes(data_folder).empty(); }));
}

TEST(ServerLifetime, TheFolderOfAKilledRunIsRemovedByTheNext) {
  const BaseFolder base;
  const pid_t child = fork_and_run([&] {
    const pg::ServerFolder folder(base.path());
    ::kill(::getpid(), SIGKILL);
  });
  wait_for_exit(child);
  const std::string orphan = base.server_folder();
  ASSERT_TRUE(fs::exists(orphan));
  const pg::ServerFolder too_early(base.path());
  EXPECT_TRUE(fs::exists(orphan));
  make_old(orphan);
  make_old(too_early.path());
  const pg::ServerFolder next(base.path());
  EXPECT_FALSE(fs::exists(orphan));
  EXPECT_TRUE(fs::exists(too_early.path())) << "it is old, but in use";
}

TEST(ServerLifetime, ADetachedServerOutlivesItsParent) {
  const BaseFolder base;
  const pid_t child = fork_and_run([&] {
    auto options = base.options();
    options.detached = true;
    PrivateServer(options).release();
  });
  ASSERT_EQ(wait_for_exit(child), 0);
  const std::string folder = base.server_folder();
  EXPECT_TRUE(answers(folder));
  make_old(folder);
  const pg::ServerFolder next(base.path());
  EXPECT_TRUE(answers(folder)) << "it was left on purpose";
  pg::kill_server_processes(folder + "/data");
}

TEST(ServerLifetime, ADetachedServerThatIsNotReleasedIsStopped) {
  const BaseFolder base;
  auto options = base.options();
  options.detached = true;
  PrivateServer(std::move(options)).stop();
  EXPECT_EQ(base.server_folder(), "");
}

TEST(ServerLifetime, ReleaseNeedsADetachedServer) {
  EXPECT_THROW(shared_server().release(), std::logic_error);
}

TEST(ServerLifetime, StepsDownWhenItIsStartedByRoot) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  ASSERT_TRUE(shared_server().owner());
  EXPECT_NE(owner_of("/proc/" + std::to_string(shared_server().pid())), 0U);
}

TEST(ServerLifetime, RunsAsAnOrdinaryUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "the other tests show it, unless they are run by root";
  const BaseFolder base;
  const pid_t child = fork_and_run([&] {
    become_nobody();
    const PrivateServer server(base.options());
    if (server.owner() || owner_of("/proc/" + std::to_string(server.pid())) != ::geteuid())
      throw std::runtime_error("the server does not run as its user");
    if (!answers(server.folder())) throw std::runtime_error("the server does not answer");
  });
  EXPECT_EQ(wait_for_exit(child), 0);
}

}  // namespace pgmend::test
