// SPDX-License-Identifier: MIT
// Whatever the role or the database set for their sessions, the report is the same.
#include <fmt/format.h>

#include "cli/cli.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

constexpr const char* k_odd_settings[] = {
    "DateStyle = 'SQL, DMY'",
    "IntervalStyle = 'iso_8601'",
    "TimeZone = 'Pacific/Chatham'",
    "search_path = 'elsewhere, pg_temp, pg_catalog, public'",
    "quote_all_identifiers = on",
    "statement_timeout = '50ms'",
    "lock_timeout = '1ms'",
    "idle_in_transaction_session_timeout = '50ms'",
    "standard_conforming_strings = off",
    "escape_string_warning = on",
    "backslash_quote = on",
    "bytea_output = 'escape'",
    "extra_float_digits = -15",
    "default_transaction_read_only = on",
    "default_transaction_isolation = 'serializable'",
    "default_transaction_deferrable = on",
    "row_security = on",
    "xmloption = 'document'",
    "lc_messages = 'C'",
    "client_encoding = 'LATIN1'",
    "array_nulls = off",
    "transform_null_equals = on",
    "check_function_bodies = on",
    "default_tablespace = 'pg_default'",
    "temp_tablespaces = 'pg_default'",
    "default_toast_compression = 'pglz'",
    "client_min_messages = 'debug1'",
    "from_collapse_limit = 1",
    "jit = on",
    "synchronous_commit = off",
};

class PinnedSession : public CliTest {
 protected:
  PinnedSession() : m_plain(db(), "LOGIN SUPERUSER"), m_odd(db(), "LOGIN SUPERUSER") {
    db().exec(
        "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.api_keys (id text);"
        "CREATE TYPE elsewhere.mood AS ENUM ('x'); CREATE TYPE mood AS ENUM ('fine', 'bad');"
        "CREATE FUNCTION elsewhere.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT 1';"
        "CREATE TABLE events (id int, at timestamptz DEFAULT '2024-02-01 00:00+00',"
        " day date DEFAULT '2024-02-01', lasting interval DEFAULT '1 day 2 hours',"
        " raw bytea DEFAULT '\\x00ff', ratio float8 DEFAULT 0.1, path text DEFAULT E'a\\\\b',"
        " mood mood DEFAULT 'fine', other interval DEFAULT '3 days', CHECK (id <> NULL));"
        "CREATE INDEX ix_lower ON events (lower(path)) WHERE day > '2024-02-01'");
    for (const auto* setting : k_odd_settings)
      db().exec(fmt::format("ALTER ROLE {} SET {}", m_odd.name(), setting));
    spec(
        "tables:\n"
        "  events:\n"
        "    columns:\n"
        "      at: timestamptz DEFAULT '2024-02-01 00:00+00'\n"
        "      day: date DEFAULT '2024-02-01'\n"
        "      lasting: interval DEFAULT '1 day 2 hours'\n"
        "      raw: bytea DEFAULT '\\x00ff'\n"
        "      ratio: float8 DEFAULT 0.1\n"
        "      path: text DEFAULT 'a\\b'\n"
        "      mood: mood DEFAULT 'fine'\n"
        "      other: interval DEFAULT '4 days'\n"
        "      fresh: \"bytea DEFAULT '\\\\x00ff'\"\n"
        "    indexes:\n"
        "      ix_lower: (lower(path)) WHERE day > '2024-02-01'\n"
        "      ix_gone: (lower(path)) WHERE at > '2024-02-01'\n"
        "  api_keys:\n"
        "    columns: {id: int PRIMARY KEY, user_id: int NOT NULL REFERENCES users}\n");
  }

  /// With the role's name taken out, so that lines do not depend on it.
  std::string report(const Arguments& args, const Role& role) const {
    const auto result = run(args, role.name());
    EXPECT_EQ("", result.err);
    return fmt::format("{}exit code {}", text::replace_all(result.out, role.name(), "ROLE"),
                       result.exit_code);
  }

  Role m_plain;
  Role m_odd;
};

TEST_F(PinnedSession, TheSettingsAreThere) {
  auto connection = db().connect(m_odd.name());
  EXPECT_EQ("50ms", connection.query("SHOW statement_timeout").get(0, 0));
  EXPECT_EQ("on", connection.query("SHOW quote_all_identifiers").get(0, 0));
}

TEST_F(PinnedSession, SameReportFromVerify) {
  ASSERT_EQ(m_plain.name().size(), m_odd.name().size());
  const auto plain = report({"verify", "--verbose"}, m_plain);
  EXPECT_TRUE(contains_line(plain, "✓ events.lasting exists"));
  EXPECT_TRUE(contains_line(plain, "✓ index events.ix_lower exists"));
  EXPECT_TRUE(contains_line(plain, "✗ events.other default different"));
  EXPECT_TRUE(contains_line(plain, "expected: '4 days'::interval"));
  EXPECT_TRUE(contains(plain, "Schema verification FAILED - 3 differences"));
  EXPECT_EQ(plain, report({"verify", "--verbose"}, m_odd));
}

TEST_F(PinnedSession, SamePlan) {
  const auto plain = report({"plan"}, m_plain);
  EXPECT_TRUE(contains(plain, R"(ADD COLUMN "fresh" bytea DEFAULT '\x00ff'::bytea)"));
  EXPECT_EQ(plain, report({"plan"}, m_odd));
}

TEST_F(PinnedSession, SettingsOfTheDatabaseNeither) {
  const auto plain = report({"verify", "--verbose"}, m_plain);
  // Ours may be read-only by default from some point on.
  const auto alter = [&](const std::string& how) {
    db().exec(fmt::format("BEGIN READ WRITE; ALTER DATABASE {} {}; COMMIT", db().name(), how));
  };
  for (const auto* setting : k_odd_settings) alter(std::string("SET ") + setting);
  EXPECT_EQ(plain, report({"verify", "--verbose"}, m_plain));
  alter("RESET ALL");
}

TEST_F(PinnedSession, SettingsOfTheConnectionNeither) {
  const auto plain = report({"verify", "--verbose"}, m_plain);
  const auto result = run({"verify", "--verbose"}, m_plain.name(),
                          {{"PGOPTIONS",
                            "-c statement_timeout=50 -c search_path=elsewhere "
                            "-c quote_all_identifiers=on -c IntervalStyle=iso_8601"},
                           {"PGDATESTYLE", "German"},
                           {"PGTZ", "Pacific/Chatham"},
                           {"PGCLIENTENCODING", "LATIN1"}});
  EXPECT_EQ(plain,
            fmt::format("{}exit code {}", text::replace_all(result.out, m_plain.name(), "ROLE"),
                        result.exit_code));
}

TEST_F(PinnedSession, EnsureMendsUnderThemToo) {
  const auto result = run({"ensure", "--allow", "alter"}, m_odd.name());
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_EQ("\\x00ff", db().value("INSERT INTO events (id) VALUES (1) RETURNING fresh"));
  EXPECT_EQ(exit_correct, run({"verify"}, m_plain.name()).exit_code);
}

}  // namespace
}  // namespace pgmend::test
