// SPDX-License-Identifier: MIT
#include "engine/catalog_query.hpp"

#include <gmock/gmock.h>

#include "kinds/kinds.hpp"
#include "util/text.hpp"

namespace pgmend::engine {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr bool k_narrowed = true;
constexpr bool k_whole = false;

TEST(CatalogQuery, LeavesPlainLinesAlone) {
  EXPECT_EQ(render_catalog_query("\nSELECT 1\n  FROM t -- a remark\n", 15, k_whole),
            "SELECT 1\n  FROM t -- a remark\n");
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

TEST(CatalogQuery, WholeIsForEverything) {
  constexpr auto k_text = "SELECT 1\nWHERE true\n  AND NOT own -- whole\nORDER BY 1";
  EXPECT_EQ(render_catalog_query(k_text, 15, k_narrowed), "SELECT 1\nWHERE true\nORDER BY 1\n");
  EXPECT_EQ(render_catalog_query(k_text, 15, k_whole),
            "SELECT 1\nWHERE true\n  AND NOT own\nORDER BY 1\n");
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
  bool narrowed;
};

std::vector<Rendering> renderings() {
  std::vector<Rendering> all;
  for (const auto* kind : kinds::all())
    for (int major = 13; major <= 18; ++major)
      for (const bool narrowed : {k_narrowed, k_whole})
        // What stands in no schema is always read as a whole.
        if (!narrowed || kind->home != Kind::Home::database) all.push_back({kind, major, narrowed});
  return all;
}

class EveryRoomsQuery : public testing::TestWithParam<Rendering> {
 protected:
  std::string text() const {
    const auto& [kind, major, narrowed] = GetParam();
    return render_catalog_query(kind->catalog_query, major, narrowed);
  }
};

TEST_P(EveryRoomsQuery, HasNoMarkLeft) {
  for (const auto* mark : {"-- since", "-- before", "-- narrowed", "-- whole"})
    EXPECT_THAT(text(), Not(HasSubstr(mark)));
}

TEST_P(EveryRoomsQuery, HasAParameterOnlyWhereItIsNarrowed) {
  EXPECT_EQ(text().find("$1::oid[]") != std::string::npos, GetParam().narrowed);
  EXPECT_EQ(without_literals(text()).find('$') != std::string::npos, GetParam().narrowed);
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
                                  (instance.param.narrowed ? "_narrowed" : "_whole");
                         });

}  // namespace
}  // namespace pgmend::engine
