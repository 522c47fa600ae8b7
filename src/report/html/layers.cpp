// SPDX-License-Identifier: MIT
#include "report/html/layers.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace pgmend::report::html {

namespace {

constexpr double k_line_height = 8;  // what a line takes that passes a layer
constexpr double k_tallest = 1100;   // a layer above this continues in the next
constexpr int k_order_rounds = 12;

class Maker {
 public:
  Maker(const std::vector<Extent>& boxes, const std::vector<Line>& lines)
      : m_boxes(boxes), m_lines(lines), m_sources(boxes.size()), m_ranks(boxes.size(), 0) {}

  Layers make() {
    find_sources();
    rank();
    split_tall_layers();
    for (const auto& box : m_boxes) m_layers.nodes.push_back({box, 0, {}});
    fill_layers();
    for (std::size_t line = 0; line < m_lines.size(); ++line) chain(line);
    for (int round = 0; round < k_order_rounds; ++round) reorder(round % 2 == 0);
    return std::move(m_layers);
  }

 private:
  enum class Visit { none, open, done };

  /// For each box those that stand left of it: what it refers to, unless that closes a cycle.
  void find_sources() {
    std::vector<std::vector<std::size_t>> targets(m_boxes.size());
    for (const auto& [from, to] : m_lines)
      if (from != to) targets[from].push_back(to);
    std::vector<Visit> visits(m_boxes.size(), Visit::none);
    for (std::size_t box = 0; box < m_boxes.size(); ++box) visit(box, targets, visits);
    m_is_loner.assign(m_boxes.size(), true);
    for (const auto& [from, to] : m_lines)
      if (from != to) m_is_loner[from] = m_is_loner[to] = false;
  }

  void visit(std::size_t box, const std::vector<std::vector<std::size_t>>& targets,
             std::vector<Visit>& visits) {
    if (visits[box] != Visit::none) return;
    visits[box] = Visit::open;
    for (const auto target : targets[box]) {
      visit(target, targets, visits);
      if (visits[target] == Visit::open)
        m_sources[target].push_back(box);
      else
        m_sources[box].push_back(target);
    }
    visits[box] = Visit::done;
  }

  void rank() {
    // The longest way from the left; there is no cycle left, so this ends.
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t box = 0; box < m_boxes.size(); ++box)
        for (const auto source : m_sources[box])
          if (m_ranks[box] <= m_ranks[source]) {
            m_ranks[box] = m_ranks[source] + 1;
            changed = true;
          }
    }
    // What begins a way stands next to where it leads.
    for (std::size_t box = 0; box < m_boxes.size(); ++box) {
      if (!m_sources[box].empty()) continue;
      std::optional<std::size_t> nearest;
      for (std::size_t other = 0; other < m_boxes.size(); ++other)
        if (std::count(m_sources[other].begin(), m_sources[other].end(), box) > 0)
          nearest = std::min(nearest.value_or(m_ranks[other]), m_ranks[other]);
      if (nearest) m_ranks[box] = *nearest - 1;
    }
  }

  std::size_t layer_count() const {
    std::size_t count = 0;
    for (std::size_t box = 0; box < m_boxes.size(); ++box)
      if (!m_is_loner[box]) count = std::max(count, m_ranks[box] + 1);
    return count;
  }

  void split_tall_layers() {
    for (std::size_t layer = 0; layer < layer_count(); ++layer) {
      double height = 0;
      std::vector<std::size_t> surplus;
      for (std::size_t box = 0; box < m_boxes.size(); ++box) {
        if (m_is_loner[box] || m_ranks[box] != layer) continue;
        if (height > 0 && height + m_boxes[box].height > k_tallest) surplus.push_back(box);
        height += m_boxes[box].height;
      }
      if (surplus.empty()) continue;
      for (std::size_t box = 0; box < m_boxes.size(); ++box)
        if (m_ranks[box] > layer) ++m_ranks[box];
      for (const auto box : surplus) m_ranks[box] = layer + 1;
    }
  }

  void fill_layers() {
    m_layers.order.resize(layer_count());
    for (std::size_t box = 0; box < m_boxes.size(); ++box) {
      if (m_is_loner[box]) {
        m_layers.loners.push_back(box);
        continue;
      }
      m_layers.nodes[box].layer = m_ranks[box];
      m_layers.order[m_ranks[box]].push_back(box);
    }
  }

  /// Lines that begin at one box pass a layer at one place.
  std::size_t pass(std::size_t left, std::size_t layer) {
    const auto [known, is_new] = m_passes.try_emplace({left, layer}, m_layers.nodes.size());
    if (is_new) {
      m_layers.order[layer].push_back(m_layers.nodes.size());
      m_layers.nodes.push_back({{0, k_line_height}, layer, {}});
    }
    return known->second;
  }

  void chain(std::size_t line) {
    const auto [from, to] = m_lines[line];
    if (from == to) return;
    const bool is_backward = m_ranks[from] > m_ranks[to];
    const auto left = is_backward ? to : from;
    const auto right = is_backward ? from : to;
    Layers::Chain made{line, is_backward, {left}};
    for (auto layer = m_ranks[left] + 1; layer < m_ranks[right]; ++layer)
      made.nodes.push_back(pass(left, layer));
    made.nodes.push_back(right);
    for (std::size_t i = 1; i < made.nodes.size(); ++i) {
      m_layers.nodes[made.nodes[i]].neighbours.push_back(made.nodes[i - 1]);
      m_layers.nodes[made.nodes[i - 1]].neighbours.push_back(made.nodes[i]);
    }
    m_layers.chains.push_back(std::move(made));
  }

  /// Each node to the mean place of what it is joined to in the layer before, so that few lines
  /// cross.
  void reorder(bool is_rightwards) {
    const auto count = m_layers.order.size();
    for (std::size_t i = 1; i < count; ++i) {
      const auto layer = is_rightwards ? i : count - 1 - i;
      const auto before = is_rightwards ? layer - 1 : layer + 1;
      std::map<std::size_t, double> places;
      for (std::size_t place = 0; place < m_layers.order[before].size(); ++place)
        places[m_layers.order[before][place]] = static_cast<double>(place);
      sort_by_neighbours(m_layers.order[layer], places);
    }
  }

  void sort_by_neighbours(std::vector<std::size_t>& layer,
                          const std::map<std::size_t, double>& places) {
    std::map<std::size_t, double> means;
    for (std::size_t place = 0; place < layer.size(); ++place) {
      double sum = 0;
      double number = 0;
      for (const auto other : m_layers.nodes[layer[place]].neighbours)
        if (const auto found = places.find(other); found != places.end()) {
          sum += found->second;
          ++number;
        }
      means[layer[place]] = number > 0 ? sum / number : static_cast<double>(place);
    }
    std::stable_sort(layer.begin(), layer.end(),
                     [&](std::size_t a, std::size_t b) { return means[a] < means[b]; });
  }

  const std::vector<Extent>& m_boxes;
  const std::vector<Line>& m_lines;
  std::vector<std::vector<std::size_t>> m_sources;
  std::vector<std::size_t> m_ranks;
  std::vector<bool> m_is_loner;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> m_passes;  // of a box, in a layer
  Layers m_layers;
};

}  // namespace

Layers make_layers(const std::vector<Extent>& boxes, const std::vector<Line>& lines) {
  return Maker(boxes, lines).make();
}

}  // namespace pgmend::report::html
