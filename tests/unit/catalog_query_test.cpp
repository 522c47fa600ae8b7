// SPDX-License-Identifier: MIT
#include "engine/catalog_query.hpp"

#include <gmock/gmock.h>

#include "kinds/kinds.hpp"
#include "util/text.hpp"

namespace pgmend::engine {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto k_narrowed = Reach::some;
constexpr auto k_whole = Reach::whole;
constexpr auto k_all_but = Reach::all_but;
constexpr auto k_only = Reach::only;

TEST(CatalogQuery, LeavesPlainLinesAlone) {
  EXPECT_EQ(render_catalog_query("\nSELECT 1\n  FROM t -- a remark\n", 15, k_whole),
            "SELECT 1\n  FROM t -- a remark\n");
}

TEST(CatalogQuery, PresenceIsAskedOfTheSamePart) {
  constexpr auto k_text = "SELECT FROM t WHERE a\n-- narrowed: AND t.oid = ANY ($1::oid[])";
  EXPECT_EQ(render_presence(k_text, 15, k_whole, {}), "EXISTS (SELECT FROM t WHERE a\n)");
  EXPECT_EQ(render_presence(k_text, 15, k_narrowed, {7, 8}),
            "EXISTS (SELECT FROM t WHERE a\nAND t.oid = ANY ('{7,8}'::oid[])\n)");
  EXPECT_EQ(render_presence("", 15, k_narrowed, {7}), "true");
}

TEST(CatalogQuery, SinceIsForThatVersionAndNewer) {
  constexpr auto k_text = "SELECT 1,\n  x, -- since 15\n  2";
  EXPECT_EQ(render_catalog_query(k_text, 14, k_whole), "SELECT 1,\n  2\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_whole), "SELECT 1,\n  x,\n  2\n");
  EXPECT_EQ(render_catalog_query(k_text, 18, k_whole), "SELECT 1,\n  x,\n  2\n");
}

TEST(CatalogQuery, BeforeIsForOlderVersions) {
  constexpr auto k_text = "SELECT 1,\n  -- before 15: NULL AS x,\n  2";
  EXPECT_EQ(render_catalog_query(k_text, 14, k_whole), "SELECT 1,\nNULL AS x,\n  2\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_whole), "SELECT 1,\n  2\n");
}

TEST(CatalogQuery, NarrowedIsForSomeRelations) {
  constexpr auto k_text = "SELECT 1\nWHERE true\n  -- narrowed: AND oid = ANY ($1::oid[])";
  EXPECT_EQ(render_catalog_query(k_text, 15, k_narrowed),
            "SELECT 1\nWHERE true\nAND oid = ANY ($1::oid[])\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_whole), "SELECT 1\nWHERE true\n");
}

TEST(CatalogQuery, ALineMayHaveTwoMarks) {
  constexpr auto k_text =
      "SELECT 1\nWHERE true\n  -- narrowed: AND oid = ANY ($1::oid[]) -- since 14\n"
      "  AND own -- whole -- since 14";
  EXPECT_EQ(render_catalog_query(k_text, 13, k_narrowed), "SELECT 1\nWHERE true\n");
  EXPECT_EQ(render_catalog_query(k_text, 14, k_narrowed),
            "SELECT 1\nWHERE true\nAND oid = ANY ($1::oid[])\n");
  EXPECT_EQ(render_catalog_query(k_text, 13, k_whole), "SELECT 1\nWHERE true\n");
  EXPECT_EQ(render_catalog_query(k_text, 14, k_whole), "SELECT 1\nWHERE true\n  AND own\n");
}

TEST(CatalogQuery, WholeIsForEverything) {
  constexpr auto k_text = "SELECT 1\nWHERE true\n  AND NOT own -- whole\nORDER BY 1";
  EXPECT_EQ(render_catalog_query(k_text, 15, k_narrowed), "SELECT 1\nWHERE true\nORDER BY 1\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_whole),
            "SELECT 1\nWHERE true\n  AND NOT own\nORDER BY 1\n");
}

TEST(CatalogQuery, WhatCanBeNarrowedToCanBeLeftOut) {
  constexpr auto k_text =
      "SELECT 1\nWHERE true\n  -- narrowed: AND oid = ANY ($1::oid[])\n  AND own -- whole";
  EXPECT_EQ(render_catalog_query(k_text, 15, k_all_but),
            "SELECT 1\nWHERE true\nAND oid <> ALL ($1::oid[])\n  AND own\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_only),
            "SELECT 1\nWHERE true\nAND oid = ANY ($1::oid[])\n  AND own\n");
}

TEST(CatalogQuery, AllButIsForEverythingButSomeObjects) {
  constexpr auto k_text =
      "SELECT 1\nWHERE true\n  -- narrowed: AND s = ANY ($1::oid[])\n"
      "  -- all but: AND oid <> ALL ($1::oid[])\n  AND own -- whole";
  EXPECT_EQ(render_catalog_query(k_text, 15, k_all_but),
            "SELECT 1\nWHERE true\nAND oid <> ALL ($1::oid[])\n  AND own\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_narrowed),
            "SELECT 1\nWHERE true\nAND s = ANY ($1::oid[])\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_only),
            "SELECT 1\nWHERE true\nAND oid = ANY ($1::oid[])\n  AND own\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_whole), "SELECT 1\nWHERE true\n  AND own\n");
}

/// Without string literals, which may hold anything.
std::string without_literals(std::string_view query) {
  std::string out;
  bool inside = false;
  for (const char c : query) {
    if (c == '\'') inside = !inside;
    if (!inside) out += c;
  }
  return out;
}

/// 0 if every parenthesis has its partner.
int open_parentheses(std::string_view query) {
  int depth = 0;
  for (const char c : without_literals(query)) {
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return depth;
  }
  return depth;
}

struct Rendering {
  const Kind* kind;
  int major;
  Reach reach;
};

bool is_read_so(const Kind& kind, Reach reach) {
  switch (reach) {
    case Reach::whole:
      return true;
    case Reach::some:  // what stands in no schema is always read as a whole
    case Reach::within:
      return kind.home != Kind::Home::database;
    case Reach::all_but:
    case Reach::only:
      break;
  }
  return kind.home == Kind::Home::relation ||
         kind.catalog_query.find("-- all but") != std::string_view::npos;
}

std::vector<Rendering> renderings() {
  std::vector<Rendering> all;
  for (const auto* kind : kinds::all())
    for (int major = 13; major <= 18; ++major)
      for (const auto reach : {k_whole, k_narrowed, Reach::within, k_all_but, k_only})
        if (is_read_so(*kind, reach)) all.push_back({kind, major, reach});
  return all;
}

class EveryRoomsQuery : public testing::TestWithParam<Rendering> {
 protected:
  std::string text() const {
    const auto& [kind, major, reach] = GetParam();
    return render_catalog_query(kind->catalog_query, major, reach);
  }
};

TEST_P(EveryRoomsQuery, HasNoMarkLeft) {
  for (const auto* mark : {"-- since", "-- before", "-- narrowed", "-- whole", "-- all but"})
    EXPECT_THAT(text(), Not(HasSubstr(mark)));
}

TEST_P(EveryRoomsQuery, HasAParameterOnlyWhereItIsNarrowed) {
  const bool narrowed = GetParam().reach != k_whole;
  EXPECT_EQ(text().find("$1::oid[]") != std::string::npos, narrowed);
  EXPECT_EQ(without_literals(text()).find("$1") != std::string::npos, narrowed);
}

TEST_P(EveryRoomsQuery, HasBalancedParentheses) {
  EXPECT_EQ(open_parentheses(text()), 0) << text();
}

TEST_P(EveryRoomsQuery, NamesTheCatalogsInFull) {
  EXPECT_THAT(text(), HasSubstr("FROM pg_catalog."));
  EXPECT_THAT(text(), Not(HasSubstr("JOIN pg_class")));
}

TEST_P(EveryRoomsQuery, ReturnsWhatTheEngineReads) {
  auto query = text::replace_all(text(), "\"", "");
  for (const auto* column : {"schema", "relation", "name", "classid", "objid", "objsubid"})
    EXPECT_THAT(query, HasSubstr(std::string(" AS ") + column));
  for (const auto& attribute : GetParam().kind->attributes) {
    if (attribute.form == Attribute::Form::directive) continue;
    EXPECT_THAT(query, HasSubstr(" AS " + std::string(attribute.name)));
  }
}

INSTANTIATE_TEST_SUITE_P(AllVersions, EveryRoomsQuery, testing::ValuesIn(renderings()),
                         [](const auto& instance) {
                           return std::string(instance.param.kind->name) + "_" +
                                  std::to_string(instance.param.major) +
                                  (instance.param.reach == k_whole      ? "_whole"
                                   : instance.param.reach == k_narrowed ? "_narrowed"
                                   : instance.param.reach == k_all_but  ? "_all_but"
                                   : instance.param.reach == k_only     ? "_only"
                                                                        : "_within");
                         });

}  // namespace
}  // namespace pgmend::engine
