// SPDX-License-Identifier: MIT
// examples/deploy, as far as a machine without docker can tell: update.sh is run with stand-ins,
// every use of pgmend is one that its help knows, YAML parses.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "examples.hpp"
#include "support/matchers.hpp"
#include "util/file.hpp"

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::recursive_directory_iterator(examples()))
    if (entry.is_regular_file()) all.push_back(entry.path());
  return all;
}

/// update.sh in a folder with a spec. git brings new code; docker has an image of the old one,
/// builds another when it is told to, and runs what a service would.
class UpdateScript : public testing::Test {
 protected:
  UpdateScript() {
    m_folder.write("schema.yaml", "tables: {users: {columns: {id: int, name: text}}}\n");
    m_folder.write("image", "old");
    write_program(m_programs, "git",
                  "echo \"git $*\" >> \"$CALLS\"\n"
                  "[ \"$1\" = pull ] && printf new > code\necho abc1234\n");
    write_program(m_programs, "docker",
                  "[ \"$2\" = build ] && cp code image\n"
                  "echo \"docker $* ($(cat image))\" >> \"$CALLS\"\n"
                  "[ \"$2\" = run ] || exit 0\nshift 5\nexec \"$@\"\n");
    fs::create_symlink(PGMEND_BINARY, m_programs.path("pgmend"));
  }

  RunResult update(const std::string& migration) const {
    subprocess::Command command;
    command.argv = {"bash", (examples() / "update.sh").string()};
    command.cwd = m_folder.path();
    command.env = clean_environment({{"DATABASE_URL", m_database.url()},
                                     {"CALLS", m_folder.path("calls")},
                                     {"MIGRATION", migration},
                                     {"SCHEMA", "schema.yaml"},
                                     {"HEALTH", "true"}});
    (*command.env)["PATH"] = m_programs.path() + ":" + (*command.env)["PATH"];
    command.timeout = std::chrono::seconds(60);
    return subprocess::run(command);
  }
  std::string calls() const { return m_folder.read("calls"); }

  Database m_database;
  TempFolder m_folder;
  TempFolder m_programs;
};

TEST_F(UpdateScript, GoesThroughAllSteps) {
  m_database.exec("CREATE TABLE users (id int)");
  const auto run = update("true");
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(
      run.out, {"[1/6]", "[2/6]", "at abc1234", "[3/6]", "[4/6]", "[5/6] Running migrations...",
                "Running true...", "Schema fixed - 1 item(s) added", "[6/6]", "ok healthy"}));
  EXPECT_TRUE(contains_in_order(
      calls(), {"git pull --ff-only", "docker compose pull --ignore-buildable",
                "docker compose build --pull", "docker compose up --detach db",
                "docker compose run --rm --no-deps backend pgmend migrate --schema schema.yaml "
                "--wait 120s -- true (new)",
                "docker compose up --detach (new)\n"}));
}

TEST_F(UpdateScript, StartsNothingWhenTheMigrationFails) {
  m_database.exec("CREATE TABLE users (id int)");
  const auto run = update("false");
  EXPECT_EQ(run.exit_code, 4) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.err, "FAILED migrations"));
  EXPECT_TRUE(contains_not(calls(), "docker compose up --detach ("));
}

TEST_F(UpdateScript, StopsWhereTheSchemaNeedsAPerson) {
  m_database.exec("CREATE TABLE users (id bigint, name text)");
  const auto run = update("true");
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.err, "FAILED the schema needs you"));
}

// What each example gives to pgmend is in the help of that command.
TEST(DeployExamples, UseOptionsThatExist) {
  const std::regex use(
      R"(pgmend,? (ensure|verify|migrate|compile|fleet|watch)((?:[ ,\[]+[^ ,\n\]]+)*))");
  const std::regex option("--[a-z-]+");
  std::size_t found = 0;
  for (const auto& path : files()) {
    const auto text = file::read_if_exists(path).value_or("");
    for (auto at = std::sregex_iterator(text.begin(), text.end(), use);
         at != std::sregex_iterator(); ++at) {
      auto words = (*at)[2].str();
      words = words.substr(0, words.find(" --,"));
      words = words.substr(0, words.find(" -- "));
      const auto help = run_pgmend({(*at)[1].str(), "--help"}).out;
      for (auto word = std::sregex_iterator(words.begin(), words.end(), option);
           word != std::sregex_iterator(); ++word, ++found)
        EXPECT_TRUE(contains(help, word->str())) << path << ": " << at->str();
    }
  }
  EXPECT_GE(found, 10U);
}

// A repair would hide what a migration forgot.
TEST(DeployExamples, RepairNothingInCi) {
  const std::regex use("pgmend (migrate|ensure)( --check)?");
  std::size_t found = 0;
  for (const auto& path : files()) {
    if (path.parent_path().filename() != "ci") continue;
    const auto text = file::read_if_exists(path).value_or("");
    for (auto at = std::sregex_iterator(text.begin(), text.end(), use);
         at != std::sregex_iterator(); ++at, ++found)
      EXPECT_EQ(at->str(), "pgmend migrate --check") << path;
  }
  EXPECT_GE(found, 2U);
}

TEST(DeployExamples, AreYaml) {
  std::size_t found = 0;
  auto all = files();
  for (const auto* file : {"action.yml", ".pre-commit-hooks.yaml", "templates/verify.yml"})
    all.push_back(fs::path(PGMEND_SOURCE_DIR) / file);
  for (const auto& path : all) {
    if (path.extension() != ".yaml" && path.extension() != ".yml") continue;
    ++found;
    const auto run = python("import sys, yaml; assert all(yaml.safe_load_all(open(sys.argv[1])))",
                            {path.string()});
    EXPECT_EQ(run.exit_code, 0) << path << run.err;
  }
  EXPECT_GE(found, 10U);
}

/// The second step of action.yml, in the place of a runner.
class Action : public testing::Test {
 protected:
  Action() {
    m_database.exec("CREATE TABLE users (id int)");
    fs::create_symlink(PGMEND_BINARY, m_folder.path("pgmend"));
    m_folder.write("spec.yaml", "tables: {users: {columns: {id: int, name: text}}}\n");
  }

  RunResult check(const std::string& migrate, const std::string& options = "") const {
    subprocess::Command command;
    command.argv = {"bash", PGMEND_SOURCE_DIR "/packaging/action.sh", "check"};
    command.cwd = m_folder.path();
    command.env = clean_environment({{"RUNNER_TEMP", m_folder.path()},
                                     {"GITHUB_OUTPUT", m_folder.path("output")},
                                     {"GITHUB_STEP_SUMMARY", m_folder.path("summary")},
                                     {"PGMEND_INPUT_DATABASE", m_database.url()},
                                     {"PGMEND_INPUT_SCHEMA", "spec.yaml"},
                                     {"PGMEND_INPUT_MIGRATE", migrate},
                                     {"PGMEND_INPUT_OPTIONS", options}});
    (*command.env)["PATH"] = m_folder.path() + ":" + (*command.env)["PATH"];
    command.timeout = std::chrono::seconds(60);
    return subprocess::run(command);
  }

  Database m_database;
  TempFolder m_folder;
};

TEST_F(Action, FailsWithAnnotationsAndASummary) {
  const auto run = check("", "--table 'u*' --strict");
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "users.name missing"));
  EXPECT_TRUE(contains(run.err, "::error file=spec.yaml,line=1"));
  EXPECT_TRUE(contains(m_folder.read("summary"), "users.name"));
  EXPECT_EQ(m_folder.read("output"),
            "verdict=drift\nreport=" + m_folder.path("pgmend-report.json") + "\n");
}

TEST_F(Action, RunsTheMigrationsAndRepairsNothing) {
  const auto run = check("echo \"it's migrated\" && exit 0");
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "it's migrated"));
  EXPECT_EQ(m_database.value("SELECT count(*) FROM pg_attribute WHERE attname = 'name' AND "
                             "attrelid = 'users'::regclass"),
            "0");
  m_database.exec("ALTER TABLE users ADD name text");
  EXPECT_EQ(check("true").exit_code, 0);
  EXPECT_TRUE(contains(m_folder.read("output"), "verdict=correct"));
}

TEST_F(Action, WhatAWorkflowSaysIsNoShellOfOurs) {
  const auto run = check("", "--table '$(touch here)' --table `touch here`");
  EXPECT_NE(run.exit_code, 0);
  EXPECT_FALSE(fs::exists(m_folder.path("here"))) << testing::PrintToString(run);
}

// What was pulled is built, or the image of the release before would be started for ever.
TEST(DeployExamples, ComposeBuildsOneImageAndKeepsTheData) {
  const auto run = python(
      "import sys, yaml\n"
      "file = yaml.safe_load(open(sys.argv[1]))\n"
      "services = file['services'].values()\n"
      "built = [service for service in services if 'build' in service]\n"
      "assert len(built) == 2 and {each.get('image') for each in built} == {'shop'}\n"
      "kept, place = file['services']['db']['volumes'][0].split(':')\n"
      "assert kept in file['volumes'] and place == '/var/lib/postgresql/data'\n",
      {(examples() / "compose.yaml").string()});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto bat = file::read_if_exists(examples() / "update.bat").value_or("");
  EXPECT_TRUE(contains_in_order(
      bat, {"git pull", "%COMPOSE% build --pull", "%COMPOSE% run", "%COMPOSE% up --detach ||"}));
}

}  // namespace
}  // namespace pgmend::test
