// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "report/html/marked.hpp"
#include "report/html/markup.hpp"

namespace pgmend::report::html {
namespace {

TEST(HtmlMarkup, NothingIsMarkupAnyMore) {
  EXPECT_EQ(escape("<b a=\"x\" b='y'>&amp;</b>"),
            "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;");
}

TEST(HtmlMarkup, OtherScriptsStayAsTheyAre) {
  EXPECT_EQ(escape("größe 注文 🐘"), "größe 注文 🐘");
}

TEST(HtmlMarkup, LinesAndTabsStay) {
  EXPECT_EQ(escape("a\n\tb"), "a\n\tb");
}

TEST(HtmlMarkup, WhatNoDocumentMayHoldIsSeen) {
  EXPECT_EQ(escape(std::string_view("a\0b\x1b[1m\x7f\r", 9)), R"(a\x00b\x1b[1m\x7f\r)");
  EXPECT_EQ(escape("\xEF\xBF\xBF"), R"(\uffff)");
  EXPECT_EQ(escape("\xC2\x85"), R"(\u0085)");
}

TEST(HtmlMarkup, WhatTurnsTheLineAroundIsSeen) {
  // NOLINTNEXTLINE(misc-misleading-bidirectional): that is the point
  EXPECT_EQ(escape("drop\xE2\x80\xAE"), R"(drop\u202e)");
}

TEST(HtmlMarkup, BytesThatAreNoTextAreSpelled) {
  EXPECT_EQ(escape("a\xFFz"), R"(a\xffz)");
  EXPECT_EQ(escape("\xC3"), R"(\xc3)");                  // cut off
  EXPECT_EQ(escape("\xC0\xBC"), R"(\xc0\xbc)");          // "<", too long
  EXPECT_EQ(escape("\xED\xA0\x80"), R"(\xed\xa0\x80)");  // half a pair
  EXPECT_EQ(escape("\xE0\x80\xBCscript"), R"(\xe0\x80\xbcscript)");
}

TEST(HtmlMarkup, ElementsHoldNoMarkup) {
  EXPECT_EQ(element("p", "big", "a<b"), "<p class=\"big\">a&lt;b</p>");
  EXPECT_EQ(code("a\"b"), "<code>a&quot;b</code>");
}

TEST(HtmlMarked, OnlyWhatDiffers) {
  const auto [expected, found] = marked("character varying(20)", "character varying(10)");
  EXPECT_EQ(expected, "character varying(<mark>20</mark>)");
  EXPECT_EQ(found, "character varying(<mark>10</mark>)");
}

TEST(HtmlMarked, WhatOneSideLacksIsMarkedOnTheOther) {
  const auto [expected, found] = marked("(a, b, c)", "(a, c)");
  EXPECT_EQ(expected, "(a, <mark>b, </mark>c)");
  EXPECT_EQ(found, "(a, c)");
}

TEST(HtmlMarked, MarkupIsEscaped) {
  EXPECT_EQ(marked("<b>", "<i>").expected, "&lt;<mark>b</mark>&gt;");
}

TEST(HtmlMarked, NoCharacterIsSplit) {
  EXPECT_EQ(marked("'ä'", "'ö'").expected, "&#39;<mark>ä</mark>&#39;");
}

TEST(HtmlMarked, EqualAndEmptyTexts) {
  EXPECT_EQ(marked("same", "same").found, "same");
  EXPECT_EQ(marked("", "new").expected, "");
  EXPECT_EQ(marked("", "new").found, "<mark>new</mark>");
}

TEST(HtmlMarked, LongTextsAreMarkedFromTheFirstDifferenceToTheLast) {
  std::string filler;
  for (int i = 0; i < 2000; ++i) filler += "x ";
  const auto [expected, found] = marked("a b " + filler + "c d", "a B " + filler + "C d");
  EXPECT_EQ(expected, "a <mark>b " + filler + "c</mark> d");
  EXPECT_EQ(found, "a <mark>B " + filler + "C</mark> d");
}

}  // namespace
}  // namespace pgmend::report::html
