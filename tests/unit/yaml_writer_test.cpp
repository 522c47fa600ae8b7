// SPDX-License-Identifier: MIT
#include "source/yaml_writer.hpp"

#include <gmock/gmock.h>

#include "app/database/project.hpp"
#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "source/yaml_source.hpp"

namespace pgmend::source {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Strings = std::vector<std::string>;

Object table(const std::string& name, const std::string& in = "public") {
  return object(kinds::k_table, {in, "", name}, {{"form", "table"}});
}

Object column(const std::string& relation, const std::string& name,
              const std::string& type = "integer") {
  return object(kinds::k_column, {"public", relation, name}, {{"type", type}});
}

Object foreign_key(const std::string& name, const std::string& parent) {
  return object(kinds::k_foreign_key, {"public", "t", name},
                {{"columns", "{a}"}, {"parent", parent}, {"parent_columns", "{id}"}});
}

std::string write(const Schema& schema, const Strings& search_path = {"public"},
                  const std::string& database = "shop on localhost") {
  return write_yaml({database, search_path, schema}, kinds::all());
}

Declarations read(const std::string& text) {
  return parse_yaml(text, "spec.yaml", app::all_sections()).declarations;
}

/// "public.t.a: integer" for each part that is read back.
Strings read_back(const Schema& schema, const Strings& search_path = {"public"}) {
  Strings out;
  for (const auto& relation : read(write(schema, search_path)).relations) {
    if (relation.parts.empty()) out.push_back(display(relation.self.name));
    for (const auto& part : relation.parts)
      out.push_back(display(part.name) + ": " + part.part("definition")->text);
  }
  return out;
}

TEST(YamlWriter, WritesWhatPeopleWouldWrite) {
  const auto all = schema(
      {table("t"), column("t", "id"), column("t", "name", "text"),
       object(kinds::k_primary_key, {"public", "t", "t_pkey"}, {{"columns", "{id}"}}),
       object(kinds::k_check, {"public", "t", "t_check"}, {{"expression", "(id > 0)"}}),
       object(kinds::k_index, {"public", "t", "t_ix"}, {{"method", "btree"}, {"keys", "{name}"}})});
  EXPECT_THAT(write(all), testing::EndsWith("tables:\n"
                                            "  t:\n"
                                            "    columns:\n"
                                            "      id: integer\n"
                                            "      name: text\n"
                                            "    constraints:\n"
                                            "      t_pkey: PRIMARY KEY (id)\n"
                                            "      t_check: CHECK ((id > 0))\n"
                                            "    indexes:\n"
                                            "      t_ix: (name)\n\n"));
}

TEST(YamlWriter, IsReadBack) {
  const auto all =
      schema({table("t"), column("t", "id"),
              object(kinds::k_column, {"public", "t", "note"},
                     {{"type", "text"}, {"default", "'a: b # c'::text"}, {"not_null", "NOT NULL"}}),
              object(kinds::k_unique, {"public", "t", "t_key"}, {{"columns", "{id}"}}), table("u"),
              object(kinds::k_index, {"public", "u", "u_ix"},
                     {{"method", "gin"}, {"keys", "{x}"}, {"predicate", "(y = '{}'::jsonb)"}})});
  EXPECT_THAT(read_back(all),
              ElementsAre("t.id: integer", "t.note: text DEFAULT 'a: b # c'::text NOT NULL",
                          "t.t_key: UNIQUE (id)", "u.u_ix: USING gin (x) WHERE (y = '{}'::jsonb)"));
}

class OddName : public testing::TestWithParam<std::string> {};

TEST_P(OddName, OfAColumnIsReadBack) {
  const auto relations = read(write(schema({table("t"), column("t", GetParam())}))).relations;
  ASSERT_EQ(relations.size(), 1U);
  ASSERT_EQ(relations[0].parts.size(), 1U);
  EXPECT_EQ(relations[0].parts[0].name, (Name{"public", "t", GetParam()}));
}

TEST_P(OddName, OfATableIsReadBack) {
  const auto relations = read(write(schema({table(GetParam())}))).relations;
  ASSERT_EQ(relations.size(), 1U);
  EXPECT_EQ(relations[0].self.name, (Name{"public", "", GetParam()}));
}

TEST_P(OddName, OfASchemaIsReadBack) {
  const auto all = schema({table("a"), table("b", GetParam())});
  const auto relations = read(write(all, {"public", GetParam()})).relations;
  ASSERT_EQ(relations.size(), 2U);
  EXPECT_EQ(relations[1].self.name, (Name{GetParam(), "", "b"}));
}

TEST_P(OddName, AsHomeIsReadBack) {
  const auto relations = read(write(schema({table("a", GetParam())}), {GetParam()})).relations;
  ASSERT_EQ(relations.size(), 1U);
  EXPECT_EQ(relations[0].self.name, (Name{GetParam(), "", "a"}));
}

TEST_P(OddName, InACommentStaysThere) {
  auto key = foreign_key(GetParam(), "\"public\".\"elsewhere\"");
  const auto relations = read(write(schema({table("t"), column("t", "a"), key}))).relations;
  ASSERT_EQ(relations.size(), 1U);
  EXPECT_EQ(relations[0].parts.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Names, OddName,
                         testing::Values("Mixed Case", " leading", "trailing ", "a.b", ".", "a.",
                                         ".a", "\"", "\"a\"", "a\"b", "a\".b", "a.\"b\"", "'",
                                         "a'b", "a: b", "a:", ":", "a #b", "#a", "yes", "no",
                                         "true", "null", "Null", "~", "007", "1.5", "1e3",
                                         "2024-01-02", "-", "- a", "---", "?", "*a", "&a", "!a",
                                         "%a", "@a", "`a`", "|", ">", "{a}", "[a]", "a,b", "=",
                                         "<<", "a\\b", "a\nb", "a\tb", "a\rb", "\xC3\xBC",
                                         "\xF0\x9F\x90\x98", "tables", "columns", "..."));

TEST(YamlWriter, WritesReferencesAsPeopleDo) {
  const auto all = schema({table("p"), table("t"), foreign_key("k", "\"public\".\"p\"")});
  EXPECT_THAT(write(all), HasSubstr("      k: FOREIGN KEY (a) REFERENCES \"p\" (id)\n"));
}

// The SQL in a remark is there to be copied.
TEST(YamlWriter, ARemarkKeepsItsSpaces) {
  const auto all = schema({table("t"), foreign_key("k", "\"else  where\".\"p\"")});
  EXPECT_THAT(write(all), HasSubstr("# k: FOREIGN KEY (a) REFERENCES \"else  where\".\"p\""));
}

TEST(YamlWriter, WhatCannotBeDeclaredStandsInComments) {
  const auto all = schema({table("t"), column("t", "a"),
                           object(kinds::k_unique, {"public", "t", "u"}, {{"columns", "{a}"}}),
                           foreign_key("k", "\"elsewhere\".\"p\"")});
  EXPECT_THAT(write(all), HasSubstr("      # k: FOREIGN KEY (a) REFERENCES \"elsewhere\".\"p\""));
  EXPECT_THAT(read_back(all), ElementsAre("t.a: integer", "t.u: UNIQUE (a)"));
}

TEST(YamlWriter, ASectionOfCommentsOnlyIsStillASpec) {
  const auto all = schema({table("t"), column("t", "a"), foreign_key("k", "\"elsewhere\".\"p\"")});
  EXPECT_THAT(write(all), HasSubstr("# k: FOREIGN KEY"));
  EXPECT_THAT(read_back(all), ElementsAre("t.a: integer"));
}

TEST(YamlWriter, AReferenceMeansTheFirstOfTheSearchPath) {
  // "p" alone would find app.p, which is not meant.
  auto key = foreign_key("k", "\"public\".\"p\"");
  key.name.schema = "app";
  const auto all = schema({table("p", "app"), table("p"), table("t", "app"), key});
  EXPECT_THAT(write(all, {"public", "app"}), HasSubstr("# k: FOREIGN KEY"));
}

TEST(YamlWriter, WritesTheSearchPathWhereItIsNotTheUsualOne) {
  EXPECT_THAT(write(schema({table("t")})), Not(HasSubstr("search_path")));
  const auto two = write(schema({table("t"), table("u", "app")}), {"public", "app"});
  EXPECT_THAT(two, HasSubstr("search_path:\n  - public\n  - app\n"));
  EXPECT_THAT(two, HasSubstr("  app.u:\n"));
  EXPECT_THAT(read(two).search_path, ElementsAre("public", "app"));
}

TEST(YamlWriter, OneSchemaThatIsNotPublicIsHome) {
  const auto text = write(schema({table("t", "app")}), {"app"});
  EXPECT_THAT(text, HasSubstr("search_path:\n  - app\n"));
  EXPECT_EQ(read(text).relations.at(0).self.name, (Name{"app", "", "t"}));
}

TEST(YamlWriter, TablesWithoutPartsAreReadBack) {
  EXPECT_THAT(read_back(schema({table("t")})), ElementsAre("t"));
}

TEST(YamlWriter, NamesItsDatabaseInAComment) {
  EXPECT_THAT(write(schema({table("t")})), HasSubstr("# shop on localhost.\n"));
  const auto odd = write(schema({table("t")}), {"public"}, "a\nb: c");
  EXPECT_NO_THROW(read(odd)) << odd;
}

}  // namespace
}  // namespace pgmend::source
