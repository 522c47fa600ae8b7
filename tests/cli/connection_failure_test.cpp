// SPDX-License-Identifier: MIT

#include <chrono>

#include "app/database/target.hpp"
#include "cli/cli.hpp"
#include "support/deaf_port.hpp"

namespace pgmend::test {
namespace {

class ConnectionFailure : public CliTest {
 protected:
  ConnectionFailure() { spec("tables: {api_keys: {columns: {webhook_url: text}}}"); }
  RunResult run_url(const std::string& command, const std::string& url) const {
    return run_bare({command, "--connect-timeout", "1", "--database", url});
  }
};

TEST_F(ConnectionFailure, ServerDownNamesThePlaceAndAsksWhetherItRuns) {
  const DeafPort port(false);
  for (const auto* command : {"verify", "ensure", "plan"}) {
    const auto result = run_url(command, port.url());
    EXPECT_EQ(exit_unverified, result.exit_code) << command;
    EXPECT_EQ("", result.out);
    const auto said = unwrapped(result.err);
    EXPECT_TRUE(contains(said, "Could not verify schema - app@127.0.0.1:"));
    EXPECT_TRUE(contains(said, "/shop (--database): "));
    EXPECT_TRUE(contains(said, "Connection refused Is the server running on that host"));
    EXPECT_TRUE(contains(said, "hint: is the server running and reachable from here? try: "));
  }
}

TEST_F(ConnectionFailure, NoSuchSocketFolder) {
  const auto result = run_url("verify", "postgresql://app@%2Fno%2Fsuch/shop");
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "No such file or directory"));
  EXPECT_TRUE(contains(unwrapped(result.err), "hint: is the server running"));
}

TEST_F(ConnectionFailure, TimeoutIsHeededAndExplained) {
  const DeafPort port(true);
  const auto started = std::chrono::steady_clock::now();
  const auto result = run_url("verify", port.url());
  const auto took = std::chrono::steady_clock::now() - started;
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_GE(took, std::chrono::milliseconds(900));
  EXPECT_LT(took, std::chrono::seconds(5));
  EXPECT_TRUE(contains(unwrapped(result.err), "timeout expired while connecting"));
  EXPECT_TRUE(contains(unwrapped(result.err),
                       "hint: check host, port and firewall; wait longer with --connect-timeout"));
}

TEST_F(ConnectionFailure, TimeoutOfTheUrlCountsToo) {
  const DeafPort port(true);
  const auto started = std::chrono::steady_clock::now();
  const auto result = run_bare({"verify", "--database", port.url() + "?connect_timeout=1"});
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
}

TEST_F(ConnectionFailure, NoSuchDatabase) {
  auto url = db().url();
  url.replace(url.rfind('/'), std::string::npos, "/no_such_shop");
  const auto result = run_url("ensure", url);
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "FATAL: database \"no_such_shop\" does not exist"));
  EXPECT_TRUE(contains(unwrapped(result.err), "hint: create the database, or correct its name"));
}

TEST_F(ConnectionFailure, NoSuchRole) {
  const auto result = run_url("ensure", db().url("no_such_role"));
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "role \"no_such_role\" does not exist"));
  EXPECT_TRUE(contains(unwrapped(result.err), "hint: check the user of the connection"));
}

TEST_F(ConnectionFailure, UnknownHost) {
  const auto result = run_url("verify", "postgresql://app@no-such-host.invalid/shop");
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "could not translate host name"));
  EXPECT_TRUE(contains(unwrapped(result.err), "hint: check the host name"));
}

TEST_F(ConnectionFailure, NothingSaysWhichDatabase) {
  const auto result = run_bare({"verify"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "no database given\n"));
  EXPECT_TRUE(contains(result.err, "hint: use --database postgresql://USER@HOST/DATABASE, or set"));
}

TEST_F(ConnectionFailure, UnreadableUrlIsWrongUsage) {
  const auto result = run_url("verify", "mysql://app@localhost/shop");
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(
      contains(unwrapped(result.err), "--database: not a PostgreSQL URL: it starts with mysql://"));
  EXPECT_TRUE(contains(unwrapped(result.err), "hint: pgmend works with PostgreSQL only"));
}

// The server is there: what they do not agree on is TLS.
TEST(ConnectionHint, NamesWhatIsWrongWithCertificates) {
  const auto hint = [](const std::string& message) {
    return app::connection_hint(pg::ConnectionError(
        {.sqlstate = "", .message = message, .detail = "", .hint = "", .query = ""}));
  };
  EXPECT_TRUE(contains(hint("server certificate for \"a\" does not match host name \"b\""),
                       "sslmode=verify-ca"));
  EXPECT_TRUE(contains(hint("SSL error: certificate verify failed"), "sslrootcert=FILE"));
  EXPECT_TRUE(contains(hint("root certificate file \"/root/.postgresql/root.crt\" does not exist"),
                       "sslrootcert=FILE"));
  EXPECT_TRUE(contains(hint("server does not support SSL, but SSL was required"), "turn on ssl"));
  EXPECT_TRUE(contains(hint("FATAL:  connection requires a valid client certificate"), "sslcert="));
  EXPECT_TRUE(contains(hint("Connection refused"), "is the server running"));
}

}  // namespace
}  // namespace pgmend::test
