// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "report/html/layout.hpp"

namespace pgmend::report::html {
namespace {

using Boxes = std::vector<Extent>;
using Lines = std::vector<Line>;

/// Of different heights, as tables are.
Boxes boxes(std::size_t number) {
  Boxes made;
  for (std::size_t i = 0; i < number; ++i)
    made.push_back({150 + 10 * static_cast<double>(i % 5), 60 + 20 * static_cast<double>(i % 7)});
  return made;
}

double right(const Boxes& boxes, const Layout& layout, std::size_t i) {
  return layout.corners[i].x + boxes[i].width;
}

double bottom(const Boxes& boxes, const Layout& layout, std::size_t i) {
  return layout.corners[i].y + boxes[i].height;
}

bool overlap(const Boxes& boxes, const Layout& layout, std::size_t a, std::size_t b) {
  return layout.corners[a].x < right(boxes, layout, b) &&
         layout.corners[b].x < right(boxes, layout, a) &&
         layout.corners[a].y < bottom(boxes, layout, b) &&
         layout.corners[b].y < bottom(boxes, layout, a);
}

/// Whether a piece of a route that passes a layer runs through the box. Between layers there are
/// none.
bool runs_through(const Boxes& boxes, const Layout& layout, std::size_t line, std::size_t box) {
  const auto& route = layout.routes[line];
  const auto& corner = layout.corners[box];
  return std::any_of(route.begin(), route.end(), [&](const Point& point) {
    return point.x > corner.x + 0.5 && point.x < right(boxes, layout, box) - 0.5 &&
           point.y > corner.y && point.y < bottom(boxes, layout, box);
  });
}

/// What every layout must be, whatever refers to what.
Layout checked(const Boxes& boxes, const Lines& lines) {
  auto layout = lay_out(boxes, lines);
  EXPECT_EQ(layout.corners.size(), boxes.size());
  EXPECT_EQ(layout.routes.size(), lines.size());
  for (std::size_t a = 0; a < boxes.size(); ++a) {
    EXPECT_GE(layout.corners[a].x, 0);
    EXPECT_GE(layout.corners[a].y, -0.001);
    EXPECT_LE(right(boxes, layout, a), layout.extent.width + 0.001);
    EXPECT_LE(bottom(boxes, layout, a), layout.extent.height + 0.001);
    for (std::size_t b = 0; b < a; ++b)
      EXPECT_FALSE(overlap(boxes, layout, a, b)) << fmt::format("{} and {}", a, b);
    for (std::size_t line = 0; line < lines.size(); ++line)
      EXPECT_FALSE(runs_through(boxes, layout, line, a)) << fmt::format("{} {}", line, a);
  }
  const auto touches = [&](const Point& point, std::size_t box) {
    const bool is_beside = std::abs(point.x - layout.corners[box].x) < 0.001 ||
                           std::abs(point.x - right(boxes, layout, box)) < 0.001;
    return is_beside && point.y >= layout.corners[box].y && point.y <= bottom(boxes, layout, box);
  };
  for (std::size_t line = 0; line < lines.size(); ++line) {
    EXPECT_GE(layout.routes[line].size(), 2U);
    if (layout.routes[line].size() < 2) continue;
    EXPECT_TRUE(touches(layout.routes[line].front(), lines[line].from)) << line;
    EXPECT_TRUE(touches(layout.routes[line].back(), lines[line].to)) << line;
  }
  return layout;
}

TEST(HtmlLayout, Nothing) {
  const auto layout = checked({}, {});
  EXPECT_EQ(layout.extent.width, 0);
  EXPECT_EQ(layout.extent.height, 0);
}

TEST(HtmlLayout, OneAlone) {
  const auto layout = checked({{100, 50}}, {});
  EXPECT_EQ(layout.corners[0].x, 0);
  EXPECT_EQ(layout.corners[0].y, 0);
}

TEST(HtmlLayout, WhatIsReferredToStandsOnTheLeft) {
  const auto layout = checked(boxes(3), {{0, 1}, {1, 2}});
  EXPECT_GT(layout.corners[0].x, layout.corners[1].x);
  EXPECT_GT(layout.corners[1].x, layout.corners[2].x);
}

TEST(HtmlLayout, ReferencesInACircle) {
  const auto layout = checked(boxes(4), {{0, 1}, {1, 2}, {2, 0}, {3, 0}});
  EXPECT_NE(layout.corners[0].x, layout.corners[2].x);
}

TEST(HtmlLayout, TwoThatReferToEachOther) {
  const auto layout = checked(boxes(2), {{0, 1}, {1, 0}});
  // Two lines, not one over the other.
  EXPECT_NE(layout.routes[0].front().y, layout.routes[1].back().y);
}

TEST(HtmlLayout, OneThatRefersToItself) {
  const auto layout = checked(boxes(2), {{0, 0}, {1, 0}, {1, 1}});
  EXPECT_EQ(layout.routes[0].front().x, layout.routes[0].back().x);
  EXPECT_NE(layout.routes[0].front().y, layout.routes[0].back().y);
}

TEST(HtmlLayout, AReferenceOverSeveralLayersPassesBetweenTheBoxes) {
  const auto layout = checked(boxes(5), {{0, 1}, {1, 2}, {2, 3}, {0, 3}, {0, 4}, {4, 3}});
  EXPECT_GT(layout.routes[3].size(), 2U);
}

TEST(HtmlLayout, ThoseWithoutAReferenceStandBelowInRows) {
  const auto layout = checked(boxes(12), {{0, 1}});
  for (std::size_t i = 2; i < 12; ++i) EXPECT_GT(layout.corners[i].y, bottom(boxes(12), layout, 0));
  EXPECT_EQ(layout.corners[2].y, layout.corners[3].y);
  EXPECT_LT(layout.corners[3].y, layout.corners[11].y);
}

TEST(HtmlLayout, ManyReferencesToOneFillSeveralColumns) {
  Lines lines;
  for (std::size_t i = 1; i < 60; ++i) lines.push_back({i, 0});
  const auto layout = checked(boxes(60), lines);
  EXPECT_LT(layout.extent.height, 2500);
}

TEST(HtmlLayout, SixtyTablesInATangle) {
  Lines lines;
  for (std::size_t i = 0; i < 60; ++i) {
    lines.push_back({i, i * 7 % 60});
    lines.push_back({i, i * 13 % 60});
  }
  checked(boxes(60), lines);
}

}  // namespace
}  // namespace pgmend::report::html
