// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include "cli/cli.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

/// A spec that cannot be used, and what is said about it.
struct BadSpec {
  const char* name;
  const char* yaml;
  const char* message;
  const char* hint;
};

void PrintTo(const BadSpec& spec, std::ostream* out) {
  *out << spec.name;
}  // NOLINT

const BadSpec k_bad_specs[] = {
    {"Empty", "", "pgmend.yaml: the file is empty", "write a first one with: pgmend init"},
    {"OnlyAComment", "# later\n", "pgmend.yaml: the file is empty", "pgmend init"},
    {"SyntaxErrorTab", "tables:\n  api_keys:\n\tcolumns:\n",
     "pgmend.yaml:3:2: this is not YAML: ", "look at the indentation, quotes and colons"},
    {"SyntaxErrorBrace", "tables:\n  api_keys: {columns: {id: int\n",
     "pgmend.yaml:3:1: this is not YAML: end of map flow not found", "look at the indentation"},
    {"SyntaxErrorQuote", "tables:\n  api_keys:\n    columns: {id: \"int}\n",
     "this is not YAML: ", "look at the indentation, quotes"},
    {"SyntaxErrorBadIndentation", "tables:\n  api_keys:\n    columns:\n  - id\n",
     "pgmend.yaml:4:3: this is not YAML: ", "look at the indentation"},
    {"UnknownKeyAtTheTop", "tabels: {api_keys: {columns: {id: int}}}\n",
     "pgmend.yaml:1:1: unknown key `tabels` in the top of the spec", "did you mean `tables`?"},
    {"UnknownKeyOfATable", "tables:\n  api_keys:\n    column: {id: int}\n",
     "pgmend.yaml:3:5: unknown key `column` in `api_keys`", "did you mean `columns`?"},
    {"UnknownKeyOfAColumn",
     "tables:\n  api_keys:\n    columns:\n      id: {type: int, nulable: true}\n",
     "pgmend.yaml:4:23: unknown key `nulable` in `id`", "did you mean `nullable`?"},
    {"UnknownKeyLikeNothing", "tables: {api_keys: {columns: {id: int}}}\nqqq: 1\n",
     "pgmend.yaml:2:1: unknown key `qqq`",
     "known keys are: backfill, database, ignore, members, role, schema, schema_names, "
     "search_path, "
     "with, tables"},
    {"DuplicateColumn",
     "tables:\n  api_keys:\n    columns:\n      id: int\n      user_id: int\n      id: text\n",
     "pgmend.yaml:6:7: `id` stands twice in columns of `api_keys`", "keep one of them"},
    {"DuplicateTable",
     "tables:\n  api_keys: {columns: {id: int}}\n  api_keys: {columns: {id: int}}\n",
     "pgmend.yaml:3:3: `api_keys` stands twice in tables", "keep one of them"},
    {"DuplicateTopKey", "tables: {api_keys: {columns: {id: int}}}\ntables: {users: }\n",
     "pgmend.yaml:2:1: `tables` stands twice", "keep one of them"},
    {"TopIsAList", "- tables\n", "pgmend.yaml:1:1: expected keys at the top", "pgmend init"},
    {"TopIsText", "tables\n", "pgmend.yaml:1:1: expected keys at the top", "pgmend init"},
    {"TablesIsAList", "tables: [api_keys]\n",
     "pgmend.yaml:1:9: tables must be a map of names, not a list", "indent the names below it"},
    {"TableIsText", "tables:\n  api_keys: columns\n",
     "pgmend.yaml:2:13: `api_keys` must be a map, not text", "write `columns:` below it"},
    {"ColumnsIsAList", "tables:\n  api_keys:\n    columns: [id]\n",
     "pgmend.yaml:3:14: columns of `api_keys` must be a map of names, not a list",
     "write one name a line: `name: definition`"},
    {"ColumnIsAList", "tables:\n  api_keys:\n    columns:\n      id: [int]\n",
     "pgmend.yaml:4:11: `definition` of `id` must be text, not a list", "put it in quotes"},
    {"ColumnIsNothing", "tables:\n  api_keys:\n    columns:\n      id:\n",
     "pgmend.yaml:4:7: `definition` of `id` must be text, not nothing", "put it in quotes"},
    {"ColumnIsBlank", "tables:\n  api_keys:\n    columns:\n      id: '  '\n",
     "pgmend.yaml:4:11: `definition` of `id` must be text, not empty", "put it in quotes"},
    {"NullableIsAWord",
     "tables:\n  api_keys:\n    columns:\n      id: {type: int, nullable: maybe}\n",
     "pgmend.yaml:4:33: `nullable` must be true or false, not `maybe`", "write true or false"},
    {"NeitherTypeNorDefinition", "tables:\n  api_keys:\n    columns:\n      id: {default: 1}\n",
     "pgmend.yaml:4:7: `id` has no definition", "write `definition:` or `type:`"},
    {"TypeAndDefinition",
     "tables:\n  api_keys:\n    columns:\n      id: {definition: int, type: int}\n",
     "pgmend.yaml:4:35: `id` has both `definition` and `type`", "say it once"},
    {"RoleIsAList", "role: [a, b]\ntables: {users: }\n",
     "pgmend.yaml:1:7: role must be text, not a list", "put it in quotes"},
    {"WithIsText", "with: owners\ntables: {users: }\n",
     "pgmend.yaml:1:7: with must be a list, not text", "write: with: [first, second]"},
    {"WithIsUnknown", "schema: all.lock\nwith: [owners, grants]\n",
     "pgmend.yaml:2:16: `grants` is not among what is compared on request",
     "that is: owners, privileges"},
    {"WithOfTablesOnly", "with: [owners]\ntables: {users: }\n",
     "pgmend.yaml:1:8: it states no owners", "a whole schema does"},
    {"IgnoreIsText", "ignore: audit.*\ntables: {users: }\n",
     "pgmend.yaml:1:9: ignore must be a list, not text", "write: ignore: [first, second]"},
    {"NothingToCheck", "search_path: [public]\n", "pgmend.yaml: the spec names nothing to check",
     "pgmend init"},
    {"NotUtf8", "tables:\n  lo\xfft:\n    columns:\n      a: int\n",
     "pgmend.yaml:2:5: \\xff is no UTF-8", "convert the file"},
    {"NotUtf8InASetting", "search_path: [pub\xfflic]\ntables: {users: }\n",
     "pgmend.yaml:1:18: \\xff is no UTF-8", "convert the file"},
    {"EmptyName", "tables:\n  '': {columns: {id: int}}\n", "pgmend.yaml:2:3: a name is empty",
     "write schema.name, or just name"},
};

class BadSpecTest : public UnchangedCliTest, public testing::WithParamInterface<BadSpec> {};

TEST_P(BadSpecTest, IsRefusedWithPlaceAndHint) {
  spec(GetParam().yaml);
  for (const auto* command : {"verify", "ensure", "plan"}) {
    const auto result = run({command});
    EXPECT_EQ(exit_usage, result.exit_code) << command;
    EXPECT_EQ("", result.out);
    const auto said = unwrapped(result.err);
    EXPECT_TRUE(contains(said, GetParam().message));
    EXPECT_TRUE(contains(said, GetParam().hint));
    EXPECT_TRUE(contains(said, "hint: "));
    EXPECT_TRUE(contains_line(result.err, "Could not verify schema - nothing was changed"));
  }
}

INSTANTIATE_TEST_SUITE_P(All, BadSpecTest, testing::ValuesIn(k_bad_specs),
                         [](const auto& test) { return test.param.name; });

using SpecFile = CliTest;

TEST_F(SpecFile, AllMistakesAreToldAtOnce) {
  spec("tables:\n  users:\n    colums: {}\n  api_keys:\n    columns:\n      a: [1]\n      b: {}\n");
  const auto result = run({"verify"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains_in_order(result.err, {"pgmend.yaml:3:5: ", "did you mean `columns`?",
                                             "pgmend.yaml:6:10: ", "pgmend.yaml:7:7: "}));
}

TEST_F(SpecFile, Missing) {
  const auto result = run({"ensure"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(
      contains(unwrapped(result.err),
               "pgmend.yaml: there is no such file here or in a folder above hint: name one "
               "with --schema FILE, or write a first one from the database with: pgmend "
               "init --database " +
                   text::shell_word(db().url())));
}

TEST_F(SpecFile, NamedButMissing) {
  const auto result = run({"ensure", "--schema", "deploy/expected.yaml"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "deploy/expected.yaml: there is no such file\n"));
  EXPECT_TRUE(contains(result.err, "hint: name a spec file with --schema FILE"));
}

TEST_F(SpecFile, AFolderIsOneOfSqlFiles) {
  const auto result = run({"ensure", "--schema", folder().path()});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err), "there is no .sql file in this folder"));
}

TEST_F(SpecFile, IsFoundInAFolderAbove) {
  spec("tables: {users: {columns: {age: int}}}");
  folder().write("backend/alembic/env.py", "");
  const auto result =
      run_pgmend({"verify", "-d", db().url()}, {.cwd = folder().path("backend/alembic")});
  EXPECT_EQ(exit_drift, result.exit_code) << result.err;
  EXPECT_TRUE(contains_line(result.out, "expected: ../../pgmend.yaml"));
}

TEST_F(SpecFile, VariableThatIsNotSet) {
  spec("# the shop\ndatabase: ${SHOP_URL}\ntables: {users: {columns: {id: int}}}\n");
  const auto result = run_bare({"verify"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "pgmend.yaml:2:11: the variable SHOP_URL is not set\n"));
  EXPECT_TRUE(contains(unwrapped(result.err),
                       "hint: set the variable, give a default with ${NAME:-default}, or use"));
}

TEST_F(SpecFile, VariableThatIsNotSetDoesNotMatterBesideAnOption) {
  spec("database: ${SHOP_URL}\ntables: {users: {columns: {id: int NOT NULL}}}\n");
  EXPECT_EQ(exit_correct, run({"verify"}).exit_code);
}

}  // namespace
}  // namespace pgmend::test
