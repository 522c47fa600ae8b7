// SPDX-License-Identifier: MIT
#include "app/compare/filter.hpp"

#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "model/spec_error.hpp"

namespace pgmend::app {
namespace {

using testing::ElementsAre;
using Strings = std::vector<std::string>;

Declarations declarations() {
  Declarations all;
  for (const auto& [schema, name] :
       {std::pair{"public", "users"}, {"public", "user_keys"}, {"audit", "log"}}) {
    Declarations::Relation relation;
    relation.self.name = {schema, "", name};
    for (const auto* column : {"id", "name_old"}) {
      Declared part;
      part.name = {schema, name, column};
      relation.parts.push_back(part);
    }
    all.relations.push_back(relation);
  }
  all.file = "spec.yaml";
  return all;
}

Strings left(const Filter& filter) {
  Strings names;
  for (const auto& relation : filtered(declarations(), filter).relations) {
    names.push_back(display(relation.self.name));
    for (const auto& part : relation.parts) names.back() += ' ' + part.name.name;
  }
  return names;
}

std::string fault(const Filter& filter) {
  try {
    check_filter(filter, kinds::all(), {"spec.yaml", declarations(), nullptr, {}});
  } catch (const SpecError& error) {
    const auto& first = error.faults().at(0);
    return display(first.where) + ": " + first.message + " (" + first.hint + ')';
  }
  return "none";
}

bool accepts(const Filter& filter, const Kind& kind, const Name& name) {
  return filter.accepts(test::object(kind, name));
}

TEST(Filter, LetsEverythingThroughWhenEmpty) {
  EXPECT_TRUE(Filter{}.accepts_relation("any", "thing"));
  EXPECT_TRUE(accepts({}, kinds::k_column, {"public", "t", "c"}));
  EXPECT_THAT(left({}),
              ElementsAre("users id name_old", "user_keys id name_old", "audit.log id name_old"));
  EXPECT_EQ(fault({}), "none");
}

TEST(Filter, BySchema) {
  const Filter filter{.schemas = {"aud*"}, .tables = {}, .kinds = {}, .ignore = {}};
  EXPECT_TRUE(filter.accepts_relation("audit", "log"));
  EXPECT_FALSE(filter.accepts_relation("public", "audit"));
  EXPECT_THAT(left(filter), ElementsAre("audit.log id name_old"));
}

TEST(Filter, ByTable) {
  Filter filter;
  filter.tables = {"user*"};
  EXPECT_THAT(left(filter), ElementsAre("users id name_old", "user_keys id name_old"));
  filter.tables = {"audit.log"};
  EXPECT_THAT(left(filter), ElementsAre("audit.log id name_old"));
  filter.tables = {"public.log"};
  EXPECT_THAT(left(filter), ElementsAre());
  filter.tables = {"users", "log"};
  EXPECT_THAT(left(filter), ElementsAre("users id name_old", "audit.log id name_old"));
}

TEST(Filter, BySchemaAndTable) {
  Filter filter;
  filter.schemas = {"public"};
  filter.tables = {"log"};
  EXPECT_FALSE(filter.accepts_relation("audit", "log"));
  EXPECT_TRUE(filter.accepts_relation("public", "log"));
}

TEST(Filter, ByKind) {
  Filter filter;
  filter.kinds = {"index", "check"};
  EXPECT_TRUE(accepts(filter, kinds::k_index, {"public", "t", "i"}));
  EXPECT_TRUE(accepts(filter, kinds::k_check, {"public", "t", "c"}));
  EXPECT_FALSE(accepts(filter, kinds::k_column, {"public", "t", "c"}));
  EXPECT_TRUE(accepts(filter, kinds::k_table, {"public", "", "t"})) << "owners always pass";
}

TEST(Filter, IgnoresByNameInEachOfItsLengths) {
  const Name name = {"app", "users", "email_old"};
  for (const auto* glob :
       {"email_old", "*_old", "users.email_old", "users.*", "app.users.*", "app.*", "*"}) {
    Filter filter;
    filter.ignore = {"other", glob};
    EXPECT_FALSE(accepts(filter, kinds::k_column, name)) << glob;
  }
  for (const auto* glob : {"email", "users", "app", "public.*", "app.email_old", "Email_old"}) {
    Filter filter;
    filter.ignore = {glob};
    EXPECT_TRUE(accepts(filter, kinds::k_column, name)) << glob;
  }
}

TEST(Filter, IgnoresOneKind) {
  Filter filter;
  filter.ignore = {"index:*_old"};
  EXPECT_FALSE(accepts(filter, kinds::k_index, {"public", "t", "ix_old"}));
  EXPECT_TRUE(accepts(filter, kinds::k_index, {"public", "t", "ix"}));
  EXPECT_TRUE(accepts(filter, kinds::k_column, {"public", "t", "ix_old"}));
}

TEST(Filter, IgnoresTables) {
  Filter filter;
  filter.ignore = {"audit.*"};
  EXPECT_FALSE(accepts(filter, kinds::k_table, {"audit", "", "log"}));
  EXPECT_THAT(left(filter), ElementsAre("users id name_old", "user_keys id name_old"));
  filter.ignore = {"table:users"};
  EXPECT_THAT(left(filter), ElementsAre("user_keys id name_old", "audit.log id name_old"));
}

TEST(Filter, IgnoresPartsBeforeTheyAreAsked) {
  Filter filter;
  filter.ignore = {"*_old"};
  EXPECT_THAT(left(filter), ElementsAre("users id", "user_keys id", "audit.log id"));
}

TEST(Filter, PartsOfOneKindAreIgnoredOnceTheKindIsKnown) {
  Filter filter;
  filter.ignore = {"column:*_old"};
  EXPECT_THAT(left(filter),
              ElementsAre("users id name_old", "user_keys id name_old", "audit.log id name_old"));
  EXPECT_FALSE(accepts(filter, kinds::k_column, {"public", "users", "name_old"}));
}

TEST(CheckFilter, KnowsTheKinds) {
  Filter filter;
  filter.kinds = {"column", "foreign_key"};
  EXPECT_EQ(fault(filter), "none");
  filter.kinds = {"colum"};
  EXPECT_EQ(fault(filter), "--kind: there is no kind `colum` (did you mean `column`?)");
  filter.kinds = {"column", "zzzzz"};
  EXPECT_THAT(fault(filter), testing::HasSubstr("no kind `zzzzz` (kinds are: schema, extension, "));
}

TEST(CheckFilter, SomethingMustBeLeft) {
  Filter filter;
  filter.tables = {"user"};
  EXPECT_EQ(fault(filter),
            "spec.yaml: no table of the spec matches --table and --schema-name (did you mean "
            "`users`?)");
  filter.tables = {};
  filter.schemas = {"nowhere"};
  EXPECT_EQ(fault(filter),
            "spec.yaml: no table of the spec matches --table and --schema-name (it names: users, "
            "user_keys, audit.log)");
}

TEST(CheckFilter, WithoutDeclarationsThereIsNothingToMiss) {
  Filter filter;
  filter.tables = {"any"};
  EXPECT_NO_THROW(check_filter(filter, kinds::all(), Expectation{}));
}

}  // namespace
}  // namespace pgmend::app
