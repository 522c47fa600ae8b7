// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/cli.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

constexpr const char* k_password = "s3cret:Pässwörd/@x";
constexpr const char* k_encoded = "s3cret%3AP%C3%A4ssw%C3%B6rd%2F%40x";

/// The server that asks for a password, one for all of these tests.
PrivateServer& guarded_server() {
  static const auto server = [] {
    auto options = server_options();
    options.password = k_password;
    return std::make_unique<PrivateServer>(options);
  }();
  return *server;
}

class Password : public testing::Test {
 protected:
  Password() : m_database(guarded_server()) {
    m_database.exec("CREATE TABLE users (id int)");
    m_folder.write("pgmend.yaml", "tables: {users: {columns: {id: int, age: int}}}");
  }

  std::string url(const std::string& password) const {
    const auto colon = password.empty() ? "" : ":";
    return text::replace_all(m_database.url(), "postgres@", "postgres" + (colon + password) + "@");
  }
  RunResult run(const Arguments& args, const subprocess::Environment& env = {}) const {
    return run_pgmend(args, {.env = env, .cwd = m_folder.path()});
  }

  Database m_database;
  TempFolder m_folder;
};

testing::AssertionResult silent_about_it(const RunResult& result) {
  for (const auto& text : {result.out, result.err})
    for (const auto* word : {k_password, k_encoded, "s3cret", "sswör", "rd/@"})
      if (const auto found = contains_not(text, word); !found) return found;
  return testing::AssertionSuccess();
}

TEST_F(Password, AWrongOneIsSaidToBeWrong) {
  const auto before = m_database.fingerprint();
  const auto result = run({"ensure", "-d", url("wr0ng")});
  EXPECT_EQ(3, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "Could not verify schema - postgres@"));
  EXPECT_TRUE(
      contains(unwrapped(result.err), "password authentication failed for user \"postgres\""));
  EXPECT_TRUE(
      contains(unwrapped(result.err), "hint: check the user and the password (.env, secrets)"));
  EXPECT_TRUE(contains_not(result.err + result.out, "wr0ng"));
  EXPECT_EQ(before, m_database.fingerprint());
}

TEST_F(Password, NoneAtAll) {
  const auto result = run({"verify", "-d", url("")});
  EXPECT_EQ(3, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "no password supplied"));
  EXPECT_TRUE(contains(unwrapped(result.err), "hint: give the password in the URL, PGPASSWORD"));
}

TEST_F(Password, OfTheUrlAppearsNowhereWhenAllGoesWell) {
  for (const Arguments& command : {Arguments{"verify"},
                                   {"plan"},
                                   {"ensure", "--dry-run"},
                                   {"ensure", "--verbose"},
                                   {"ensure", "--log-sql"},
                                   {"verify", "--quiet"},
                                   {"verify", "--log-sql", "-v"}}) {
    auto args = command;
    args.insert(args.end(), {"-d", url(k_encoded)});
    const auto result = run(args);
    EXPECT_LE(result.exit_code, 1);
    EXPECT_TRUE(silent_about_it(result)) << command.front();
  }
  EXPECT_EQ("age", m_database.value("SELECT attname FROM pg_attribute WHERE attname = 'age'"));
}

TEST_F(Password, AppearsNowhereWhenTheConnectionFails) {
  const auto good = url(k_encoded);
  const auto without_database = good.substr(0, good.rfind('/'));
  const auto host = good.find('@') + 1;
  for (const auto& broken :
       {without_database + "/no_such_shop", good + "?sslmode=nonsense", good + "?nonsense=1",
        good.substr(0, host) + "127.0.0.1:1/shop",
        good.substr(0, host) + "no-such-host.invalid/shop", good.substr(0, host) + "h:port/shop",
        good.substr(0, host - 1) + "%ZZ@h/shop", "mysql" + good.substr(10),
        text::replace_all(good, "postgres:", "nobody:"),
        "host=h password=" + std::string(k_password),
        std::string("postgresql://u:") + k_password + "@h:1:2/shop"}) {
    for (const auto* flag : {"--verbose", "--log-sql"}) {
      const auto result = run({"ensure", flag, "--connect-timeout", "1", "-d", broken});
      EXPECT_GE(result.exit_code, 2) << broken;
      EXPECT_NE("", result.err);
      EXPECT_TRUE(silent_about_it(result)) << broken;
    }
  }
}

TEST_F(Password, AppearsNowhereWhereverTheUrlStands) {
  const auto check = [&](const subprocess::Environment& env) {
    const auto result = run({"verify", "--log-sql"}, env);
    EXPECT_EQ(1, result.exit_code) << result.err;
    EXPECT_TRUE(silent_about_it(result));
  };
  check({{"DATABASE_URL", url(k_encoded)}});
  check({{"DB_HOST", guarded_server().folder()},
         {"DB_PORT", std::to_string(guarded_server().port())},
         {"DB_USER", "postgres"},
         {"DB_PASSWORD", k_password},
         {"DB_NAME", m_database.name()}});
  m_folder.write("alembic.ini",
                 "[alembic]\nsqlalchemy.url = " + text::replace_all(url(k_encoded), "%", "%%"));
  check({});
  m_folder.write(".env", "DATABASE_URL=" + url(k_encoded) + "\n");
  check({});
}

TEST_F(Password, OfADeclaredDefaultUrlAppearsNowhere) {
  m_folder.write("pgmend.yaml", "database: '" + url(k_encoded) +
                                    "'\ntables: {users: {columns: {id: int, age: int}}}");
  EXPECT_TRUE(silent_about_it(run({"verify", "--log-sql"})));
  m_folder.write("pgmend.yaml", "database: '" + url(k_encoded) + "?x=1'\ntables: {users: }");
  const auto result = run({"verify", "--log-sql"});
  EXPECT_EQ(2, result.exit_code);
  EXPECT_TRUE(silent_about_it(result));
}

}  // namespace
}  // namespace pgmend::test
