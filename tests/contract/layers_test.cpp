// SPDX-License-Identifier: MIT
// The arrows between the folders of src/, and that the engine stays generic. First that the rules
// find what they should in made-up files, then that the real files follow them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "layer_rules.hpp"

namespace pgmend::layers {

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::ptrdiff_t k_rethink_above_lines = 400;

const std::vector<std::string> k_kinds = {"table",       "tables",       "index", "indexes",
                                          "primary_key", "primary keys", "check", "unique"};

struct File {
  std::string path;  // relative to its root
  std::string text;
};

std::vector<File> read_files(const fs::path& root) {
  std::vector<File> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".hpp") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back({entry.path().lexically_relative(root).generic_string(), text.str()});
  }
  return files;
}

const std::vector<File>& product_files() {
  static const auto files = [] {
    const fs::path root(PGMEND_SOURCE_DIR);
    auto found = read_files(root / "src");
    if (fs::exists(root / "include"))
      for (auto& file : read_files(root / "include")) found.push_back(std::move(file));
    return found;
  }();
  return files;
}

bool is_room(const File& file) {
  return file.path.starts_with("kinds/") && file.path.ends_with(".cpp") &&
         file.path != "kinds/kinds.cpp" && file.path.find('/') == file.path.rfind('/');
}

std::vector<std::string> all_kind_names() {
  std::vector<std::string> names;
  for (const auto& file : product_files()) {
    if (!is_room(file)) continue;
    for (auto& name : kind_names(file.text)) names.push_back(std::move(name));
  }
  return names;
}

struct Include {
  std::string_view path;
  std::string_view line;
};

class Forbidden : public testing::TestWithParam<Include> {};

TEST_P(Forbidden, IsReportedWithItsLine) {
  const auto text = "// a comment\n" + std::string(GetParam().line) + "\n#include <vector>\n";
  EXPECT_THAT(check_file(GetParam().path, text, k_kinds),
              ElementsAre(HasSubstr(std::string(GetParam().path) + ":2: ")));
}

INSTANTIATE_TEST_SUITE_P(
    Layers, Forbidden,
    testing::Values(Include{"util/text.cpp", "#include \"model/object.hpp\""},
                    Include{"model/object.hpp", "#include \"pg/connection.hpp\""},
                    Include{"kinds/column.cpp", "#include \"pg/connection.hpp\""},
                    Include{"kinds/column.cpp", "#include \"engine/plan.hpp\""},
                    Include{"kinds/column.cpp", "#include \"kinds/table.hpp\""},
                    Include{"kinds/support/names.hpp", "#include \"kinds/table.hpp\""},
                    Include{"report/json.cpp", "#include \"engine/plan.hpp\""},
                    Include{"pg/connection.cpp", "#include \"engine/plan.hpp\""},
                    Include{"engine/plan.cpp", "#include \"kinds/kinds.hpp\""},
                    Include{"engine/plan.cpp", "#include \"report/json.hpp\""},
                    Include{"source/yaml.cpp", "#include \"engine/plan.hpp\""},
                    Include{"ledger/alembic.cpp", "#include \"source/yaml.hpp\""},
                    Include{"app/mend.cpp", "#include \"cli/options.hpp\""},
                    Include{"cli/options.cpp", "#include \"engine/plan.hpp\""},
                    Include{"main.cpp", "#include \"app/mend.hpp\""},
                    Include{"pgmend/pgmend.hpp", "#include \"app/mend.hpp\""}));

INSTANTIATE_TEST_SUITE_P(
    Rooms, Forbidden,
    testing::Values(Include{"app/compare/pass.cpp", "#include \"app/run/run.hpp\""},
                    Include{"app/database/target.cpp", "#include \"app/expected/sources.hpp\""},
                    Include{"app/run/run.cpp", "#include \"app/jobs/diff.hpp\""},
                    Include{"app/run/run.cpp", "#include \"app/attic/old.hpp\""},
                    Include{"app/run/run.cpp", "#include \"app/fleet/fleet.hpp\""},
                    Include{"app/fleet/fleet.cpp", "#include \"app/jobs/diff.hpp\""},
                    Include{"kinds/support/ddl.cpp", "#include \"kinds/columns/serial.hpp\""},
                    Include{"kinds/indexes/query.cpp", "#include \"kinds/columns/serial.hpp\""}));

INSTANTIATE_TEST_SUITE_P(Libraries, Forbidden,
                         testing::Values(Include{"engine/plan.cpp", "#include <libpq-fe.h>"},
                                         Include{"app/mend.cpp",
                                                 "#include <postgresql/libpq-fe.h>"},
                                         Include{"app/mend.cpp", "#include <CLI/CLI.hpp>"},
                                         Include{"main.cpp", "#include <CLI/App.hpp>"},
                                         Include{"app/mend.cpp", "#include <yaml-cpp/yaml.h>"},
                                         Include{"app/mend.cpp", "#include <toml++/toml.h>"}));

INSTANTIATE_TEST_SUITE_P(
    WaysAround, Forbidden,
    testing::Values(Include{"util/text.cpp", "  #  include \"model/object.hpp\"  // odd"},
                    Include{"util/text.cpp", "#include <model/object.hpp>"},
                    Include{"util/text.cpp", "#include \"text.hpp\""},
                    Include{"util/text.cpp", "#include \"../model/object.hpp\""},
                    Include{"engine/plan.cpp", "#include \"libpq-fe.h\""}));

class Allowed : public testing::TestWithParam<Include> {};

TEST_P(Allowed, IsNotReported) {
  EXPECT_THAT(check_file(GetParam().path, GetParam().line, k_kinds), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Layers, Allowed,
    testing::Values(Include{"util/text.cpp", "#include \"util/text.hpp\""},
                    Include{"util/text.cpp", "#include <sys/wait.h>"},
                    Include{"kinds/column.cpp", "#include \"kinds/column.hpp\""},
                    Include{"kinds/column.cpp", "#include \"kinds/kinds.hpp\""},
                    Include{"kinds/column.cpp", "#include \"kinds/support/names.hpp\""},
                    Include{"kinds/kinds.cpp", "#include \"kinds/column.hpp\""},
                    Include{"kinds/column.cpp", "#include \"kinds/columns/serial.hpp\""},
                    Include{"kinds/columns/serial.cpp", "#include \"kinds/support/ddl.hpp\""},
                    Include{"app/jobs/diff.cpp", "#include \"app/run/run.hpp\""},
                    Include{"app/run/run.cpp", "#include \"app/run/repair.hpp\""},
                    Include{"app/fleet/depth.cpp", "#include \"app/run/run.hpp\""},
                    Include{"app/run/run.cpp", "#include \"app/errors.hpp\""},
                    Include{"pg/result.cpp", "#include <libpq-fe.h>"},
                    Include{"engine/plan.cpp", "#include \"pg/connection.hpp\""},
                    Include{"source/yaml.cpp", "#include <yaml-cpp/yaml.h>"},
                    Include{"app/mend.cpp", "#include \"engine/plan.hpp\""},
                    Include{"cli/options.cpp", "#include <CLI/CLI.hpp>"},
                    Include{"main.cpp", "#include \"cli/main.hpp\""}));

TEST(Layers, AFolderThatIsNotListedIsReported) {
  EXPECT_THAT(check_file("misc/stuff.cpp", "", k_kinds), ElementsAre(HasSubstr("misc/stuff.cpp")));
}

class NamesAKind : public testing::TestWithParam<std::string_view> {};

TEST_P(NamesAKind, IsReportedInTheEngine) {
  const auto text = "\n" + std::string(GetParam()) + "\n";
  EXPECT_THAT(check_file("engine/plan.cpp", text, k_kinds),
              ElementsAre(HasSubstr("engine/plan.cpp:2: names a kind of object")));
}

TEST_P(NamesAKind, IsFineElsewhere) {
  EXPECT_THAT(check_file("kinds/column.cpp", GetParam(), k_kinds), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Layers, NamesAKind,
                         testing::Values("int index = 0;", "// the table's owner",
                                         "std::string table_name;", "struct TableOrder {};",
                                         "auto i = indexOf(x);", "void SQLTable();",
                                         "query(\"ALTER TABLE x\");", "\"\\ntable\"", "table2",
                                         "m_index", "// all indexes", "k_primary_key",
                                         "// a primary key", "// a primary-key", "PrimaryKeys",
                                         "FROM pg_catalog.pg_index", "pg_tables", "pg_constraint"));

class NamesNone : public testing::TestWithParam<std::string_view> {};

TEST_P(NamesNone, IsNotReported) {
  EXPECT_THAT(check_file("engine/plan.cpp", GetParam(), k_kinds), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Layers, NamesNone,
                         testing::Values("std::unique_ptr<Plan> plan;", "// check that it is",
                                         "pg_table_is_visible(oid)", "pg_catalog.pg_class",
                                         "stable", "tableau", "reindexed", "// a primary, key",
                                         "// the key of the primary"));

TEST(KindNames, AreReadFromDescriptorsAndNotFromAttributes) {
  const auto* const text = R"(
    const Attribute k_attributes[] = {{.name = "type", .doc = "x"}, {.name = "nullable"}};
    const Kind k_column = {
        .name = "column",  // for people
        .plural = "columns",
        .doc = "x",
    };)";
  EXPECT_THAT(kind_names(text), ElementsAre("column", "columns"));
}

TEST(Tree, IsRead) {
  const auto holds = [](std::string_view path) {
    const auto& files = product_files();
    return std::any_of(files.begin(), files.end(),
                       [&](const File& file) { return file.path == path; });
  };
  EXPECT_TRUE(holds("util/text.cpp"));
  EXPECT_TRUE(holds("pg/connection.hpp"));
}

TEST(Tree, EveryRoomDescribesAKind) {
  for (const auto& file : product_files()) {
    if (!is_room(file)) continue;
    EXPECT_FALSE(kind_names(file.text).empty())
        << file.path << " has no `.name = …, .plural = …`; helpers belong in kinds/support";
  }
}

TEST(Tree, FollowsTheRules) {
  auto kinds = all_kind_names();
  // Words that the language and everyday speech need as well: string_view, a lock policy,
  // static_cast, the owner of a part.
  const std::set<std::string> everyday = {
      "view",    "views",    "policy",  "policies", "rule",      "rules", "function",
      "comment", "comments", "trigger", "triggers", "functions", "cast",  "owner",
      "owners",  "grant",    "grants",  "language", "operator"};
  std::erase_if(kinds, [&](const std::string& kind) { return everyday.contains(kind); });
  for (const auto& file : product_files())
    for (const auto& violation : check_file(file.path, file.text, kinds))
      ADD_FAILURE() << violation;
}

TEST(Tree, LengthIsWatched) {
  for (const auto& file : product_files()) {
    const auto lines = std::count(file.text.begin(), file.text.end(), '\n');
    if (lines > k_rethink_above_lines)
      std::cout << "warning: " << file.path << " has " << lines << " lines: rethink it\n";
  }
}

}  // namespace

}  // namespace pgmend::layers
