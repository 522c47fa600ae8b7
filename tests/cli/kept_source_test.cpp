// SPDX-License-Identifier: MIT
// What a source came to is kept: loaded again only when something of it has changed.
#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <regex>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;

class KeptSource : public CliTest {
 protected:
  KeptSource() {
    write("schema.sql",
          "CREATE TABLE users (id int PRIMARY KEY);\n"
          "CREATE TABLE api_keys (id int PRIMARY KEY, user_id int NOT NULL,\n"
          "  instance_id text, is_active boolean NOT NULL DEFAULT true);\n");
  }

  void write(const std::string& file, const std::string& text) const { folder().write(file, text); }
  RunResult check(Arguments args = {}, subprocess::Environment env = {}) const {
    args.insert(args.begin(), {"verify", "-s", m_source});
    env.try_emplace("XDG_CACHE_HOME", cache());
    return run(args, "postgres", env);
  }
  std::string cache() const { return folder().path("cache"); }
  void name(std::string source) { m_source = std::move(source); }

  static bool was_loaded(const RunResult& result) {
    return unwrapped(result.out).find("not loaded again (--no-cache does)") == std::string::npos;
  }
  void expect_loaded_once(const char* why, const subprocess::Environment& env = {}) const {
    EXPECT_TRUE(was_loaded(check({}, env))) << why;
    EXPECT_FALSE(was_loaded(check({}, env))) << "again, and " << why;
  }
  std::string kept_file() const {
    for (const auto& entry : fs::directory_iterator(cache() + "/pgmend"))
      if (entry.path().extension() == ".compiled") return entry.path().string();
    return {};
  }

 private:
  std::string m_source = "schema.sql";
};

/// But for what is said of loading and when.
std::string told(const RunResult& result) {
  static const std::regex k_notes("note:[^✓✗]*");
  return std::regex_replace(unwrapped(result.out), k_notes, "");
}

TEST_F(KeptSource, IsLoadedOnceAndComesToTheSame) {
  write("schema.sql",
        "CREATE TABLE users (id int PRIMARY KEY, nick text DEFAULT 'none');\n"
        "CREATE VIEW nicks AS SELECT nick FROM users;\nGRANT SELECT ON users TO somebody;\n");
  const auto first = check();
  const auto again = check();
  EXPECT_TRUE(was_loaded(first));
  EXPECT_FALSE(was_loaded(again));
  EXPECT_EQ(exit_drift, again.exit_code) << again.out << again.err;
  EXPECT_EQ(told(first), told(again));
  EXPECT_TRUE(contains(unwrapped(again.out), "roles made on the scratch server: somebody"));
  EXPECT_TRUE(contains(unwrapped(again.out), "loaded into a private PostgreSQL "));
  EXPECT_TRUE(was_loaded(check({"--no-cache"})));
  const auto mended =
      run({"ensure", "-s", "schema.sql"}, "postgres", {{"XDG_CACHE_HOME", cache()}});
  EXPECT_FALSE(was_loaded(mended));
  EXPECT_EQ(exit_correct, mended.exit_code) << mended.out << mended.err;
  EXPECT_EQ("id integer, nick text", columns("users"));
}

TEST_F(KeptSource, IsLoadedAgainWhenAFileChanged) {
  expect_loaded_once("nothing is known");
  write("schema.sql", "CREATE TABLE users (id int PRIMARY KEY);\n\\i more.sql\n");
  write("more.sql", "CREATE TABLE api_keys ();\n");
  expect_loaded_once("it includes another one");
  write("more.sql", "CREATE TABLE api_keys (id int);\n");
  expect_loaded_once("the other one changed");
  fs::remove(folder().path("more.sql"));
  EXPECT_EQ(exit_usage, check().exit_code);
}

TEST_F(KeptSource, IsLoadedAgainWhenAFileComesOrGoes) {
  write("sql/1.sql", "CREATE TABLE users (id int PRIMARY KEY);");
  name("sql");
  expect_loaded_once("nothing is known");
  write("sql/sub/2.sql", "CREATE VIEW ids AS SELECT id FROM users;");
  const auto added = check();
  EXPECT_TRUE(was_loaded(added));
  EXPECT_TRUE(contains(added.out, "ids"));
  write("sql/notes.txt", "no schema");
  EXPECT_FALSE(was_loaded(check()));
  fs::remove(folder().path("sql/sub/2.sql"));
  EXPECT_TRUE(was_loaded(check()));
}

TEST_F(KeptSource, IsLoadedAgainForAnotherSortOfTarget) {
  expect_loaded_once("nothing is known");
  const auto other = db().value("SELECT 'kept_latin_' || pg_backend_pid()");
  db().exec("CREATE DATABASE " + other +
            " TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
  const auto url = std::regex_replace(db().url(), std::regex(db().name()), other);
  const auto elsewhere = [&] {
    return run_bare({"verify", "-s", "schema.sql", "-d", url}, {{"XDG_CACHE_HOME", cache()}});
  };
  EXPECT_TRUE(was_loaded(elsewhere()));
  EXPECT_FALSE(was_loaded(elsewhere()));
  EXPECT_FALSE(was_loaded(check())) << "each has its own";
  db().exec("DROP DATABASE " + other);
}

TEST_F(KeptSource, IsLoadedAgainWithOtherOptionsAndVariables) {
  expect_loaded_once("nothing is known");
  EXPECT_TRUE(was_loaded(check({"--with", "privileges"})));
  expect_loaded_once("sessions begin otherwise", {{"PGOPTIONS", "-c timezone=Asia/Tokyo"}});
  expect_loaded_once("other programs may be found", {{"PATH", "/usr/bin:/bin:/nowhere"}});
  EXPECT_TRUE(was_loaded(check({}, {{"PGSERVICEFILE", "/nonexistent"}, {"PGSYSCONFDIR", "/"}})));
}

TEST_F(KeptSource, IsLoadedAgainByAnotherProgram) {
  expect_loaded_once("nothing is known");
  const auto program = folder().path("another");
  fs::copy_file(PGMEND_BINARY, program);
  subprocess::Command command;
  command.argv = {program, "verify", "-s", "schema.sql", "-d", db().url()};
  command.env = clean_environment({{"XDG_CACHE_HOME", cache()}});
  command.cwd = folder().path();
  EXPECT_TRUE(was_loaded(subprocess::run(command)));
  EXPECT_FALSE(was_loaded(subprocess::run(command)));
}

TEST_F(KeptSource, ADamagedOneIsNotUsed) {
  expect_loaded_once("nothing is known");
  const auto text = folder().read("cache/pgmend/" + fs::path(kept_file()).filename().string());
  ASSERT_TRUE(contains(text, "column public.users.id type=\"integer\""));
  const auto put = [&](const std::string& damaged) {
    std::ofstream(kept_file(), std::ios::trunc) << damaged;
  };
  put(text.substr(0, text.size() / 2));
  expect_loaded_once("it is cut off");
  put(std::regex_replace(text, std::regex("type=\"integer\""), "type=\"bigint\" "));
  expect_loaded_once("somebody changed it");
  put("");
  expect_loaded_once("it is empty");
  put("pgmend compiled 1 99999999999 99999999999 0 0\n");
  expect_loaded_once("it says more than it has");
}

TEST_F(KeptSource, IsForTheUserAloneAndHoldsNoSecret) {
  write("schema.sql",
        "CREATE TABLE users (id int PRIMARY KEY);\nCREATE ROLE app PASSWORD 'open-sesame';\n");
  EXPECT_TRUE(was_loaded(check({}, {{"PGPASSWORD", "hush-hush"}})));
  for (const auto& entry : fs::recursive_directory_iterator(cache())) {
    struct stat found = {};
    ASSERT_EQ(0, ::stat(entry.path().c_str(), &found));
    EXPECT_EQ(0U, found.st_mode & 077U) << entry.path();
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const auto* secret : {"open-sesame", "hush-hush"})
      EXPECT_EQ(std::string::npos, text.find(secret)) << entry.path();
  }
}

TEST_F(KeptSource, WhereTheCacheCannotBeWrittenItIsLoadedEachTime) {
  write("cache", "a file stands here");
  EXPECT_TRUE(was_loaded(check()));
  const auto again = check();
  EXPECT_TRUE(was_loaded(again));
  EXPECT_EQ(exit_correct, again.exit_code);
}

TEST_F(KeptSource, WhatDependsOnTheDayIsLoadedEachTime) {
  write("schema.sql",
        "CREATE TABLE users (id int PRIMARY KEY);\n"
        "DO $$ BEGIN IF current_date > '2020-01-01' THEN CREATE TABLE late (); END IF; END $$;\n");
  EXPECT_TRUE(was_loaded(check()));
  EXPECT_TRUE(was_loaded(check()));
}

}  // namespace
}  // namespace pgmend::test
