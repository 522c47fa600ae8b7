// SPDX-License-Identifier: MIT
#include "report/html/layout.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "report/html/layers.hpp"

namespace pgmend::report::html {

namespace {

constexpr double k_gap_across = 96;  // between layers: room for lines
constexpr double k_gap_down = 24;
constexpr double k_gap_of_lines = 4;
constexpr double k_widest_row = 880;
constexpr int k_height_rounds = 8;

class Placer {
 public:
  Placer(const std::vector<Extent>& boxes, const std::vector<Line>& lines)
      : m_boxes(boxes), m_lines(lines), m_layers(make_layers(boxes, lines)) {
    m_top.assign(m_layers.nodes.size(), 0);
  }

  Layout place() {
    place_across();
    for (const auto& layer : m_layers.order) settle(layer, {});
    for (int round = 0; round < k_height_rounds; ++round)
      for (std::size_t i = 0; i < m_layers.order.size(); ++i)
        // Left to right and back in turn.
        pull(m_layers.order[round % 2 == 0 ? i : m_layers.order.size() - 1 - i]);
    fill_corners();
    place_loners();
    m_layout.routes.resize(m_lines.size());
    route();
    return std::move(m_layout);
  }

 private:
  double height(std::size_t node) const { return m_layers.nodes[node].extent.height; }
  double middle(std::size_t node) const { return m_top[node] + height(node) / 2; }

  double gap(std::size_t above, std::size_t below) const {
    const bool are_lines = above >= m_boxes.size() && below >= m_boxes.size();
    return are_lines ? k_gap_of_lines : k_gap_down;
  }

  void place_across() {
    double left = 0;
    for (const auto& layer : m_layers.order) {
      double widest = 0;
      for (const auto node : layer) widest = std::max(widest, m_layers.nodes[node].extent.width);
      m_left.push_back(left);
      m_width.push_back(widest);
      left += widest + k_gap_across;
    }
    m_layout.extent.width = std::max(0.0, left - k_gap_across);
  }

  /// Moves the nodes of a layer towards the middle of what they are joined to.
  void pull(const std::vector<std::size_t>& layer) {
    std::vector<double> wanted;
    for (const auto node : layer) {
      const auto& others = m_layers.nodes[node].neighbours;
      const auto sum =
          std::accumulate(others.begin(), others.end(), 0.0,
                          [&](double so_far, std::size_t other) { return so_far + middle(other); });
      const auto center = others.empty() ? middle(node) : sum / static_cast<double>(others.size());
      wanted.push_back(center - height(node) / 2);
    }
    settle(layer, wanted);
  }

  /// As near to the wanted places as can be without overlapping: the mean of pushing down and of
  /// pushing up keeps all distances.
  void settle(const std::vector<std::size_t>& layer, std::vector<double> wanted) {
    wanted.resize(layer.size(), 0);
    auto down = wanted;
    auto up = wanted;
    for (std::size_t i = 1; i < layer.size(); ++i)
      down[i] = std::max(down[i], down[i - 1] + height(layer[i - 1]) + gap(layer[i - 1], layer[i]));
    for (std::size_t i = layer.size(); i-- > 1;)
      up[i - 1] = std::min(up[i - 1], up[i] - height(layer[i - 1]) - gap(layer[i - 1], layer[i]));
    for (std::size_t i = 0; i < layer.size(); ++i) m_top[layer[i]] = (down[i] + up[i]) / 2;
  }

  void fill_corners() {
    double highest = 0;
    double lowest = 0;
    bool is_first = true;
    for (const auto& layer : m_layers.order)
      for (const auto node : layer) {
        highest = is_first ? m_top[node] : std::min(highest, m_top[node]);
        lowest =
            is_first ? m_top[node] + height(node) : std::max(lowest, m_top[node] + height(node));
        is_first = false;
      }
    for (auto& top : m_top) top -= highest;
    m_layout.extent.height = lowest - highest;
    m_layout.corners.resize(m_boxes.size());
    for (std::size_t layer = 0; layer < m_layers.order.size(); ++layer)
      for (const auto node : m_layers.order[layer])
        if (node < m_boxes.size()) m_layout.corners[node] = {m_left[layer], m_top[node]};
  }

  /// What has no line to another stands in rows below.
  void place_loners() {
    auto& [width, bottom] = m_layout.extent;
    const auto widest = std::max(width, k_widest_row);
    double left = 0;
    double top = bottom > 0 ? bottom + 2 * k_gap_down : 0;
    double row_height = 0;
    for (const auto box : m_layers.loners) {
      if (left > 0 && left + m_boxes[box].width > widest) {
        left = 0;
        top += row_height + k_gap_down;
        row_height = 0;
      }
      m_layout.corners[box] = {left, top};
      width = std::max(width, left + m_boxes[box].width);
      row_height = std::max(row_height, m_boxes[box].height);
      bottom = top + row_height;
      left += m_boxes[box].width + k_gap_across / 2;
    }
  }

  void route() {
    for (const auto& chain : m_layers.chains) {
      auto& points = m_layout.routes[chain.line];
      for (std::size_t i = 0; i < chain.nodes.size(); ++i) {
        const auto node = chain.nodes[i];
        const auto layer = m_layers.nodes[node].layer;
        const auto right = node < m_boxes.size() ? m_left[layer] + m_boxes[node].width
                                                 : m_left[layer] + m_width[layer];
        if (i > 0) points.push_back({m_left[layer], port(node, chain.line, false)});
        if (i + 1 < chain.nodes.size()) points.push_back({right, port(node, chain.line, true)});
      }
      if (chain.is_backward) std::reverse(points.begin(), points.end());
    }
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
      const auto& [from, to] = m_lines[line];
      if (from != to) continue;
      const auto& corner = m_layout.corners[from];
      const auto right = corner.x + m_boxes[from].width;
      m_layout.routes[line] = {{right, corner.y + 12}, {right, corner.y + 36}};
    }
  }

  /// Where a line meets a side of a node: those of one side are spread over it, in the order of
  /// what they lead to.
  double port(std::size_t node, std::size_t line, bool is_right) const {
    if (node >= m_boxes.size()) return middle(node);
    std::vector<std::pair<double, std::size_t>> along;
    for (const auto& chain : m_layers.chains)
      for (std::size_t i = 0; i < chain.nodes.size(); ++i) {
        if (chain.nodes[i] != node) continue;
        if (is_right && i + 1 < chain.nodes.size())
          along.emplace_back(middle(chain.nodes[i + 1]), chain.line);
        if (!is_right && i > 0) along.emplace_back(middle(chain.nodes[i - 1]), chain.line);
      }
    std::sort(along.begin(), along.end());
    const auto found = std::find_if(along.begin(), along.end(),
                                    [&](const auto& each) { return each.second == line; });
    const auto position = static_cast<double>(found - along.begin()) + 1;
    return m_top[node] + height(node) * position / (static_cast<double>(along.size()) + 1);
  }

  const std::vector<Extent>& m_boxes;
  const std::vector<Line>& m_lines;
  Layers m_layers;
  std::vector<double> m_top;    // of nodes
  std::vector<double> m_left;   // of layers
  std::vector<double> m_width;  // of layers
  Layout m_layout;
};

}  // namespace

Layout lay_out(const std::vector<Extent>& boxes, const std::vector<Line>& lines) {
  return Placer(boxes, lines).place();
}

}  // namespace pgmend::report::html
