// SPDX-License-Identifier: MIT
#include "app/database/locate_database.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <map>

namespace pgmend::app {
namespace {

namespace fs = std::filesystem;

class LocateDatabase : public testing::Test {
 protected:
  LocateDatabase() {
    auto name = (fs::temp_directory_path() / "pgmend-locate-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    m_folder = name;
  }
  ~LocateDatabase() override {
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(m_folder / name) << text;
  }
  void set(const std::string& name, const std::string& value) { m_variables[name] = value; }

  DatabaseLocation locate() const {
    DatabaseSearch search;
    search.option = m_option;
    search.config = m_config;
    search.working_directory = m_folder;
    search.environment = [this](const std::string& name) {
      const auto found = m_variables.find(name);
      return found == m_variables.end() ? std::nullopt : std::optional(found->second);
    };
    return locate_database(search);
  }

  std::string error() const {
    try {
      return "found " + locate().origin;
    } catch (const pg::ConninfoError& error) {
      return std::string(error.what()) + "\nhint: " + error.hint();
    }
  }

  std::string database() const { return locate().parameters.at("dbname"); }

  fs::path m_folder;
  std::map<std::string, std::string> m_variables;
  std::optional<std::string> m_option;
  std::optional<DatabaseSearch::Labelled> m_config;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// ---- the order -------------------------------------------------------------------------------

/// Sets everything, then takes away the first place at every step.
TEST_F(LocateDatabase, TheFirstPlaceThatNamesADatabaseWins) {
  const std::vector<std::string> names = {
      "PGMEND_DATABASE_URL", "MIGRATION_DATABASE_URL",  "DIRECT_URL",
      "DATABASE_URL",        "SQLALCHEMY_DATABASE_URI", "SQLALCHEMY_DATABASE_URL"};
  m_option = "postgresql:///option";
  for (const auto& name : names) set(name, "postgresql:///" + name);
  set("DB_HOST", "db-host");
  set("POSTGRES_HOST", "postgres-host");
  m_config = {"postgresql:///config", "database in pgmend.yaml"};
  write("alembic.ini", "[alembic]\nsqlalchemy.url = postgresql:///ini\n");
  set("PGHOST", "pg");

  EXPECT_EQ(locate().origin, "--database");
  m_option.reset();
  for (const auto& name : names) {
    EXPECT_EQ(locate().origin, name + " in the environment");
    EXPECT_EQ(database(), name);
    m_variables.erase(name);
  }
  EXPECT_EQ(locate().origin, "DB_HOST in the environment");
  m_variables.erase("DB_HOST");
  EXPECT_EQ(locate().origin, "POSTGRES_HOST in the environment");
  m_variables.erase("POSTGRES_HOST");
  EXPECT_EQ(locate().origin, "database in pgmend.yaml");
  m_config.reset();
  EXPECT_EQ(locate().origin, "sqlalchemy.url in alembic.ini");
  fs::remove(m_folder / "alembic.ini");
  EXPECT_EQ(locate().origin, "PGHOST in the environment");
  m_variables.erase("PGHOST");
  EXPECT_TRUE(contains(error(), "no database given"));
}

TEST_F(LocateDatabase, TheEnvironmentBeatsTheEnvFile) {
  write(".env", "DATABASE_URL=postgresql:///file\n");
  EXPECT_EQ(locate().origin, "DATABASE_URL in .env");
  EXPECT_EQ(database(), "file");
  set("DATABASE_URL", "postgresql:///environment");
  EXPECT_EQ(locate().origin, "DATABASE_URL in the environment");
  EXPECT_EQ(database(), "environment");
}

TEST_F(LocateDatabase, AnEmptyVariableCountsAsNotSet) {
  set("DATABASE_URL", "");
  write(".env", "PGMEND_DATABASE_URL=\nDATABASE_URL=postgresql:///file\n");
  EXPECT_EQ(locate().origin, "DATABASE_URL in .env");
}

TEST_F(LocateDatabase, TheOptionNeedsNoReadableFiles) {
  m_option = "postgresql:///option";
  write(".env", "not a line\n");
  EXPECT_EQ(locate().origin, "--database");
}

TEST_F(LocateDatabase, ADirectUrlIsPreferredAndSaysWhy) {
  set("DATABASE_URL", "postgresql://pooler:6543/shop");
  set("DIRECT_URL", "postgresql://app:FAKE@direct/shop");
  const auto found = locate();
  EXPECT_EQ(found.parameters.at("host"), "direct");
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_EQ(
      found.notes[0],
      "DIRECT_URL in the environment is used rather than DATABASE_URL in the environment: schema "
      "changes through a connection pooler are not safe");
}

TEST_F(LocateDatabase, TheEnvironmentIsNotOverruledByADirectUrlInAFile) {
  set("DATABASE_URL", "postgresql://production/shop");
  write(".env", "DIRECT_URL=postgresql://development/shop\n");
  EXPECT_EQ(locate().parameters.at("host"), "production");
}

TEST_F(LocateDatabase, ADirectUrlThatIsTheSameOrAloneNeedsNoNote) {
  set("DIRECT_URL", "postgresql:///shop");
  EXPECT_TRUE(locate().notes.empty());
  set("DATABASE_URL", "postgresql:///shop");
  EXPECT_TRUE(locate().notes.empty());
}

TEST_F(LocateDatabase, AUrlOfItsOwnNeedsNoNote) {
  set("PGMEND_DATABASE_URL", "postgresql:///mine");
  set("DATABASE_URL", "postgresql:///theirs");
  EXPECT_TRUE(locate().notes.empty());
}

TEST_F(LocateDatabase, PassesOnWhatWasLeftOutOfTheUrl) {
  set("DATABASE_URL", "postgresql:///shop?pgbouncer=true");
  EXPECT_EQ(locate().notes.size(), 1U);
}

// ---- parts -----------------------------------------------------------------------------------

TEST_F(LocateDatabase, PutsPartsTogether) {
  set("DB_HOST", "db");
  set("DB_PORT", "5433");
  set("DB_USER", "app");
  set("DB_PASSWORD", "p@ss/FAKE");
  set("DB_NAME", "shop");
  const pg::ConnectionParameters expected = {{"host", "db"},
                                             {"port", "5433"},
                                             {"user", "app"},
                                             {"password", "p@ss/FAKE"},
                                             {"dbname", "shop"}};
  EXPECT_EQ(locate().parameters, expected);
  EXPECT_EQ(locate().origin, "DB_HOST and DB_NAME in the environment");
}

TEST_F(LocateDatabase, PartsMayComeFromBothPlaces) {
  set("DB_HOST", "db");
  write(".env", "DB_HOST=other\nDB_USERNAME=app\nDB_DATABASE=shop\n");
  const auto found = locate();
  const pg::ConnectionParameters expected = {{"host", "db"}, {"user", "app"}, {"dbname", "shop"}};
  EXPECT_EQ(found.parameters, expected);
  EXPECT_EQ(found.origin, "DB_HOST in the environment and DB_DATABASE in .env");
}

TEST_F(LocateDatabase, PartsNeedAHostOrAName) {
  set("DB_USER", "app");
  set("DB_PASSWORD", "FAKE");
  set("DB_PORT", "5432");
  EXPECT_TRUE(contains(error(), "no database given"));
  set("DB_NAME", "shop");
  EXPECT_EQ(locate().origin, "DB_NAME in the environment");
}

TEST_F(LocateDatabase, TheDockerImagesUserAndPasswordAreNoDatabase) {
  set("POSTGRES_USER", "app");
  set("POSTGRES_PASSWORD", "FAKE");
  EXPECT_TRUE(contains(error(), "no database given"));
  set("POSTGRES_DB", "shop");
  const pg::ConnectionParameters expected = {
      {"user", "app"}, {"password", "FAKE"}, {"dbname", "shop"}};
  EXPECT_EQ(locate().parameters, expected);
}

TEST_F(LocateDatabase, ReadsThePortOfAServiceLink) {
  set("POSTGRES_HOST", "postgres");
  set("POSTGRES_PORT", "tcp://10.0.0.1:5433");
  EXPECT_EQ(locate().parameters.at("port"), "5433");
}

// ---- alembic.ini -----------------------------------------------------------------------------

TEST_F(LocateDatabase, ReadsAlembicIni) {
  write("alembic.ini",
        "[alembic]\nscript_location = %(here)s/m\n"
        "sqlalchemy.url = postgresql+asyncpg://app:p%%40ss@db/shop\n");
  const pg::ConnectionParameters expected = {
      {"user", "app"}, {"password", "p@ss"}, {"host", "db"}, {"dbname", "shop"}};
  EXPECT_EQ(locate().parameters, expected);
}

TEST_F(LocateDatabase, ReadsTheFileThatAlembicConfigNames) {
  fs::create_directory(m_folder / "conf");
  write("conf/my.ini", "[alembic]\nsqlalchemy.url = postgresql:///shop?host=%(here)s/socket\n");
  set("ALEMBIC_CONFIG", "conf/my.ini");
  EXPECT_EQ(locate().origin, "sqlalchemy.url in conf/my.ini");
  EXPECT_EQ(locate().parameters.at("host"), (m_folder / "conf/socket").string());
}

TEST_F(LocateDatabase, SaysWhenAlembicConfigNamesNoFile) {
  set("ALEMBIC_CONFIG", "none.ini");
  EXPECT_TRUE(contains(error(), "ALEMBIC_CONFIG names a file that is not there: none.ini"));
}

TEST_F(LocateDatabase, PyprojectHoldsNoUrl) {
  set("ALEMBIC_CONFIG", "pyproject.toml");
  EXPECT_TRUE(contains(error(), "no database given"));
}

TEST_F(LocateDatabase, SkipsTheTemplatesPlaceholder) {
  write("alembic.ini", "[alembic]\nsqlalchemy.url = driver://user:pass@localhost/dbname\n");
  EXPECT_TRUE(contains(error(), "no database given"));
  write("alembic.ini", "[alembic]\nsqlalchemy.url =\n");
  EXPECT_TRUE(contains(error(), "no database given"));
  write("alembic.ini", "[alembic]\nscript_location = m\n");
  EXPECT_TRUE(contains(error(), "no database given"));
}

TEST_F(LocateDatabase, SaysWhyAnAlembicUrlWasNotUsed) {
  write("alembic.ini", "[alembic]\nsqlalchemy.url = postgresql://app:FAKE@%(DB_HOST)s/shop\n");
  EXPECT_TRUE(contains(error(), "%(DB_HOST)s is not set"));
  EXPECT_FALSE(contains(error(), "FAKE"));
  set("PGHOST", "db");
  ASSERT_EQ(locate().notes.size(), 1U);
  EXPECT_TRUE(contains(locate().notes[0], "%(DB_HOST)s"));
}

// ---- libpq -----------------------------------------------------------------------------------

TEST_F(LocateDatabase, LeavesLibpqsVariablesToLibpq) {
  set("PGSERVICE", "prod");
  set("PGUSER", "app");
  EXPECT_TRUE(locate().parameters.empty());
  EXPECT_EQ(locate().origin, "PGSERVICE, PGUSER in the environment");
}

TEST_F(LocateDatabase, APasswordAloneNamesNoDatabase) {
  set("PGPASSWORD", "FAKE");
  const auto text = error();
  EXPECT_TRUE(contains(text, "no database given"));
  EXPECT_FALSE(contains(text, "FAKE"));
}

// ---- errors ----------------------------------------------------------------------------------

TEST_F(LocateDatabase, AnErrorNamesThePlace) {
  const std::string bad = "postgresql://app:FAKE@db:port/shop";
  write(".env", "DATABASE_URL=" + bad + "\n");
  EXPECT_TRUE(contains(error(), "DATABASE_URL in .env: the port is not a number")) << error();
  m_config = {bad, "database in pgmend.yaml"};
  write(".env", "");
  EXPECT_TRUE(contains(error(), "database in pgmend.yaml: the port"));
  m_option = bad;
  EXPECT_TRUE(contains(error(), "--database: the port"));
  EXPECT_FALSE(contains(error(), "FAKE"));
}

TEST_F(LocateDatabase, AWrongUrlIsAnErrorAndNotPassedOver) {
  set("PGMEND_DATABASE_URL", "mysql://db/shop");
  set("DATABASE_URL", "postgresql:///shop");
  EXPECT_TRUE(contains(error(), "PGMEND_DATABASE_URL in the environment: not a PostgreSQL URL"));
}

TEST_F(LocateDatabase, AnEmptyOptionIsAnError) {
  m_option = "";
  EXPECT_TRUE(contains(error(), "--database: the database URL is empty"));
}

TEST_F(LocateDatabase, ADamagedFileIsNamedWithItsLine) {
  write(".env", "A=1\nFAKE line\n");
  EXPECT_TRUE(contains(error(), ".env:2: expected KEY=value"));
  EXPECT_FALSE(contains(error(), "FAKE"));
  write(".env", "");
  write("alembic.ini", "[alembic]\nsqlalchemy.url\n");
  EXPECT_TRUE(contains(error(), "alembic.ini:2: "));
}

TEST_F(LocateDatabase, AMissingReferenceInTheEnvFileIsNamed) {
  write(".env", "DATABASE_URL=postgresql://app:${DB_PW}@db/shop\n");
  EXPECT_TRUE(contains(error(), ".env:1: DATABASE_URL: the variable DB_PW is not set"));
}

TEST_F(LocateDatabase, AFolderInPlaceOfAFileIsAnError) {
  fs::create_directory(m_folder / ".env");
  EXPECT_TRUE(contains(error(), "cannot read "));
}

TEST_F(LocateDatabase, TheHintListsTheWays) {
  for (const auto* way :
       {"--database", "DATABASE_URL", "DB_HOST", "pgmend.yaml", "alembic.ini", "PGHOST", ".env"})
    EXPECT_TRUE(contains(error(), way)) << way;
}

// Friction of a repository with several services: the shell of one, the pgmend.yaml of another.
TEST_F(LocateDatabase, ASpecThatWasNamedGoesBeforeTheEnvironment) {
  set("DATABASE_URL", "postgresql://app@billing/billing");
  m_config = {"postgresql://app@catalog/catalog", "database in catalog/pgmend.yaml", {}, true};
  EXPECT_EQ(database(), "catalog");
  EXPECT_THAT(locate().notes,
              testing::ElementsAre("database in catalog/pgmend.yaml is used rather than "
                                   "DATABASE_URL in the environment"));
  set("PGMEND_DATABASE_URL", "postgresql://app@billing/ours");
  EXPECT_EQ(database(), "ours");
}

TEST_F(LocateDatabase, ASpecThatWasFoundGoesBehindTheEnvironmentAndThatIsTold) {
  set("DATABASE_URL", "postgresql://app@billing/billing");
  m_config = {"postgresql://app@catalog/catalog", "database in pgmend.yaml"};
  EXPECT_EQ(database(), "billing");
  EXPECT_THAT(locate().notes,
              testing::ElementsAre("DATABASE_URL in the environment is used rather than database "
                                   "in pgmend.yaml; the file goes first where --schema names it"));
}

TEST_F(LocateDatabase, NothingIsToldWhereBothAreTheSame) {
  set("DATABASE_URL", "postgresql+asyncpg://app:secret@catalog/catalog");
  for (const auto* text : {"${DATABASE_URL}", "postgresql://other@catalog/catalog", "${UNSET}"}) {
    m_config = {text, "database in pgmend.yaml"};
    EXPECT_THAT(locate().notes, testing::IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace pgmend::app
