// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "report/html/picture.hpp"
#include "report/html/svg.hpp"

namespace pgmend::report::html {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::HasSubstr;
using testing::Not;

Object table(const std::string& name) {
  return object(kinds::k_table, {"public", "", name});
}

Object column(const std::string& table, const std::string& name) {
  return object(kinds::k_column, {"public", table, name}, {{"type", "integer"}});
}

Object key(const std::string& from, const std::string& to) {
  return object(kinds::k_foreign_key, {"public", from, from + "_fkey"},
                {{"parent", "\"public\".\"" + to + "\""}});
}

/// users <- orders <- items, and notes apart.
std::vector<Object> shop() {
  return {table("users"),        table("orders"),       table("items"),
          table("notes"),        column("users", "id"), column("orders", "id"),
          column("items", "id"), column("notes", "id"), key("orders", "users"),
          key("items", "orders")};
}

struct Drawn {
  Picture picture;
  std::string html;
};

Drawn drawn(const std::vector<Object>& expected, const std::vector<Object>& actual,
            std::vector<Finding> findings) {
  Report report;
  report.findings = std::move(findings);
  report.checked = std::make_shared<const Schema>(schema(expected));
  const Groups groups(report);
  const auto outline = outline_of(schema(expected), schema(actual));
  return {picture_of(report, groups, outline), picture_section(report, groups, outline)};
}

std::vector<std::string> titles(const Picture& picture) {
  std::vector<std::string> out;
  for (const auto& box : picture.boxes) out.push_back(box.title);
  return out;
}

TEST(HtmlPicture, WithoutFindingsThereIsNone) {
  EXPECT_EQ(drawn(shop(), shop(), {}).html, "");
}

TEST(HtmlPicture, TablesWithFindingsAndThoseNextToThem) {
  const auto [picture, html] = drawn(shop(), shop(), {missing(column("users", "age"))});
  EXPECT_THAT(titles(picture), testing::ElementsAre("users", "orders"));
  ASSERT_EQ(picture.links.size(), 1U);
  EXPECT_EQ(picture.boxes[picture.links[0].from].title, "orders");
  EXPECT_THAT(picture.boxes[0].anchor, testing::StartsWith("g"));
  EXPECT_EQ(picture.boxes[1].anchor, "");
  EXPECT_THAT(html, HasSubstr("<a href=\"#" + picture.boxes[0].anchor + "\">"));
}

TEST(HtmlPicture, DriftHasASignAndAWord) {
  auto expected = shop();
  expected.push_back(column("users", "age"));
  const auto [picture, html] = drawn(expected, shop(), {missing(column("users", "age"))});
  const auto& box = picture.boxes[0];
  EXPECT_EQ(box.words, "1 missing");
  ASSERT_EQ(box.rows.size(), 2U);
  EXPECT_EQ(box.rows[0].words, "integer");
  EXPECT_EQ(box.rows[1].mark.sign, "−");
  EXPECT_EQ(box.rows[1].words, "missing");
  EXPECT_THAT(html, HasSubstr("class=\"mark\">−</text>"));
  EXPECT_THAT(html, HasSubstr("class=\"end\">missing</text>"));
}

TEST(HtmlPicture, AMissingReferenceIsALineWithItsWord) {
  const auto [picture, html] =
      drawn(shop(), {table("users"), table("orders")}, {missing(key("orders", "users"))});
  ASSERT_FALSE(picture.links.empty());
  EXPECT_EQ(picture.links[0].mark.word, "missing");
  EXPECT_THAT(html, HasSubstr("<g class=\"line bad absent\">"));
  EXPECT_THAT(html, HasSubstr("<title>orders_fkey: missing</title>"));
  EXPECT_THAT(html, HasSubstr("− missing</text>"));
}

TEST(HtmlPicture, AMissingTableIsDashed) {
  const auto [picture, html] = drawn({table("users")}, {}, {missing(table("users"))});
  EXPECT_TRUE(picture.boxes.at(0).is_absent);
  EXPECT_THAT(html, HasSubstr("<g class=\"box bad absent\">"));
}

TEST(HtmlPicture, OneOfManyTablesIsEnough) {
  std::vector<Object> tables;
  std::vector<Finding> findings;
  for (int i = 0; i < 60; ++i) {
    tables.push_back(table(fmt::format("t{}", i)));
    findings.push_back(missing(column(fmt::format("t{}", i), "age")));
  }
  const auto [picture, html] = drawn(tables, tables, findings);
  EXPECT_EQ(picture.boxes.size(), k_most_boxes);
  EXPECT_EQ(picture.left_out, 60 - k_most_boxes);
  EXPECT_THAT(html, HasSubstr("20 tables more with findings are not drawn."));
}

TEST(HtmlPicture, OfManyColumnsThoseWithFindingsAreShown) {
  std::vector<Object> objects = {table("users")};
  for (int i = 0; i < 50; ++i) objects.push_back(column("users", fmt::format("c{}", i)));
  const auto [picture, html] = drawn(objects, objects, {missing(column("users", "c45"))});
  const auto& box = picture.boxes.at(0);
  EXPECT_EQ(box.rows.size() + box.more, 50U);
  EXPECT_EQ(box.rows.back().name, "c45");
  EXPECT_THAT(html, HasSubstr("and 38 more</text>"));
}

TEST(HtmlPicture, LongNamesAreCutAndEscaped) {
  const auto [picture, html] =
      drawn({table("<" + std::string(62, 'w'))}, {}, {missing(table("<" + std::string(62, 'w')))});
  EXPECT_THAT(html, HasSubstr("&quot;&lt;" + std::string(27, 'w') + "…</text>"));
  EXPECT_THAT(html, Not(HasSubstr("<w")));
  EXPECT_LT(extent_of(picture.boxes.at(0)).width, 300);
}

TEST(HtmlPicture, CutsBetweenCharacters) {
  EXPECT_EQ(clipped("größe", 5), "größe");
  EXPECT_EQ(clipped("größe", 4), "grö…");
  EXPECT_EQ(clipped("注文明細", 5), "注文…");
  EXPECT_EQ(clipped("two\nlines", 20), "two…");
}

}  // namespace
}  // namespace pgmend::report::html
