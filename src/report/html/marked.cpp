// SPDX-License-Identifier: MIT
#include "report/html/marked.hpp"

#include <algorithm>
#include <vector>

#include "report/html/markup.hpp"

namespace pgmend::report::html {

namespace {

using Words = std::vector<std::string_view>;

/// Comparing takes the product of both lengths; longer texts are marked from the first difference
/// to the last.
constexpr std::size_t k_most_words = 1000;

bool is_letter(char c) {
  // Bytes beyond ASCII stay together, so that no character is split.
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

Words words(std::string_view text) {
  Words out;
  while (!text.empty()) {
    std::size_t size = 1;
    if (is_letter(text.front()))
      while (size < text.size() && is_letter(text[size])) ++size;
    out.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return out;
}

using Flags = std::vector<bool>;

/// Which words of the middle parts belong to a longest common sequence.
void find_common(const Words& a, const Words& b, std::size_t begin, std::size_t end_a,
                 std::size_t end_b, Flags& common_a, Flags& common_b) {
  const auto rows = end_a - begin;
  const auto columns = end_b - begin;
  std::vector<std::size_t> length((rows + 1) * (columns + 1), 0);
  const auto at = [&](std::size_t row, std::size_t column) -> std::size_t& {
    return length[row * (columns + 1) + column];
  };
  for (auto row = rows; row-- > 0;)
    for (auto column = columns; column-- > 0;)
      at(row, column) = a[begin + row] == b[begin + column]
                            ? at(row + 1, column + 1) + 1
                            : std::max(at(row + 1, column), at(row, column + 1));
  for (std::size_t row = 0, column = 0; row < rows && column < columns;) {
    if (a[begin + row] == b[begin + column])
      common_a[begin + row++] = common_b[begin + column++] = true;
    else if (at(row + 1, column) >= at(row, column + 1))
      ++row;
    else
      ++column;
  }
}

std::string render(const Words& words, const Flags& common) {
  std::string out;
  for (std::size_t i = 0; i < words.size();) {
    std::string piece;
    const bool is_common = common[i];
    for (; i < words.size() && common[i] == is_common; ++i) piece += words[i];
    out += is_common ? escape(piece) : element("mark", piece);
  }
  return out;
}

}  // namespace

Marked marked(std::string_view expected, std::string_view found) {
  const auto a = words(expected);
  const auto b = words(found);
  const auto shorter = std::min(a.size(), b.size());
  std::size_t begin = 0;
  while (begin < shorter && a[begin] == b[begin]) ++begin;
  std::size_t tail = 0;
  while (tail < shorter - begin && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  Flags common_a(a.size(), true);
  Flags common_b(b.size(), true);
  const auto clear = [&](Flags& flags) {
    for (auto i = begin; i < flags.size() - tail; ++i) flags[i] = false;
  };
  clear(common_a);
  clear(common_b);
  if (a.size() <= k_most_words && b.size() <= k_most_words)
    find_common(a, b, begin, a.size() - tail, b.size() - tail, common_a, common_b);
  return {render(a, common_a), render(b, common_b)};
}

}  // namespace pgmend::report::html
