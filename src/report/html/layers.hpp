// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "report/html/layout.hpp"

namespace pgmend::report::html {

/// Boxes in layers, and between them nodes that hold a place for lines that pass a layer.
struct Layers {
  struct Node {
    Extent extent;
    std::size_t layer = 0;
    std::vector<std::size_t> neighbours;  // in the layers beside its own
  };
  /// A line from left to right: its nodes, one in each layer.
  struct Chain {
    std::size_t line = 0;
    bool is_backward = false;  // the line itself runs from right to left
    std::vector<std::size_t> nodes;
  };

  std::vector<Node> nodes;  // the boxes first
  std::vector<std::vector<std::size_t>> order;
  std::vector<Chain> chains;
  std::vector<std::size_t> loners;  // boxes without a line to another: in no layer
};

Layers make_layers(const std::vector<Extent>& boxes, const std::vector<Line>& lines);

}  // namespace pgmend::report::html
