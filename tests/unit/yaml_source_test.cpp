// SPDX-License-Identifier: MIT
#include "source/yaml_source.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/database/project.hpp"
#include "util/text.hpp"

namespace pgmend::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Strings = std::vector<std::string>;

YamlSpec parse(const std::string& text) {
  return parse_yaml(text, "spec.yaml", app::all_sections());
}

/// "2:5 message (hint)" for each fault; nothing if the text is a good spec.
Strings faults(const std::string& text) {
  Strings out;
  try {
    parse(text);
  } catch (const SpecError& error) {
    for (const auto& fault : error.faults()) {
      EXPECT_EQ(fault.where.file, "spec.yaml");
      EXPECT_NE(fault.hint, "") << fault.message;
      out.push_back(fmt::format("{}:{} {} ({})", fault.where.line, fault.where.column,
                                fault.message, fault.hint));
    }
  }
  return out;
}

/// A spec with these lines below `columns:` of the table t; they begin in line 4 at column 7.
std::string with_columns(const std::string& lines) {
  std::string out = "tables:\n  t:\n    columns:\n";
  for (const auto line : text::split(lines, '\n')) out += "      " + std::string(line) + '\n';
  return out;
}

Declared only_part(const std::string& text) {
  const auto spec = parse(text);
  EXPECT_EQ(spec.declarations.relations.size(), 1U);
  EXPECT_EQ(spec.declarations.relations.at(0).parts.size(), 1U);
  return spec.declarations.relations.at(0).parts.at(0);
}

Declared only_column(const std::string& lines) {
  return only_part(with_columns(lines));
}

std::string text_of(const Declared& declared, std::string_view key) {
  const auto* part = declared.part(key);
  return part ? part->text : "(none)";
}

// What a spec can say

TEST(YamlSource, ReadsTheShortForm) {
  const auto column = only_column("email: VARCHAR(255) NOT NULL");
  EXPECT_EQ(column.name, (Name{"public", "t", "email"}));
  EXPECT_TRUE(column.is_short());
  EXPECT_EQ(text_of(column, "definition"), "VARCHAR(255) NOT NULL");
  EXPECT_EQ(column.section->name, "columns");
  EXPECT_EQ(display(column.where), "spec.yaml:4:7");
  EXPECT_EQ(display(column.part("definition")->where), "spec.yaml:4:14");
}

TEST(YamlSource, ReadsTheLongForm) {
  const auto column =
      only_column("active: {type: boolean, nullable: false, default: \"true\", backfill: 'false'}");
  EXPECT_FALSE(column.is_short());
  EXPECT_EQ(text_of(column, "type"), "boolean");
  EXPECT_EQ(text_of(column, "nullable"), "false");
  EXPECT_EQ(text_of(column, "default"), "true");
  EXPECT_EQ(text_of(column, "backfill"), "false");
  EXPECT_EQ(column.parts.size(), 4U);
  EXPECT_EQ(display(column.part("default")->where), "spec.yaml:4:57");
}

TEST(YamlSource, ReadsADefinitionWithABackfill) {
  const auto column = only_column("n:\n  definition: int NOT NULL\n  backfill: 0");
  EXPECT_TRUE(column.is_short());
  EXPECT_EQ(text_of(column, "definition"), "int NOT NULL");
  EXPECT_EQ(text_of(column, "backfill"), "0");
  EXPECT_EQ(display(column.part("backfill")->where), "spec.yaml:6:19");
}

TEST(YamlSource, ReadsEverySection) {
  const auto spec = parse(
      "tables:\n  t:\n    constraints:\n      t_pkey: PRIMARY KEY (id)\n"
      "    indexes:\n      t_ix: (id)\n    columns:\n      id: int\n");
  Strings seen;
  for (const auto& part : spec.declarations.relations.at(0).parts)
    seen.push_back(fmt::format("{} {}", part.section->name, part.name.name));
  EXPECT_THAT(seen,
              testing::UnorderedElementsAre("columns id", "indexes t_ix", "constraints t_pkey"));
}

TEST(YamlSource, KeepsTheOrderInWhichThingsAreWritten) {
  const auto spec = parse("tables:\n  z: {columns: {z: int, a: int, m: int}}\n  a:\n");
  ASSERT_EQ(spec.declarations.relations.size(), 2U);
  EXPECT_EQ(spec.declarations.relations[0].self.name.name, "z");
  EXPECT_EQ(spec.declarations.relations[1].self.name.name, "a");
  Strings names;
  for (const auto& part : spec.declarations.relations[0].parts) names.push_back(part.name.name);
  EXPECT_THAT(names, ElementsAre("z", "a", "m"));
}

TEST(YamlSource, ReadsCreate) {
  const auto spec = parse("tables:\n  a: {create: true}\n  b: {create: false}\n  c:\n");
  const auto& relations = spec.declarations.relations;
  EXPECT_EQ(text_of(relations.at(0).self, "create"), "true");
  EXPECT_EQ(text_of(relations.at(1).self, "create"), "false");
  EXPECT_EQ(text_of(relations.at(2).self, "create"), "(none)");
}

TEST(YamlSource, ATableAloneIsEnough) {
  const auto spec = parse("tables:\n  users:\n");
  EXPECT_EQ(spec.declarations.relations.at(0).self.name, (Name{"public", "", "users"}));
  EXPECT_EQ(display(spec.declarations.relations.at(0).self.where), "spec.yaml:2:3");
  EXPECT_THAT(spec.declarations.relations.at(0).parts, IsEmpty());
}

TEST(YamlSource, ReadsSettings) {
  const auto spec = parse(
      "database: ${DATABASE_URL:-postgres://localhost}\nignore: ['audit.*', \"index:*_old\"]\n"
      "search_path: [app, public]\ntables: {users: }\n");
  EXPECT_EQ(spec.database, "${DATABASE_URL:-postgres://localhost}");
  EXPECT_EQ(display(spec.database_where), "spec.yaml:1:11");
  EXPECT_THAT(spec.ignore, ElementsAre("audit.*", "index:*_old"));
  EXPECT_THAT(spec.declarations.search_path, ElementsAre("app", "public"));
  EXPECT_EQ(spec.declarations.file, "spec.yaml");
}

TEST(YamlSource, SettingsMayStandAlone) {
  for (const auto* text : {"ignore: [audit.*]\n", "database: postgresql:///shop\n", "role: owner\n",
                           "schema_names: [billing]\n", "backfill: {users.score: 0}\n"})
    EXPECT_THAT(faults(text), IsEmpty()) << text;
  // A section without anything in it was meant to hold something.
  EXPECT_EQ(faults("ignore: [audit.*]\ntables: {}\n").size(), 1U);
  EXPECT_EQ(faults("search_path: [public]\n").size(), 1U);
}

TEST(YamlSource, ReadsWhatRowsGetBesideASource) {
  const auto spec = parse(
      "schema: alembic\nschema_names: [public, billing]\n"
      "backfill:\n  users.score: length(email)\n  billing.users.level: 1\n");
  EXPECT_THAT(spec.schema_names, ElementsAre("public", "billing"));
  ASSERT_EQ(spec.backfills.size(), 2U);
  EXPECT_EQ(spec.backfills[0].text, "users.score=length(email)");
  EXPECT_EQ(spec.backfills[1].text, "billing.users.level=1");
  EXPECT_EQ(spec.backfills[1].where.line, 5);
  EXPECT_EQ(faults("schema: alembic\nbackfill: [users.score]\n").size(), 1U);
  EXPECT_EQ(faults("schema: alembic\nbackfill: {users.score: }\n").size(), 1U);
}

TEST(YamlSource, SettingsHaveDefaults) {
  const auto spec = parse("tables: {users: }");
  EXPECT_EQ(spec.database, std::nullopt);
  EXPECT_THAT(spec.ignore, IsEmpty());
  EXPECT_THAT(spec.declarations.search_path, ElementsAre("public"));
}

TEST(YamlSource, TheFirstOfTheSearchPathIsHome) {
  const auto spec = parse("tables: {users: , public.logs: }\nsearch_path: [app, public]\n");
  EXPECT_EQ(spec.declarations.relations.at(0).self.name, (Name{"app", "", "users"}));
  EXPECT_EQ(spec.declarations.relations.at(1).self.name, (Name{"public", "", "logs"}));
}

TEST(YamlSource, CutsNamesAsTheServerDoes) {
  const std::string name(70, 'a');
  const auto spec = parse(fmt::format("tables:\n  {0}:\n    columns: {{{0}: int}}\n", name));
  const auto& relation = spec.declarations.relations.at(0);
  EXPECT_EQ(relation.self.name.name, std::string(63, 'a'));
  EXPECT_EQ(relation.parts.at(0).name,
            (Name{"public", std::string(63, 'a'), std::string(63, 'a')}));
}

// Spellings of text

TEST(YamlSource, TakesNumbersAndDatesAsTheyAreWritten) {
  EXPECT_EQ(text_of(only_column("n: {type: int, default: 007}"), "default"), "007");
  EXPECT_EQ(text_of(only_column("n: {type: float, default: 1e3}"), "default"), "1e3");
  EXPECT_EQ(text_of(only_column("d: {type: date, default: 2024-01-02}"), "default"), "2024-01-02");
  EXPECT_EQ(text_of(only_column("b: {type: boolean, default: yes}"), "default"), "yes");
}

TEST(YamlSource, TakesNamesAsTheyAreWritten) {
  for (const auto* name : {"yes", "007", "1.5", "2024-01-02", "true", "Mixed Case", "a.b"})
    EXPECT_EQ(only_column(fmt::format("{}: int", name)).name.name, name);
  EXPECT_EQ(only_column("'null': int").name.name, "null");
  EXPECT_EQ(only_column("\" x\": int").name.name, " x");
}

TEST(YamlSource, ReadsBlockScalars) {
  EXPECT_EQ(text_of(only_column("n: |\n  int\n  NOT NULL"), "definition"), "int\nNOT NULL\n");
  EXPECT_EQ(text_of(only_column("n: >-\n  int\n  NOT NULL"), "definition"), "int NOT NULL");
  EXPECT_EQ(text_of(only_column("n: int\n  NOT NULL"), "definition"), "int NOT NULL");
}

TEST(YamlSource, FollowsAliases) {
  const auto spec = parse(with_columns("a: &stamp timestamptz NOT NULL\nb: *stamp"));
  const auto& parts = spec.declarations.relations.at(0).parts;
  EXPECT_EQ(text_of(parts.at(0), "definition"), "timestamptz NOT NULL");
  EXPECT_EQ(text_of(parts.at(1), "definition"), "timestamptz NOT NULL");
  EXPECT_EQ(parts.at(1).name.name, "b");
}

TEST(YamlSource, FollowsAliasesOfMaps) {
  const auto spec = parse("tables:\n  a: &same\n    columns: {id: int}\n  b: *same\n");
  ASSERT_EQ(spec.declarations.relations.size(), 2U);
  EXPECT_EQ(spec.declarations.relations[1].parts.at(0).name, (Name{"public", "b", "id"}));
}

TEST(YamlSource, ReadsTextFromWindows) {
  const auto column = only_part("tables:\r\n  t:\r\n    columns:\r\n      id: int  \r\n");
  EXPECT_EQ(text_of(column, "definition"), "int");
  EXPECT_EQ(display(column.where), "spec.yaml:4:7");
  EXPECT_EQ(only_part("\xEF\xBB\xBF"
                      "tables: {t: {columns: {id: int}}}")
                .name.name,
            "id");
}

TEST(YamlSource, ReadsTextBeyondAscii) {
  const auto column = only_column(
      "gr\xC3\xB6\xC3\x9F"
      "e: text DEFAULT '\xF0\x9F\x90\x98'");
  EXPECT_EQ(column.name.name,
            "gr\xC3\xB6\xC3\x9F"
            "e");
  EXPECT_EQ(text_of(column, "definition"), "text DEFAULT '\xF0\x9F\x90\x98'");
}

// Faults: the file as a whole

TEST(YamlFaults, EmptyFile) {
  const auto empty = ElementsAre("0:0 the file is empty (write a first one with: pgmend init)");
  EXPECT_THAT(faults(""), empty);
  EXPECT_THAT(faults("\n  \n"), empty);
  EXPECT_THAT(faults("# only a comment\n"), empty);
  EXPECT_THAT(faults("---\n"), empty);
}

TEST(YamlFaults, NoKeysAtTheTop) {
  const std::string message =
      "1:1 expected keys at the top, such as `tables:` (write a first one with: pgmend init)";
  EXPECT_THAT(faults("tables"), ElementsAre(message));
  EXPECT_THAT(faults("- tables"), ElementsAre(message));
}

TEST(YamlFaults, NothingToCheck) {
  const auto nothing = ElementsAre(
      "0:0 the spec names nothing to check (add tables: write a first spec with: pgmend init)");
  EXPECT_THAT(faults("search_path: [a]"), nothing);
  EXPECT_THAT(faults("tables: {}"), nothing);
}

TEST(YamlFaults, Syntax) {
  EXPECT_THAT(faults("tables:\n  t: [a\n"),
              ElementsAre(HasSubstr("3:1 this is not YAML: end of sequence flow not found (look")));
  EXPECT_THAT(faults(with_columns("a: int DEFAULT 'x': y")),
              ElementsAre(HasSubstr("4:25 this is not YAML: illegal map value")));
  EXPECT_THAT(faults("a: *nobody"), ElementsAre(HasSubstr("this is not YAML: the referenced anchor "
                                                          "is not defined")));
}

TEST(YamlFaults, Tabs) {
  EXPECT_THAT(faults("tables:\n\tt:\n"), ElementsAre(HasSubstr("2:3 this is not YAML: ")));
}

TEST(YamlFaults, SecondDocument) {
  EXPECT_THAT(faults("tables: {a: }\n---\ntables: {b: }\n"),
              ElementsAre(HasSubstr("3:1 a second document begins here")));
}

TEST(YamlFaults, VeryDeepNesting) {
  EXPECT_THAT(faults("a: " + std::string(20000, '[')), testing::SizeIs(1));
}

// Faults: keys

TEST(YamlFaults, UnknownKeyAtTheTop) {
  EXPECT_THAT(
      faults("tabels: {}\ntables: {t: }"),
      ElementsAre("1:1 unknown key `tabels` in the top of the spec (did you mean `tables`?)"));
  EXPECT_THAT(faults("tables: {t: }\nzzz: 1"),
              ElementsAre("2:1 unknown key `zzz` in the top of the spec (known keys are: backfill, "
                          "database, ignore, members, role, schema, schema_names, search_path, "
                          "with, tables)"));
}

TEST(YamlFaults, OfMembers) {
  EXPECT_THAT(faults("members: [a]"),
              ElementsAre(HasSubstr("members must be a map of groups, not a list")));
  EXPECT_THAT(faults("members: {a: {schemas: x, majority: maybe}}"),
              ElementsAre(HasSubstr("majority must be true or false, not `maybe`")));
  EXPECT_THAT(
      faults("members: {a: {schema: x, shemas: y}}"),
      testing::Contains(HasSubstr("unknown key `shemas` in `a` (did you mean `schemas`?)")));
}

TEST(YamlFaults, UnknownKeyOfATable) {
  EXPECT_THAT(faults("tables:\n  t:\n    colums: {}\n"),
              ElementsAre("3:5 unknown key `colums` in `t` (did you mean `columns`?)"));
  EXPECT_THAT(faults("tables:\n  t:\n    zzz: {}\n"),
              ElementsAre("3:5 unknown key `zzz` in `t` (known keys are: create, columns, "
                          "constraints, indexes)"));
}

TEST(YamlFaults, UnknownKeyOfAColumn) {
  EXPECT_THAT(faults(with_columns("a: {type: int, nulable: false}")),
              ElementsAre("4:22 unknown key `nulable` in `a` (did you mean `nullable`?)"));
}

TEST(YamlFaults, UnknownKeyOfAnIndex) {
  EXPECT_THAT(faults("tables: {t: {indexes: {i: {definition: (a), unique: true}}}}"),
              ElementsAre("1:45 unknown key `unique` in `i` (known keys are: definition)"));
}

TEST(YamlFaults, DuplicateKeysAtEveryLevel) {
  EXPECT_THAT(faults("tables: {t: }\ntables: {u: }"),
              ElementsAre("2:1 `tables` stands twice in the top of the spec (keep one of them)"));
  EXPECT_THAT(faults("tables:\n  t:\n  t:\n"),
              ElementsAre("3:3 `t` stands twice in tables (keep one of them)"));
  EXPECT_THAT(faults("tables:\n  t:\n    columns: {a: int}\n    columns: {b: int}\n"),
              ElementsAre("4:5 `columns` stands twice in `t` (keep one of them)"));
  EXPECT_THAT(faults(with_columns("a: int\na: text")),
              ElementsAre("5:7 `a` stands twice in columns of `t` (keep one of them)"));
  EXPECT_THAT(faults(with_columns("a: {type: int, type: text}")),
              ElementsAre("4:22 `type` stands twice in `a` (keep one of them)"));
}

TEST(YamlFaults, OneTableInTwoSpellings) {
  EXPECT_THAT(faults("tables:\n  users:\n  public.users:\n"),
              ElementsAre("3:3 `public.users` stands twice in tables (keep one of them)"));
}

TEST(YamlFaults, OneColumnInTwoSpellings) {
  const std::string cut(63, 'a');
  EXPECT_THAT(
      faults(with_columns(fmt::format("{0}b: int\n{0}c: int", cut))),
      ElementsAre(fmt::format("5:7 `{}c` stands twice in columns of `t` (keep one of them)", cut)));
}

TEST(YamlFaults, MergeKeys) {
  EXPECT_THAT(faults(with_columns("a: &base {type: int}\nb: {<<: *base, nullable: false}")),
              testing::Contains(HasSubstr("5:11 unknown key `<<` in `b`")));
}

// Faults: values of a wrong type

TEST(YamlFaults, WrongTypesOfSettings) {
  EXPECT_THAT(faults("database: [a]\ntables: {t: }"),
              ElementsAre(HasSubstr("1:11 database must be text, not a list")));
  EXPECT_THAT(faults("database: ''\ntables: {t: }"),
              ElementsAre(HasSubstr("1:11 database must be text, not empty")));
  EXPECT_THAT(faults("ignore: audit\ntables: {t: }"),
              ElementsAre("1:9 ignore must be a list, not text (write: ignore: [first, second])"));
  EXPECT_THAT(faults("ignore: [a, {b: c}]\ntables: {t: }"),
              ElementsAre(HasSubstr("1:13 an entry of ignore must be text, not a map")));
  EXPECT_THAT(faults("search_path: {a: b}\ntables: {t: }"),
              ElementsAre(HasSubstr("1:14 search_path must be a list, not a map")));
}

TEST(YamlFaults, WrongTypesOfSections) {
  EXPECT_THAT(faults("tables: [a, b]"),
              ElementsAre(HasSubstr("1:9 tables must be a map of names, not a list")));
  EXPECT_THAT(faults("tables: users"),
              ElementsAre(HasSubstr("1:9 tables must be a map of names, not text")));
  EXPECT_THAT(faults("tables:\n"),
              ElementsAre(HasSubstr("tables must be a map of names, not nothing")));
  EXPECT_THAT(faults("tables: {t: {columns: [a, b]}}"),
              ElementsAre(HasSubstr("1:23 columns of `t` must be a map of names, not a list")));
}

TEST(YamlFaults, WrongTypesOfTables) {
  EXPECT_THAT(faults("tables: {t: text}"),
              ElementsAre(HasSubstr("1:13 `t` must be a map, not text")));
  EXPECT_THAT(faults("tables: {t: [id]}"),
              ElementsAre(HasSubstr("1:13 `t` must be a map, not a list")));
}

TEST(YamlFaults, ANulCharacterIsRefusedInTextsAndNames) {
  EXPECT_THAT(faults(with_columns("a: \"int\\0 NOT NULL\"")),
              ElementsAre(HasSubstr("4:10 text cannot hold a NUL character")));
  EXPECT_THAT(faults(with_columns("\"a\\0b\": int")),
              ElementsAre(HasSubstr("4:7 text cannot hold a NUL character")));
}

TEST(YamlFaults, WrongTypesOfDefinitions) {
  EXPECT_THAT(faults(with_columns("a: [int]")),
              ElementsAre(HasSubstr("4:10 `definition` of `a` must be text, not a list")));
  EXPECT_THAT(faults(with_columns("a: null")),
              ElementsAre(HasSubstr("4:7 `definition` of `a` must be text, not nothing")));
  EXPECT_THAT(faults(with_columns("a:")),
              ElementsAre(HasSubstr("`definition` of `a` must be text, not nothing")));
  EXPECT_THAT(faults(with_columns("a: '  '")),
              ElementsAre(HasSubstr("4:10 `definition` of `a` must be text, not empty")));
  EXPECT_THAT(faults(with_columns("a: {type: {b: c}}")),
              testing::Contains(HasSubstr("4:17 `type` of `a` must be text, not a map")));
}

TEST(YamlFaults, ATextThatYamlTakesForSomethingElse) {
  // A default of '{}' without quotes is a map to YAML: the hint says so.
  const auto found = faults(with_columns("a: {type: jsonb, default: {}}"));
  EXPECT_THAT(found, ElementsAre(HasSubstr("4:33 `default` of `a` must be text, not a map (put it "
                                           "in quotes")));
}

TEST(YamlFaults, BooleansAreTrueOrFalse) {
  for (const auto* word : {"yes", "no", "True", "1", "'on'", "FALSE"})
    EXPECT_THAT(faults(with_columns(fmt::format("a: {{type: int, nullable: {}}}", word))),
                ElementsAre(HasSubstr("4:32 `nullable` must be true or false, not `")))
        << word;
  EXPECT_THAT(faults("tables: {t: {create: maybe}}"),
              ElementsAre("1:22 `create` must be true or false, not `maybe` (write true or "
                          "false)"));
}

TEST(YamlFaults, NeitherDefinitionNorType) {
  EXPECT_THAT(faults(with_columns("a: {nullable: false}")),
              ElementsAre("4:7 `a` has no definition (write `definition:` or `type:`)"));
  EXPECT_THAT(faults("tables: {t: {indexes: {i: {}}}}"),
              ElementsAre("1:24 `i` has no definition (write `definition:`)"));
}

TEST(YamlFaults, DefinitionAndItsParts) {
  EXPECT_THAT(faults(with_columns("a: {definition: int, type: int}")),
              ElementsAre(HasSubstr("4:34 `a` has both `definition` and `type`")));
  EXPECT_THAT(faults(with_columns("a: {definition: int, nullable: true, default: 0}")),
              ElementsAre(HasSubstr("4:38 `a` has both `definition` and `nullable`"),
                          HasSubstr("4:53 `a` has both `definition` and `default`")));
}

TEST(YamlFaults, EmptyNames) {
  EXPECT_THAT(faults("tables:\n  '':\n"), ElementsAre(HasSubstr("2:3 a name is empty")));
  EXPECT_THAT(faults("tables:\n  ~:\n"), ElementsAre(HasSubstr("2:3 a name is empty")));
  EXPECT_THAT(faults("tables:\n  app.:\n"), ElementsAre(HasSubstr("2:3 a name is empty")));
  EXPECT_THAT(faults("tables:\n  .users:\n"), ElementsAre(HasSubstr("2:3 a name is empty")));
  EXPECT_THAT(faults(with_columns("'': int")), ElementsAre(HasSubstr("a name is empty")));
}

TEST(YamlFaults, NamesThatAreNoText) {
  EXPECT_THAT(faults("tables:\n  ? {a: b}\n  : {}\n"), testing::Not(IsEmpty()));
  EXPECT_THAT(faults("? [a]\n: {}\n"), testing::Contains(HasSubstr("unknown key")));
}

TEST(YamlFaults, AreReportedTogether) {
  EXPECT_THAT(faults("databse: x\n"
                     "tables:\n"
                     "  t:\n"
                     "    colums: {}\n"
                     "    columns:\n"
                     "      a: {nulable: false, type: int}\n"
                     "      b: [x]\n"
                     "      c: int\n"
                     "      c: text\n"
                     "  u: 5\n"),
              ElementsAre(HasSubstr("1:1 unknown key `databse`"), HasSubstr("4:5 unknown key"),
                          HasSubstr("9:7 `c` stands twice"), HasSubstr("6:11 unknown key"),
                          HasSubstr("7:10 `definition` of `b`"), HasSubstr("10:6 `u` must be")));
}

// Names

struct NameCase {
  const char* text;
  const char* schema;
  const char* name;
};

class RelationName : public testing::TestWithParam<NameCase> {};

TEST_P(RelationName, IsSplitAtTheFirstDot) {
  const auto& [text, schema, name] = GetParam();
  EXPECT_EQ(parse_relation_name(text, "home"), (Name{schema, "", name}));
}

INSTANTIATE_TEST_SUITE_P(
    Table, RelationName,
    testing::Values(NameCase{"users", "home", "users"}, NameCase{"Users", "home", "Users"},
                    NameCase{"app.users", "app", "users"}, NameCase{"app.a.b", "app", "a.b"},
                    NameCase{"\"a.b\"", "home", "a.b"}, NameCase{"\"a.b\".\"c.d\"", "a.b", "c.d"},
                    NameCase{"app.\"c.d\"", "app", "c.d"}, NameCase{"\"a.b\".c", "a.b", "c"},
                    NameCase{"\"say \"\"x\"\"\"", "home", "say \"x\""},
                    NameCase{"\"\"\"\"", "home", "\""}, NameCase{"a\"b", "home", "a\"b"},
                    NameCase{"\"a\"\".b\"", "home", "a\".b"}, NameCase{"a b", "home", "a b"},
                    NameCase{"", "home", ""}, NameCase{"app.", "app", ""},
                    NameCase{".users", "", "users"}));

TEST(YamlSource, BytesThatAreNoTextAreRefusedWhereTheyStand) {
  EXPECT_THAT(
      faults(with_columns("\u00e4\xff: int")),
      ElementsAre("4:8 \\xff is no UTF-8 (convert the file: iconv -f LATIN1 -t UTF-8 FILE)"));
  EXPECT_THAT(faults("search_path: [a\xed\xa0\x80]\n"), ElementsAre(HasSubstr("1:16 \\xed is no")));
  EXPECT_THAT(faults(with_columns(std::string("own\0ter: text", 13))),
              ElementsAre("4:10 text cannot hold a NUL character (remove it)"));
  EXPECT_THAT(faults(with_columns("own\rter: text")),
              ElementsAre(HasSubstr("4:10 a carriage return")));
  EXPECT_THAT(faults("tables:\r\n  t:\r\n    columns:\r\n      a: int\r\n"), IsEmpty());
}

/// yaml-cpp would find one empty document after the other.
TEST(YamlSource, WhatCannotBeginADocumentEndsTheReading) {
  for (const std::string begin : {",", "]", "}", "- a\n---\n,", "# a\n, "})
    EXPECT_THAT(faults(begin + "tables: {t: {columns: {a: int}}}\n"),
                ElementsAre(HasSubstr("this is not YAML: ")))
        << begin;
}

TEST(YamlSource, OtherFormsOfUnicodeAreRead) {
  std::string wide = "\xff\xfe";
  for (const char c : std::string("tables: {t: {columns: {a: int}}}\n")) wide += {c, '\0'};
  EXPECT_THAT(faults(wide), IsEmpty());
  EXPECT_THAT(faults("\xef\xbb\xbftables: {t: {columns: {a: int}}}\n"), IsEmpty());
}

}  // namespace
}  // namespace pgmend::source
