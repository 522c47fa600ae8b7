// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "ledger/alembic_config.hpp"
#include "support/matchers.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::ledger {
namespace {

namespace fs = std::filesystem;
using test::contains;

class Config : public testing::Test {
 protected:
  void ini(const std::string& lines) const { m_folder.write("alembic.ini", "[alembic]\n" + lines); }
  void toml(const std::string& lines) const {
    m_folder.write("pyproject.toml", "[project]\nname = 'shop'\n[tool.alembic]\n" + lines);
  }
  std::optional<AlembicConfig> find(const std::optional<std::string>& named = {}) const {
    return find_alembic_config(named, {m_folder.path()});
  }
  /// Relative to the project's folder.
  std::vector<std::string> versions(const std::optional<std::string>& named = {}) const {
    const auto config = find(named);
    std::vector<std::string> shown;
    if (!config) return {"no configuration"};
    for (const auto& folder : config->versions)
      shown.push_back(folder.lexically_proximate(m_folder.path()).string());
    return shown;
  }
  std::string fault(const std::optional<std::string>& named = {}) const {
    try {
      find(named);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  test::TempFolder m_folder;
};

using Folders = std::vector<std::string>;

TEST_F(Config, NoneIsNoFault) {
  EXPECT_FALSE(find());
}

TEST_F(Config, FolderOfVersionsIsTheUsualOne) {
  ini("script_location = migrations\n");
  EXPECT_EQ(versions(), Folders{"migrations/versions"});
  EXPECT_EQ(find()->file, "alembic.ini");
  EXPECT_FALSE(find()->recursive);
}

TEST_F(Config, HereIsTheFoldersPath) {
  m_folder.write("deploy/alembic.ini", "[alembic]\nscript_location = %(here)s/../db\n");
  EXPECT_EQ(versions("deploy/alembic.ini"), Folders{"db/versions"});
  m_folder.write("deploy/pyproject.toml", "[tool.alembic]\nscript_location = '%(here)s/db'\n");
  EXPECT_EQ(versions("deploy/pyproject.toml"), Folders{"deploy/db/versions"});
}

// Alembic looks in the folder where it is run; people run it in the ini's.
TEST_F(Config, RelativePathsAreFoundBesideTheFileToo) {
  m_folder.write("backend/alembic.ini", "[alembic]\nscript_location = db\n");
  EXPECT_EQ(versions("backend/alembic.ini"), Folders{"db/versions"});
  m_folder.write("backend/db/env.py", "");
  EXPECT_EQ(versions("backend/alembic.ini"), Folders{"backend/db/versions"});
  m_folder.write("db/env.py", "");
  EXPECT_EQ(versions("backend/alembic.ini"), Folders{"db/versions"});
}

TEST_F(Config, APackagesFolderIsFoundInTheProject) {
  ini("script_location = shop.store:migrations\n");
  m_folder.write("src/shop/store/migrations/env.py", "");
  EXPECT_EQ(versions(), Folders{"src/shop/store/migrations/versions"});
}

TEST_F(Config, SeveralLocationsAreSplitAsTheFileSays) {
  struct Case {
    std::string separator;
    std::string list;
  };
  const std::string location = "script_location = db\n";
  for (const auto& [separator, list] : std::vector<Case>{
           {"", "one two"},
           {"", "one, two"},
           {"path_separator = space\n", "one two"},
           {"path_separator = os\n", "one:two"},
           {"path_separator = :\n", "one:two"},
           {"path_separator = ;\n", "one ; two"},
           {"path_separator = newline\n", "\n  one\n  two"},
           {"version_path_separator = os\n", "one:two"},
           {"version_path_separator = os\npath_separator = space\n", "one two"},
       }) {
    ini(location + separator + "version_locations = " + list + "\n");
    EXPECT_EQ(versions(), (Folders{"one", "two"})) << separator << list;
  }
  ini(location + "path_separator = os\nversion_locations = one two\n");
  EXPECT_EQ(versions(), Folders{"one two"});
}

TEST_F(Config, AnUnknownSeparatorIsAFault) {
  ini("script_location = db\npath_separator = comma\n");
  EXPECT_EQ(fault(),
            "alembic.ini: path_separator: expected space, newline, os, : or ;, not `comma`");
}

TEST_F(Config, TomlHasListsAndFlags) {
  toml(
      "script_location = 'db'\nversion_locations = ['one', 'two two', '%(here)s/three']\n"
      "path_separator = 'newline'\nrecursive_version_locations = true\n");
  EXPECT_EQ(versions(), (Folders{"one", "two two", "three"}));
  EXPECT_TRUE(find()->recursive);
  EXPECT_EQ(find()->file, "pyproject.toml");
}

TEST_F(Config, ThePercentSignIsWrittenTwice) {
  toml("script_location = 'db%%1'\n");
  EXPECT_EQ(versions(), Folders{"db%1/versions"});
  ini("script_location = db%%1\n");
  EXPECT_EQ(versions(), Folders{"db%1/versions"});
}

TEST_F(Config, TheFileThatNamesScriptsIsTheOne) {
  toml("script_location = 'from_toml'\n");
  ini("sqlalchemy.url = postgresql://app@db/shop\n");
  EXPECT_EQ(versions(), Folders{"from_toml/versions"});
  ini("script_location = from_ini\n");
  EXPECT_EQ(versions(), Folders{"from_ini/versions"});
}

// As `alembic init -t pyproject` writes them.
TEST_F(Config, AnIniThatIsNamedLeavesTheScriptsToThePyproject) {
  toml("script_location = '%(here)s/db'\n");
  ini("sqlalchemy.url = postgresql://app@db/shop\n");
  EXPECT_EQ(versions("alembic.ini"), Folders{"db/versions"});
  m_folder.write("backend/alembic.ini", "[alembic]\n");
  EXPECT_EQ(versions("backend/alembic.ini"), Folders{"db/versions"});
  m_folder.write("backend/pyproject.toml", "[tool.alembic]\nscript_location = '%(here)s/own'\n");
  EXPECT_EQ(versions("backend/alembic.ini"), Folders{"backend/own/versions"});
  EXPECT_EQ(versions("backend"), Folders{"backend/own/versions"});
}

TEST_F(Config, FlaskMigratesStandsAmongTheScripts) {
  m_folder.write("migrations/alembic.ini", "[alembic]\n");
  EXPECT_FALSE(find());
  EXPECT_EQ(fault("migrations/alembic.ini"), "migrations/alembic.ini: script_location is not set");
  m_folder.write("migrations/env.py", "");
  m_folder.write("migrations/versions/a1.py", "");
  EXPECT_EQ(versions("migrations/alembic.ini"), Folders{"migrations/versions"});
  EXPECT_EQ(versions("migrations"), Folders{"migrations/versions"});
  EXPECT_EQ(versions(), Folders{"migrations/versions"});
  toml("script_location = 'db'\n");
  EXPECT_EQ(versions(), Folders{"db/versions"});
}

TEST_F(Config, APyprojectOfAnotherToolIsNone) {
  m_folder.write("pyproject.toml", "[tool.ruff]\nline-length = 100\n");
  EXPECT_FALSE(find());
}

TEST_F(Config, TheVersionTableIsTheProjectsChoice) {
  ini("script_location = db\nversion_table = history\nversion_table_schema = app\n");
  EXPECT_EQ(find()->version_table, "history");
  EXPECT_EQ(find()->version_table_schema, "app");
}

TEST_F(Config, ABrokenFileIsNamedWithItsLine) {
  ini("script_location = db\nnonsense\n");
  EXPECT_TRUE(contains(fault(), "alembic.ini:3:"));
  ini("script_location = %(nowhere)s/db\n");
  EXPECT_TRUE(contains(fault(), "alembic.ini"));
  EXPECT_TRUE(contains(fault(), "nowhere"));
  fs::remove(m_folder.path("alembic.ini"));
  m_folder.write("pyproject.toml", "[tool.alembic]\nscript_location = \n");
  EXPECT_TRUE(contains(fault(), "pyproject.toml:2:"));
}

TEST_F(Config, ANamedFileHasToSayWhereTheScriptsAre) {
  EXPECT_EQ(fault("elsewhere.ini"), "elsewhere.ini: there is no such file");
  ini("sqlalchemy.url = x\n");
  EXPECT_EQ(fault("alembic.ini"), "alembic.ini: script_location is not set");
}

}  // namespace
}  // namespace pgmend::ledger
