// SPDX-License-Identifier: MIT
// Where the connection comes from, as the report says it: each place beats those after it.
#include <fmt/format.h>

#include "cli/cli.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

class ConnectionOrder : public CliTest {
 protected:
  ConnectionOrder() { set_spec(""); }

  void set_spec(const std::string& head) const {
    spec(head + "tables: {users: {columns: {id: int NOT NULL}}}\n");
  }
  /// The place that the report names, or the error.
  std::string origin(const subprocess::Environment& env, Arguments args = {}) const {
    args.insert(args.begin(), "verify");
    const auto result = run_bare(args, env);
    if (result.exit_code != exit_correct) return result.out + result.err;
    const auto said = unwrapped(result.out);
    const auto from = said.find("(from ") + 6;
    return said.substr(from, said.find(") expected:") - from);
  }
  subprocess::Environment parts(const std::string& prefix) const {
    return {{prefix + "_HOST", db().server().folder()},
            {prefix + "_PORT", std::to_string(db().server().port())},
            {prefix + "_USER", "postgres"},
            {prefix + (prefix == "DB" ? "_NAME" : "_DB"), db().name()}};
  }
  subprocess::Environment libpq() const {
    return {{"PGHOST", db().server().folder()},
            {"PGPORT", std::to_string(db().server().port())},
            {"PGUSER", "postgres"},
            {"PGDATABASE", db().name()}};
  }
  std::string url() const { return db().url(); }
  /// Using this one would fail.
  static std::string wrong() { return "postgresql://nobody@%2Fno%2Fsuch/wrong"; }
  static void add(subprocess::Environment& env, const subprocess::Environment& more) {
    env.insert(more.begin(), more.end());
  }
};

TEST_F(ConnectionOrder, TheOptionBeatsAll) {
  folder().write(".env", "PGMEND_DATABASE_URL=" + wrong());
  EXPECT_EQ("--database", origin({{"PGMEND_DATABASE_URL", wrong()}, {"DATABASE_URL", wrong()}},
                                 {"--database", url()}));
}

TEST_F(ConnectionOrder, OurVariableBeatsTheApplications) {
  EXPECT_EQ("PGMEND_DATABASE_URL in the environment",
            origin({{"PGMEND_DATABASE_URL", url()}, {"DATABASE_URL", wrong()}}));
  folder().write(".env", "PGMEND_DATABASE_URL=" + url());
  EXPECT_EQ("PGMEND_DATABASE_URL in .env", origin({{"DATABASE_URL", wrong()}}));
}

TEST_F(ConnectionOrder, TheEnvironmentBeatsDotEnv) {
  folder().write(".env", "DATABASE_URL=" + wrong());
  EXPECT_EQ("DATABASE_URL in the environment", origin({{"DATABASE_URL", url()}}));
}

TEST_F(ConnectionOrder, DotEnvBeatsTheParts) {
  folder().write(".env", "export DATABASE_URL=\"" + url() + "\"  # the shop\n");
  EXPECT_EQ("DATABASE_URL in .env", origin({{"DB_HOST", "/no/such"}, {"DB_NAME", "wrong"}}));
}

TEST_F(ConnectionOrder, ThePartsBeatTheSpec) {
  set_spec("database: " + wrong() + "\n");
  EXPECT_EQ("DB_HOST and DB_NAME in the environment", origin(parts("DB")));
  EXPECT_EQ("POSTGRES_HOST and POSTGRES_DB in the environment", origin(parts("POSTGRES")));
  std::string text;
  for (const auto& [name, value] : parts("DB")) text += name + "=" + value + "\n";
  folder().write(".env", text);
  EXPECT_EQ("DB_HOST and DB_NAME in .env", origin({}));
}

TEST_F(ConnectionOrder, TheSpecBeatsAlembic) {
  folder().write("alembic.ini", "[alembic]\nsqlalchemy.url = postgresql://nobody@/wrong\n");
  set_spec("database: ${SHOP_URL}\n");
  EXPECT_EQ("database in pgmend.yaml", origin({{"SHOP_URL", url()}}));
}

TEST_F(ConnectionOrder, AlembicBeatsLibpqsVariables) {
  folder().write("alembic.ini",
                 "[alembic]\nsqlalchemy.url = " + text::replace_all(url(), "%", "%%") + "\n");
  EXPECT_EQ("sqlalchemy.url in alembic.ini", origin({{"PGHOST", "/no/such"}, {"PGUSER", "x"}}));
}

TEST_F(ConnectionOrder, LibpqsVariablesComeLast) {
  EXPECT_TRUE(contains_match(origin(libpq()), "^PGHOST, .*PGDATABASE.* in the environment$"));
  folder().write("alembic.ini",
                 "[alembic]\nsqlalchemy.url = driver://user:pass@localhost/dbname\n");
  EXPECT_TRUE(contains(origin(libpq()), "PGHOST, "));
}

TEST_F(ConnectionOrder, AnEmptyVariableIsNone) {
  folder().write(".env", "DATABASE_URL=" + url());
  EXPECT_EQ("DATABASE_URL in .env", origin({{"DATABASE_URL", ""}, {"PGMEND_DATABASE_URL", ""}}));
}

TEST_F(ConnectionOrder, SqlalchemysSpellingsAreUnderstood) {
  for (const auto* scheme :
       {"postgres", "postgresql+asyncpg", "postgresql+psycopg2", "postgresql+psycopg"}) {
    const auto spelled = text::replace_all(url(), "postgresql:", std::string(scheme) + ":");
    EXPECT_EQ("DATABASE_URL in the environment", origin({{"DATABASE_URL", spelled}})) << scheme;
  }
}

TEST_F(ConnectionOrder, ADirectUrlBeatsAPooledOneAndSaysSo) {
  const auto result = run_bare({"verify"}, {{"DIRECT_URL", url()}, {"DATABASE_URL", wrong()}});
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.out),
                       "note: DIRECT_URL in the environment is used rather than DATABASE_URL in "
                       "the environment: schema changes through a connection pooler"));
}

TEST_F(ConnectionOrder, TheOriginIsNamedInErrorsToo) {
  const auto result = run_bare({"verify"}, {{"DATABASE_URL", wrong()}});
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "(DATABASE_URL in the environment): "));
}

}  // namespace
}  // namespace pgmend::test
