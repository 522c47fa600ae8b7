// SPDX-License-Identifier: MIT
// python/tests: the Python package, by its own tests. From a wheel: tests/package.
#include <fmt/format.h>

#include <filesystem>

#include "projects/project.hpp"
#include "util/file.hpp"

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;

/// As hatch_build.py puts it together, but for the program.
void assemble(const TempFolder& folder) {
  const fs::path source(PGMEND_SOURCE_DIR);
  fs::copy(source / "python/pgmend", folder.path("pgmend"), fs::copy_options::recursive);
  std::string recorder;
  for (const auto* part : {"channel.py", "recorder.py", "models.py"})
    recorder += file::read_if_exists(source / "src/source/python" / part).value_or("");
  folder.write("pgmend/_recording.py", recorder);
}

TEST(PythonPackage, ItsTestsPass) {
  const TempFolder folder;
  assemble(folder);
  const Database database;
  subprocess::Command command;
  command.argv = {chosen_python(), "-m", "pytest", "--version"};
  if (!subprocess::run(command).ok()) GTEST_SKIP() << "there is no pytest";
  command.argv = {chosen_python(),
                  "-m",
                  "pytest",
                  "-q",
                  "--tb=short",
                  "-p",
                  "no:cacheprovider",
                  "--basetemp=" + folder.path("tmp"),
                  PGMEND_SOURCE_DIR "/python/tests"};
  // What takes seconds for each of its tests: other people's frameworks.
  if (!std::getenv("PGMEND_TEST_SLOW")) command.argv.insert(command.argv.end(), {"-m", "not slow"});
  command.cwd = folder.path();
  // As SQLAlchemy reads it, too.
  const auto url = fmt::format("postgresql://postgres@/{}?host={}&port={}", database.name(),
                               database.server().folder(), database.server().port());
  command.env = clean_environment({{"PGMEND_TEST_URL", url},
                                   {"PGMEND_PROGRAM", PGMEND_BINARY},
                                   {"PYTHONPATH", folder.path()},
                                   {"PYTHONDONTWRITEBYTECODE", "1"}});
  const auto run = subprocess::run(command);
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
}

}  // namespace
}  // namespace pgmend::test
