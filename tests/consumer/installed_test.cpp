// SPDX-License-Identifier: MIT
// A project of its own, built against the installed tree and nothing else, run on a real server.
#include <gtest/gtest.h>

#include <sstream>

#include "support/database.hpp"
#include "support/matchers.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"
#include "util/file.hpp"

namespace pgmend::test {
namespace {

RunResult run_program(std::vector<std::string> argv, const subprocess::Environment& env = {}) {
  subprocess::Command command;
  command.argv = std::move(argv);
  command.env = clean_environment(env);
  command.timeout = std::chrono::minutes(5);
  return subprocess::run(command);
}

std::string flags() {
  return PGMEND_IS_SANITIZED ? "-fsanitize=address,undefined" : "";
}

/// Installed and built once, for all tests.
class Installed : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = std::make_unique<TempFolder>();
    const auto installed = run_program(
        {PGMEND_CMAKE, "--install", PGMEND_BUILD_DIR, "--prefix", s_folder->path("usr")});
    ASSERT_TRUE(installed.ok()) << testing::PrintToString(installed);
    // By Ninja, as pgmend itself: what CMake takes by default, make, need not be there.
    const auto configured =
        run_program({PGMEND_CMAKE, "-G", "Ninja", "-S", PGMEND_CONSUMER, "-B",
                     s_folder->path("build"), "-DCMAKE_PREFIX_PATH=" + s_folder->path("usr"),
                     "-DCMAKE_CXX_COMPILER=" PGMEND_COMPILER, "-DCMAKE_CXX_FLAGS=" + flags()});
    ASSERT_TRUE(configured.ok()) << testing::PrintToString(configured);
    const auto built = run_program({PGMEND_CMAKE, "--build", s_folder->path("build")});
    ASSERT_TRUE(built.ok()) << testing::PrintToString(built);
  }
  static void TearDownTestSuite() { s_folder.reset(); }

  static inline std::unique_ptr<TempFolder> s_folder;
};

TEST_F(Installed, ThePackageBuildsAndItsProgramEnsures) {
  const Database db;
  db.exec(
      "CREATE TABLE users (id int PRIMARY KEY, email varchar(255) NOT NULL);"
      "CREATE TABLE api_keys (id int PRIMARY KEY, user_id int NOT NULL, instance_id text)");
  const subprocess::Environment env = {{"DATABASE_URL", db.url()}};
  const auto program = s_folder->path("build/webhooks");
  const auto first = run_program({program}, env);
  EXPECT_TRUE(first.ok()) << testing::PrintToString(first);
  EXPECT_TRUE(contains_in_order(first.out,
                                {"4 differences", "column api_keys.webhook_url missing, repaired",
                                 "ALTER TABLE \"public\".\"api_keys\" ADD COLUMN \"webhook_url\"",
                                 "index api_keys.ix_api_keys_instance_id missing, repaired"}));
  EXPECT_EQ("", first.err);
  const auto second = run_program({program}, env);
  EXPECT_TRUE(second.ok());
  EXPECT_EQ("0 differences\n", second.out);
}

TEST_F(Installed, ItsErrorsHelp) {
  const auto result = run_program({s_folder->path("build/webhooks")},
                                  {{"DATABASE_URL", "postgresql://a:secret@127.0.0.1:1/shop"}});
  EXPECT_EQ(2, result.exit_code) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.err, "hint: "));
  EXPECT_TRUE(contains_not(result.err, "secret"));
}

TEST_F(Installed, TheProgramIsThereToo) {
  const auto result = run_program({s_folder->path("usr/bin/pgmend"), "--version"});
  EXPECT_TRUE(result.ok());
  EXPECT_TRUE(contains(result.out, "pgmend 0."));
}

TEST_F(Installed, HeadersNameNoLibraryOfOurs) {
  const auto text = run_program({"grep", "-rnEi", "libpq|pg_conn|fmt::|fmt/|yaml-cpp|CLI11",
                                 s_folder->path("usr/include/pgmend")});
  EXPECT_EQ(1, text.exit_code) << text.out;  // grep: nothing was found
  EXPECT_EQ("", text.err);
}

TEST_F(Installed, PkgConfigKnowsIt) {
  const auto found = run_program({"find", s_folder->path("usr"), "-name", "pgmend.pc"});
  const auto folder = found.out.substr(0, found.out.rfind('/'));
  const auto flags_of = [&](const std::string& what) {
    return run_program({"pkg-config", what, "pgmend"}, {{"PKG_CONFIG_PATH", folder}});
  };
  EXPECT_EQ(0, flags_of("--exists").exit_code);
  EXPECT_TRUE(contains(flags_of("--libs").out, "-lpgmend"));
  std::istringstream words(flags_of("--cflags").out);
  bool has_headers = false;
  for (std::string word; words >> word;)
    has_headers |=
        word.starts_with("-I") && file::read_if_exists(word.substr(2) + "/pgmend/run.hpp");
  EXPECT_TRUE(has_headers) << flags_of("--cflags").out;
}

TEST(Documentation, ShowsTheProgramThatIsTested) {
  const auto program = file::read_if_exists(PGMEND_CONSUMER "/main.cpp");
  const auto page = file::read_if_exists(PGMEND_SOURCE_DIR "/docs/cpp-api.md");
  ASSERT_TRUE(program && page);
  const auto code = program->substr(program->find("#include"));
  EXPECT_TRUE(contains(*page, "```cpp\n" + code + "```"));
}

}  // namespace
}  // namespace pgmend::test
