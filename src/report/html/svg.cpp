// SPDX-License-Identifier: MIT
#include "report/html/svg.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/html/markup.hpp"
#include "util/text.hpp"

namespace pgmend::report::html {

namespace {

// The style sheet sets the same sizes. Fonts differ a little: columns are taken a bit wider than
// any of them is.
constexpr double k_column = 7.4;  // of 12 px
constexpr double k_title_column = 8.6;
constexpr double k_padding = 12;
constexpr double k_row = 22;
constexpr double k_sign = 16;
constexpr double k_margin = 8;
constexpr double k_loop = 28;        // how far a line goes out that comes back
constexpr double k_loop_label = 52;  // where its word stands
constexpr std::size_t k_name_columns = 30;
constexpr std::size_t k_words_columns = 24;

/// The bytes of the first character, and the columns it takes.
std::pair<std::size_t, std::size_t> size_and_width(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  // From U+1100 on there are mostly wide ones.
  const bool is_wide =
      size == 4 || (size == 3 && lead != 0xE2 && (lead > 0xE1 || text[1] >= '\x84'));
  return {std::min(size, text.size()), is_wide ? 2 : 1};
}

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  while (!text.empty()) {
    const auto [size, width] = size_and_width(text);
    sum += width;
    text.remove_prefix(size);
  }
  return sum;
}

double wide(std::size_t number, double column) {
  return static_cast<double>(number) * column;
}

double head_height(const Picture::Box& box) {
  return box.words.empty() ? 34 : 54;
}

double header_columns(const Picture::Box& box) {
  return std::max(wide(columns(clipped(box.title, k_name_columns)), k_title_column),
                  wide(columns(clipped(box.words, 2 * k_words_columns)), k_column) +
                      (box.words.empty() ? 0 : k_sign));
}

double row_width(const Picture::Row& row) {
  return k_sign + wide(columns(clipped(row.name, k_name_columns)), k_column) + 2 * k_padding +
         wide(columns(clipped(row.words, k_words_columns)), k_column);
}

std::string text_at(double x, double y, std::string_view classes, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, classes,
                     escape(text));
}

std::string row_svg(const Picture::Row& row, const Point& corner, double width) {
  const bool is_marked = !row.mark.sign.empty();
  auto out = fmt::format("<g class=\"row{} {}\">\n", is_marked ? " marked" : "", row.mark.tone);
  if (is_marked)
    out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
                       corner.x + 1, corner.y, width - 2, k_row);
  const auto base = corner.y + 15;
  if (is_marked) out += text_at(corner.x + k_padding - 2, base, "mark", row.mark.sign);
  out +=
      text_at(corner.x + k_padding + k_sign - 2, base, "name", clipped(row.name, k_name_columns));
  out += text_at(corner.x + width - k_padding, base, "end", clipped(row.words, k_words_columns));
  return out + "</g>\n";
}

std::string box_svg(const Picture::Box& box, const Point& corner) {
  const auto [width, height] = extent_of(box);
  const bool is_marked = !box.mark.sign.empty();
  auto out = fmt::format("<g class=\"box {}{}\">\n", box.mark.tone, box.is_absent ? " absent" : "");
  out += element("title", box.title + (box.words.empty() ? "" : ": " + box.words)) + '\n';
  out += fmt::format(
      "<rect class=\"frame\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
      "rx=\"8\"/>\n",
      corner.x, corner.y, width, height);
  out += text_at(corner.x + k_padding, corner.y + 22, "title", clipped(box.title, k_name_columns));
  if (is_marked && !box.words.empty()) {
    out += text_at(corner.x + k_padding, corner.y + 42, "mark", box.mark.sign);
    out += text_at(corner.x + k_padding + k_sign, corner.y + 42, "words",
                   clipped(box.words, 2 * k_words_columns));
  }
  auto y = corner.y + head_height(box);
  if (!box.rows.empty())
    out += fmt::format("<path class=\"rule\" d=\"M{:.1f} {:.1f}h{:.1f}\"/>\n", corner.x, y, width);
  y += 4;
  for (const auto& row : box.rows) {
    out += row_svg(row, {corner.x, y}, width);
    y += k_row;
  }
  if (box.more > 0)
    out += text_at(corner.x + k_padding + k_sign - 2, y + 15, "more",
                   fmt::format("and {} more", box.more));
  out += "</g>\n";
  return box.anchor.empty() ? out : fmt::format("<a href=\"#{}\">\n{}</a>\n", box.anchor, out);
}

/// Leaves and arrives level, so that it reads as a line of its own where several run together.
std::string path_of(const std::vector<Point>& points, bool is_loop) {
  auto d = fmt::format("M{:.1f} {:.1f}", points.front().x, points.front().y);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto& [x0, y0] = points[i - 1];
    const auto& [x1, y1] = points[i];
    const auto middle = (x0 + x1) / 2;
    if (is_loop)
      d += fmt::format("C{0:.1f} {1:.1f} {0:.1f} {2:.1f} {3:.1f} {2:.1f}", x0 + k_loop, y0, y1, x1);
    else
      d += fmt::format("C{0:.1f} {1:.1f} {0:.1f} {2:.1f} {3:.1f} {2:.1f}", middle, y0, y1, x1);
  }
  return d;
}

/// Many rows may refer to one: a crow's foot where the line begins, a bar where it ends.
std::string ends_of(const std::vector<Point>& points, bool is_loop) {
  const double out = points.front().x <= points[1].x || is_loop ? 1 : -1;
  const double in = points.back().x >= points[points.size() - 2].x && !is_loop ? -1 : 1;
  const auto& [x0, y0] = points.front();
  const auto& [x1, y1] = points.back();
  return fmt::format("M{0:.1f} {1:.1f}L{2:.1f} {3:.1f}L{0:.1f} {4:.1f}M{5:.1f} {6:.1f}v10", x0,
                     y0 - 5, x0 + 10 * out, y0, y0 + 5, x1 + 7 * in, y1 - 5);
}

std::string line_svg(const Picture::Link& link, const std::vector<Point>& points) {
  const bool is_loop = link.from == link.to;
  auto out = fmt::format("<g class=\"line {}{}\">\n", link.mark.tone,
                         link.mark.word == "missing" ? " absent" : "");
  const auto& word = link.mark.word;
  out += element("title", word.empty() ? link.name : fmt::format("{}: {}", link.name, word)) + '\n';
  out += fmt::format("<path d=\"{}\"/>\n<path class=\"foot\" d=\"{}\"/>\n",
                     path_of(points, is_loop), ends_of(points, is_loop));
  return out + "</g>\n";
}

/// Above all lines, so that none runs through the word.
std::string label_svg(const Picture::Link& link, const std::vector<Point>& points) {
  if (link.mark.sign.empty()) return "";
  const auto words = fmt::format("{} {}", link.mark.sign, link.mark.word);
  const auto half = wide(columns(words), k_column) / 2 + 6;
  const bool is_loop = link.from == link.to;
  const auto x = is_loop ? points[0].x + k_loop_label : (points[0].x + points[1].x) / 2;
  const auto y = (points[0].y + points[1].y) / 2;
  return fmt::format(
      "<g class=\"label {}\">\n<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"18\" "
      "rx=\"9\"/>\n<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n</g>\n",
      link.mark.tone, x - half, y - 9, 2 * half, x, y + 4, escape(words));
}

std::string description(const Picture& picture) {
  std::vector<std::string> parts;
  for (const auto& box : picture.boxes)
    if (!box.words.empty()) parts.push_back(box.title + ": " + box.words);
  return fmt::format("{}, {}. {}", text::count(picture.boxes.size(), "table"),
                     text::count(picture.links.size(), "reference"), text::join(parts, "; "));
}

}  // namespace

std::string clipped(std::string_view text, std::size_t limit) {
  const auto first_line = text.substr(0, text.find('\n'));
  if (first_line.size() == text.size() && columns(text) <= limit) return std::string(text);
  std::string out;
  std::size_t used = 1;  // the ellipsis
  for (auto rest = first_line; !rest.empty();) {
    const auto [size, width] = size_and_width(rest);
    if (used + width > limit) break;
    out += rest.substr(0, size);
    used += width;
    rest.remove_prefix(size);
  }
  return out + "…";
}

Extent extent_of(const Picture::Box& box) {
  double width = std::max(120.0, header_columns(box) + 2 * k_padding);
  for (const auto& row : box.rows) width = std::max(width, row_width(row));
  const auto rows = static_cast<double>(box.rows.size() + (box.more > 0 ? 1 : 0));
  return {width, head_height(box) + rows * k_row + (rows > 0 ? 8 : 0)};
}

std::string svg(const Picture& picture) {
  std::vector<Extent> extents;
  std::vector<Line> lines;
  for (const auto& box : picture.boxes) extents.push_back(extent_of(box));
  for (const auto& link : picture.links) lines.push_back({link.from, link.to});
  const auto layout = lay_out(extents, lines);
  const bool has_loop = std::any_of(lines.begin(), lines.end(),
                                    [](const Line& line) { return line.from == line.to; });
  const auto width = layout.extent.width + 2 * k_margin + (has_loop ? 4 * k_loop : 0);
  const auto height = layout.extent.height + 2 * k_margin;
  auto out = fmt::format(
      "<svg class=\"picture\" role=\"group\" aria-labelledby=\"picture-title picture-words\" "
      "width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"{2} {2} {0:.0f} {1:.0f}\">\n",
      width, height, -k_margin);
  out += "<title id=\"picture-title\">Tables and what refers to what</title>\n";
  out += fmt::format("<desc id=\"picture-words\">{}</desc>\n", escape(description(picture)));
  for (std::size_t i = 0; i < lines.size(); ++i)
    out += line_svg(picture.links[i], layout.routes[i]);
  for (std::size_t i = 0; i < extents.size(); ++i)
    out += box_svg(picture.boxes[i], layout.corners[i]);
  for (std::size_t i = 0; i < lines.size(); ++i)
    out += label_svg(picture.links[i], layout.routes[i]);
  return out + "</svg>\n";
}

}  // namespace pgmend::report::html
