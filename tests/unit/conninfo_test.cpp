// SPDX-License-Identifier: MIT
#include "pg/conninfo.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pgmend::pg {
namespace {

using P = ConnectionParameters;

struct UrlCase {
  const char* name;
  const char* text;
  P expected;
};

void PrintTo(const UrlCase& c, std::ostream* out) {
  *out << c.text;
}

const P k_shop = {{"host", "db"}, {"dbname", "shop"}};
const P k_full = {{"user", "app"},
                  {"password", "fake-pw"},
                  {"host", "db.example"},
                  {"port", "5433"},
                  {"dbname", "shop"}};

P with(P parameters, const std::string& keyword, const std::string& value) {
  parameters[keyword] = value;
  return parameters;
}

class Understands : public testing::TestWithParam<UrlCase> {};

TEST_P(Understands, Url) {
  try {
    EXPECT_EQ(parse_conninfo(GetParam().text).parameters, GetParam().expected);
  } catch (const ConninfoError& error) {
    FAIL() << error.what() << "; hint: " << error.hint();
  }
}

std::string case_name(const testing::TestParamInfo<UrlCase>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Schemes, Understands,
    testing::Values(
        UrlCase{"postgresql", "postgresql://app:fake-pw@db.example:5433/shop", k_full},
        UrlCase{"postgres", "postgres://app:fake-pw@db.example:5433/shop", k_full},
        UrlCase{"asyncpg", "postgresql+asyncpg://app:fake-pw@db.example:5433/shop", k_full},
        UrlCase{"psycopg", "postgresql+psycopg://app:fake-pw@db.example:5433/shop", k_full},
        UrlCase{"psycopg2", "postgresql+psycopg2://app:fake-pw@db.example:5433/shop", k_full},
        UrlCase{"psycopg_async", "postgresql+psycopg_async://app:fake-pw@db.example:5433/shop",
                k_full},
        UrlCase{"pg8000", "postgresql+pg8000://app:fake-pw@db.example:5433/shop", k_full},
        UrlCase{"postgres_asyncpg", "postgres+asyncpg://db/shop", k_shop},
        UrlCase{"upper_case", "PostgreSQL+AsyncPG://db/shop", k_shop},
        UrlCase{"postgis", "postgis://db/shop", k_shop},
        UrlCase{"pgsql", "pgsql://db/shop", k_shop},
        UrlCase{"jdbc", "jdbc:postgresql://db.example:5433/shop?user=app&password=fake-pw", k_full},
        UrlCase{"keywords", "host=db dbname=shop", k_shop},
        UrlCase{"keywords_quoted", "host=db dbname='my shop'",
                P{{"host", "db"}, {"dbname", "my shop"}}},
        UrlCase{"keywords_with_url_inside", "host=db dbname=shop password=a://b",
                with(k_shop, "password", "a://b")},
        UrlCase{"service", "service=prod", P{{"service", "prod"}}},
        UrlCase{"blanks_around", "  postgresql://db/shop\n", k_shop},
        UrlCase{"quoted_by_env_file", "\"postgresql://db/shop\"", k_shop}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Parts, Understands,
    testing::Values(
        UrlCase{"nothing", "postgresql://", P{}},
        UrlCase{"database_only", "postgresql:///shop", P{{"dbname", "shop"}}},
        UrlCase{"host_only", "postgresql://db", P{{"host", "db"}}},
        UrlCase{"host_and_slash", "postgresql://db/", P{{"host", "db"}}},
        UrlCase{"user_only", "postgresql://app@/shop", P{{"user", "app"}, {"dbname", "shop"}}},
        UrlCase{"empty_port", "postgresql://db:/shop", k_shop},
        UrlCase{"empty_password", "postgresql://app:@db/shop", with(k_shop, "user", "app")},
        UrlCase{"empty_query", "postgresql://db/shop?", k_shop},
        UrlCase{"empty_value", "postgresql://db/shop?sslmode=&&application_name=", k_shop},
        UrlCase{"query_without_path", "postgresql://db?dbname=shop", k_shop},
        UrlCase{"query_without_path_with_at", "postgresql://db:5433?user=app@tenant",
                P{{"host", "db"}, {"port", "5433"}, {"user", "app@tenant"}}},
        UrlCase{"encoded_at", "postgresql://app:p%40ss@db/shop",
                with(with(k_shop, "user", "app"), "password", "p@ss")},
        UrlCase{"encoded_slash_and_colon", "postgresql://app:a%2Fb%3Ac@db/shop",
                with(with(k_shop, "user", "app"), "password", "a/b:c")},
        UrlCase{"encoded_percent", "postgresql://app:100%25@db/shop",
                with(with(k_shop, "user", "app"), "password", "100%")},
        UrlCase{"raw_at_in_password", "postgresql://app:p@ss@db/shop",
                with(with(k_shop, "user", "app"), "password", "p@ss")},
        UrlCase{"raw_colon_in_password", "postgresql://app:a:b@db/shop",
                with(with(k_shop, "user", "app"), "password", "a:b")},
        UrlCase{"raw_question_in_password", "postgresql://app:why?@db/shop",
                with(with(k_shop, "user", "app"), "password", "why?")},
        UrlCase{"raw_hash_in_password", "postgresql://app:a#b@db/shop",
                with(with(k_shop, "user", "app"), "password", "a#b")},
        UrlCase{"encoded_user", "postgresql://app%40tenant:x@db/shop",
                with(with(k_shop, "user", "app@tenant"), "password", "x")},
        UrlCase{"utf8_database", "postgresql://db/b%C3%BCcher",
                P{{"host", "db"},
                  {"dbname",
                   "b\xC3\xBC"
                   "cher"}}},
        UrlCase{"ipv6", "postgresql://app@[::1]:5433/shop",
                P{{"user", "app"}, {"host", "::1"}, {"port", "5433"}, {"dbname", "shop"}}},
        UrlCase{"several_hosts", "postgresql://h1:1,h2:2/shop",
                P{{"host", "h1,h2"}, {"port", "1,2"}, {"dbname", "shop"}}},
        UrlCase{"several_hosts_one_port", "postgresql://h1,h2:2/shop",
                P{{"host", "h1,h2"}, {"port", ",2"}, {"dbname", "shop"}}},
        UrlCase{"sqlalchemy_hosts", "postgresql://app@/shop?host=h1:1&host=h2:2",
                P{{"user", "app"}, {"host", "h1,h2"}, {"port", "1,2"}, {"dbname", "shop"}}},
        UrlCase{"asyncpg_hosts", "postgresql:///shop?host=h1,h2&port=1,2",
                P{{"host", "h1,h2"}, {"port", "1,2"}, {"dbname", "shop"}}},
        UrlCase{"query_host_ipv6", "postgresql:///shop?host=::1",
                P{{"host", "::1"}, {"dbname", "shop"}}},
        UrlCase{"socket_in_query", "postgresql+asyncpg://app@/shop?host=/cloudsql/p:eu:1",
                P{{"user", "app"}, {"host", "/cloudsql/p:eu:1"}, {"dbname", "shop"}}},
        UrlCase{"socket_in_host", "postgresql://app@%2Fcloudsql%2Fx/shop",
                P{{"user", "app"}, {"host", "/cloudsql/x"}, {"dbname", "shop"}}}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Queries, Understands,
    testing::Values(
        UrlCase{"sslmode", "postgresql://db/shop?sslmode=verify-full",
                with(k_shop, "sslmode", "verify-full")},
        UrlCase{"ssl_require", "postgresql+asyncpg://db/shop?ssl=require",
                with(k_shop, "sslmode", "require")},
        UrlCase{"ssl_true", "postgres://db/shop?ssl=true", with(k_shop, "sslmode", "require")},
        UrlCase{"ssl_python_true", "postgres://db/shop?ssl=True",
                with(k_shop, "sslmode", "require")},
        UrlCase{"ssl_false", "postgres://db/shop?ssl=false", with(k_shop, "sslmode", "disable")},
        UrlCase{"ssl_verify", "postgres://db/shop?ssl=verify-ca",
                with(k_shop, "sslmode", "verify-ca")},
        UrlCase{"ssl_does_not_weaken", "postgres://db/shop?sslmode=verify-full&ssl=true",
                with(k_shop, "sslmode", "verify-full")},
        UrlCase{"sslmode_after_ssl", "postgres://db/shop?ssl=true&sslmode=verify-full",
                with(k_shop, "sslmode", "verify-full")},
        UrlCase{"node_no_verify", "postgres://db/shop?sslmode=no-verify",
                with(k_shop, "sslmode", "require")},
        UrlCase{"asyncpg_timeout", "postgresql+asyncpg://db/shop?timeout=10.5",
                with(k_shop, "connect_timeout", "10")},
        UrlCase{"jdbc_names", "jdbc:postgresql://db/shop?ApplicationName=x&connectTimeout=3",
                with(with(k_shop, "application_name", "x"), "connect_timeout", "3")},
        UrlCase{"raw_equals_in_value", "postgresql://db/shop?options=-csearch_path=app",
                with(k_shop, "options", "-csearch_path=app")},
        UrlCase{"neon", "postgresql://db/shop?sslmode=require&channel_binding=require",
                with(with(k_shop, "sslmode", "require"), "channel_binding", "require")},
        UrlCase{"azure", "jdbc:postgresql://db:5432/shop?user=app@srv&sslmode=require",
                with(with(with(k_shop, "port", "5432"), "user", "app@srv"), "sslmode", "require")},
        UrlCase{
            "prisma",
            "postgresql://db/shop?schema=public&connection_limit=5&pool_timeout=2&pgbouncer=true",
            k_shop},
        UrlCase{"asyncpg_caches",
                "postgresql+asyncpg://db/shop?prepared_statement_cache_size=0&"
                "statement_cache_size=0&prepared_statement_name_func=f&async_fallback=true&"
                "server_settings=x&command_timeout=5&pool_size=3",
                k_shop},
        UrlCase{"golang_migrate", "postgres://db/shop?x-migrations-table=m", k_shop}),
    case_name);

TEST(Conninfo, NotesWhatWasLeftOutWithoutItsValue) {
  const auto notes = parse_conninfo("postgres://db/shop?pgbouncer=fake-value&schema=app").notes;
  EXPECT_EQ(notes, (std::vector<std::string>{
                       "the URL's parameter pgbouncer is another driver's and was left out",
                       "the URL's parameter schema is another driver's and was left out"}));
}

TEST(Conninfo, NotesNothingForATranslatedParameter) {
  EXPECT_TRUE(parse_conninfo("postgres://db/shop?ssl=require").notes.empty());
}

// ---- errors ----------------------------------------------------------------------------------

struct ErrorCase {
  const char* name;
  const char* text;      // every "FAKE" in it belongs to a password
  const char* expected;  // part of the message or the hint
};

void PrintTo(const ErrorCase& c, std::ostream* out) {
  *out << c.text;
}

std::string error_case_name(const testing::TestParamInfo<ErrorCase>& info) {
  return info.param.name;
}

class Refuses : public testing::TestWithParam<ErrorCase> {};

TEST_P(Refuses, WithoutShowingThePassword) {
  try {
    parse_conninfo(GetParam().text);
    FAIL() << "was accepted";
  } catch (const ConninfoError& error) {
    const auto text = std::string(error.what()) + "\nhint: " + error.hint();
    EXPECT_NE(text.find(GetParam().expected), std::string::npos) << text;
    EXPECT_EQ(text.find("FAKE"), std::string::npos) << text;
    EXPECT_EQ(text.find("db.example"), std::string::npos) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Errors, Refuses,
    testing::Values(
        ErrorCase{"bad_port", "postgres://app:FAKE@db.example:54x2/shop", "port"},
        ErrorCase{"port_too_large", "postgres://app:FAKE@db.example:70000/shop", "65535"},
        ErrorCase{"port_zero", "postgres://app:FAKE@db.example:0/shop", "65535"},
        ErrorCase{"port_endless", "postgres://app:FAKE@db.example:99999999999999999999/shop",
                  "65535"},
        ErrorCase{"bad_escape", "postgres://app:FAKE%zz@db.example/shop", "%25"},
        ErrorCase{"escape_cut_off", "postgres://app:FAKE%@db.example/shop", "%25"},
        ErrorCase{"escape_nul", "postgres://app:FAKE%00@db.example/shop", "%00"},
        ErrorCase{"bracket_missing", "postgres://app:FAKE@[::1/shop", "IPv6"},
        ErrorCase{"bracket_empty", "postgres://app:FAKE@[]/shop", "IPv6"},
        ErrorCase{"behind_bracket", "postgres://app:x@[::1]FAKE/shop", "not readable"},
        ErrorCase{"raw_slash", "postgres://app:FAKE/FAKE@db.example/shop", "%2F"},
        ErrorCase{"raw_slash_after_digits", "postgres://app:12/FAKE@db.example/shop", "%2F"},
        ErrorCase{"raw_slash_and_question", "postgres://app:12/x?FAKE=x@db.example/shop",
                  "unknown connection parameter"},
        ErrorCase{"raw_slash_question_no_value", "postgres://app:12/x?FAKE@db.example/shop",
                  "no value"},
        ErrorCase{"raw_ampersand", "postgres://db.example/shop?password=a&FAKE=b",
                  "percent-encode"},
        ErrorCase{"raw_ampersand_no_value", "postgres://db.example/shop?password=a&FAKE", "%26"},
        ErrorCase{"other_scheme", "mysql://app:FAKE@db.example/shop", "mysql://"},
        ErrorCase{"sqlite", "sqlite:///FAKE.db", "sqlite://"},
        ErrorCase{"user_for_scheme", "app:FAKE://db.example/shop", "not a PostgreSQL URL"},
        ErrorCase{"no_scheme", "app:FAKE@db.example/shop", "postgresql://"},
        ErrorCase{"one_slash", "postgresql:/app:FAKE@db.example/shop", "postgresql://"},
        ErrorCase{"line_break", "postgres://app:FAKE\nFAKE@db.example/shop", "line break"},
        ErrorCase{"misspelled", "postgres://app:FAKE@db.example/shop?sslmod=require",
                  "did you mean sslmode?"},
        ErrorCase{"unknown", "postgres://app:FAKE@db.example/shop?colour=red",
                  "unknown connection parameter colour"},
        ErrorCase{"ssl_value", "postgres://app:FAKE@db.example/shop?ssl=FAKE", "sslmode=require"},
        ErrorCase{"newer_libpq", "postgres://app:FAKE@db.example/shop?oauth_scope=x",
                  "newer libpq"},
        ErrorCase{"keyword_misspelled", "hst=db.example dbname=shop password=FAKE",
                  "did you mean host?"},
        ErrorCase{"keyword_unknown", "colour=red dbname=shop password=FAKE", "colour"},
        ErrorCase{"keyword_in_password", "host=db.example password=two FAKE=x",
                  "unknown connection parameter"},
        ErrorCase{"keyword_blank_in_password", "host=db.example password=two FAKE", "quotes"},
        ErrorCase{"keyword_open_quote", "host=db.example password='FAKE", "quotes"},
        ErrorCase{"bare_word", "FAKE", "expected a URL"}, ErrorCase{"empty", "", "empty"},
        ErrorCase{"blank", "  \n", "empty"}, ErrorCase{"empty_quotes", "\"\"", "empty"}),
    error_case_name);

/// Cuts, doubles and replaces characters of a URL: whatever comes of it, no error shows the secret.
TEST(Conninfo, NoDamagedUrlShowsThePassword) {
  const std::string url = "postgresql+asyncpg://app:FAKEPW@[::1]:5432/shop?ssl=true&sslrootcert=x";
  const std::string replacements = "%/@:?&=[] '\"#\\";
  for (std::size_t at = 0; at < url.size(); ++at) {
    for (const char c : replacements) {
      for (const std::size_t erased : {std::size_t{0}, std::size_t{1}}) {
        const auto damaged = std::string(url).replace(at, erased, 1, c);
        try {
          auto parameters = parse_conninfo(damaged).parameters;
          parameters.erase("user");  // `app@FAKEPW@`: without its colon it cannot be told apart
          EXPECT_EQ(describe(parameters).find("FAKE"), std::string::npos) << damaged;
        } catch (const ConninfoError& error) {
          const auto text = std::string(error.what()) + error.hint();
          EXPECT_EQ(text.find("FAKE"), std::string::npos) << damaged << '\n' << text;
        }
      }
    }
  }
}

// ---- describe --------------------------------------------------------------------------------

TEST(Describe, SaysUserHostPortAndDatabase) {
  EXPECT_EQ(describe(k_full), "app@db.example:5433/shop");
}

TEST(Describe, LeavesOutWhatIsNotSaid) {
  EXPECT_EQ(describe(k_shop), "db/shop");
  EXPECT_EQ(describe({{"dbname", "shop"}}), "/shop");
  EXPECT_EQ(describe({{"host", "db"}}), "db");
  EXPECT_EQ(describe({}), "libpq's defaults");
}

TEST(Describe, ShowsNoSecret) {
  const auto text = describe({{"host", "db"}, {"password", "FAKE"}, {"sslpassword", "FAKE"}});
  EXPECT_EQ(text, "db");
}

TEST(Describe, ShowsSocketFoldersAndAddressesInBrackets) {
  EXPECT_EQ(describe({{"host", "/cloudsql/x"}, {"dbname", "shop"}}), "[/cloudsql/x]/shop");
  EXPECT_EQ(describe({{"host", "::1"}, {"port", "5433"}}), "[::1]:5433");
  EXPECT_EQ(describe({{"hostaddr", "10.0.0.1"}, {"dbname", "shop"}}), "10.0.0.1/shop");
}

TEST(Describe, ShowsEveryHostWithItsPort) {
  EXPECT_EQ(describe({{"host", "h1,h2"}, {"port", "1,2"}, {"dbname", "shop"}}), "h1:1,h2:2/shop");
  EXPECT_EQ(describe({{"host", "h1,h2"}, {"port", "5433"}}), "h1:5433,h2:5433");
  EXPECT_EQ(describe({{"host", "h1,h2,h3"}, {"port", ",2"}}), "h1,h2:2,h3:2");
}

TEST(Describe, NamesTheService) {
  EXPECT_EQ(describe({{"service", "prod"}}), "service prod");
  EXPECT_EQ(describe({{"service", "prod"}, {"user", "app"}}), "app@ (service prod)");
}

}  // namespace
}  // namespace pgmend::pg
