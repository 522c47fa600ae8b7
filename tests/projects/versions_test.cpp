// SPDX-License-Identifier: MIT
// The tests of this folder once more, with newer versions of the libraries than Debian's. They come
// from PyPI; where that cannot be reached the tests are skipped.
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

#include "support/temp_folder.hpp"
#include "util/subprocess.hpp"

namespace pgmend::test {
namespace {

using subprocess::Command;
using Packages = std::vector<std::string>;

/// The environment of this process: pip is told there which index and certificates to use.
subprocess::Outcome run(std::vector<std::string> argv, subprocess::Environment further = {}) {
  Command command;
  command.argv = std::move(argv);
  command.env = subprocess::current_environment();
  for (auto& [name, value] : further) (*command.env)[name] = value;
  command.timeout = std::chrono::minutes(15);
  command.death_signal = SIGKILL;
  return subprocess::run(command);
}

class Versions : public testing::TestWithParam<Packages> {
 protected:
  std::string python() const { return m_folder.path("venv/bin/python"); }

  /// False where the packages cannot be had.
  bool install() const {
    if (!run({PGMEND_PYTHON, "-m", "venv", m_folder.path("venv")}).ok()) return false;
    Packages argv = {python(), "-m", "pip", "install", "--quiet"};
    argv.insert(argv.end(), GetParam().begin(), GetParam().end());
    argv.insert(argv.end(),
                {"psycopg2-binary", "asyncpg", "greenlet", "Flask-Migrate", "pytest", "django"});
    return run(argv).ok();
  }

  TempFolder m_folder;
};

TEST_P(Versions, EveryTestOfProjectsPasses) {
  if (!install()) GTEST_SKIP() << "PyPI cannot be reached, or does not have these versions";
  const auto result =
      run({PGMEND_PROJECT_TESTS}, {{"PGMEND_TEST_PYTHON", python()}, {"PGMEND_TEST_SLOW", "1"}});
  EXPECT_EQ(result.exit_code, 0) << result.out;
}

INSTANTIATE_TEST_SUITE_P(All, Versions,
                         testing::Values(Packages{"SQLAlchemy<2.1", "alembic<1.14"},
                                         Packages{"SQLAlchemy", "alembic", "psycopg[binary]"}));

}  // namespace
}  // namespace pgmend::test
