// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

/// Places boxes in layers from left to right, so that lines run between them and not through them
/// (Sugiyama's method: break cycles, rank, order, place). Knows nothing of what is in the boxes.
namespace pgmend::report::html {

struct Point {
  double x = 0;
  double y = 0;
};

struct Extent {
  double width = 0;
  double height = 0;
};

/// A line from one box to another, by position; it may come back to its own.
struct Line {
  std::size_t from = 0;
  std::size_t to = 0;
};

struct Layout {
  Extent extent;
  std::vector<Point> corners;  // of each box, top left
  /// Of each line: where it leaves, what it passes through, where it arrives. Two points on the
  /// same side for one that comes back.
  std::vector<std::vector<Point>> routes;
};

/// What is referred to stands left of what refers to it.
Layout lay_out(const std::vector<Extent>& boxes, const std::vector<Line>& lines);

}  // namespace pgmend::report::html
