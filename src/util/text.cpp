// SPDX-License-Identifier: MIT
#include "util/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <numeric>

namespace pgmend::text {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above + 1, row[j - 1] + 1, changed});
      diagonal = above;
    }
  }
  return row[b.size()];
}

/// What stands between spaces, a command to copy as a whole.
std::vector<std::string_view> unbreakable(std::string_view line) {
  std::vector<std::string_view> words;
  bool in_command = false;
  bool behind_colon = false;
  for (const auto word : split(line, ' ')) {
    const bool begins = (behind_colon && word == "pgmend") || word == "(pgmend";
    if (in_command)
      words.back() = {words.back().data(), word.data() + word.size()};
    else
      words.push_back(word);
    in_command = (in_command || begins) && !word.ends_with(';') && !word.ends_with(')');
    behind_colon = word.ends_with(':') || (word.empty() && behind_colon);
  }
  return words;
}

std::string wrap_line(std::string_view line, std::size_t columns, std::string_view indent) {
  std::string out;
  std::size_t used = 0;
  bool is_first = true;
  bool has_word = false;
  for (const auto word : unbreakable(line)) {
    const auto w = width(word);
    if (has_word && used + 1 + w > columns) {
      out += '\n';
      out += indent;
      used = width(indent);
    } else if (!is_first) {
      out += ' ';
      ++used;
    }
    out += word;
    used += w;
    is_first = false;
    has_word = has_word || w > 0;
  }
  return out;
}

/// A character and how many bytes it takes; 0 bytes for what is no UTF-8.
struct Character {
  char32_t code = 0;
  std::size_t size = 0;
};

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  char32_t code = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80) return {};
    code = code << 6U | (next & 0x3FU);
  }
  const bool is_too_long = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool is_none = (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF;
  return is_too_long || is_none ? Character{} : Character{code, size};
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/// It ends a line for some programs, turns it around, or is no character at all.
bool is_unseen(char32_t code) {
  return (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0x200E || code == 0x200F || code == 0x061C || code == 0xFEFF || code == 0xFFFE ||
         code == 0xFFFF;
}

std::string hexadecimal(char32_t code, std::size_t digits) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string out(digits, '0');
  for (; digits > 0; code >>= 4U) out[--digits] = k_digits[code & 0xFU];
  return out;
}

std::string spelled(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  return code < 0x80 ? "\\x" + hexadecimal(code, 2) : "\\u" + hexadecimal(code, 4);
}

std::string shown(std::string_view s, bool with_lines) {
  std::string out;
  out.reserve(s.size());
  while (!s.empty()) {
    const auto [code, size] = first_character(s);
    const auto byte = static_cast<unsigned char>(s.front());
    const bool stays = with_lines && (code == '\n' || code == '\t');
    if (size == 0)
      out += "\\x" + hexadecimal(byte, 2);
    else if (!stays && (is_control(code) || is_unseen(code)))
      out += spelled(code);
    else
      out += s.substr(0, size);
    s.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

/// Eight bytes at once, for most texts are nothing else.
std::size_t end_of_ascii(std::string_view s, std::size_t at) {
  constexpr std::uint64_t k_high = 0x8080808080808080U;
  constexpr std::uint64_t k_ones = 0x0101010101010101U;
  for (std::uint64_t eight = 0; s.size() - at >= sizeof eight; at += sizeof eight) {
    std::memcpy(&eight, s.data() + at, sizeof eight);
    // A byte of it is 0, or not below 0x80.
    if (((eight | (eight - k_ones)) & k_high) != 0) break;
  }
  while (at < s.size() && s[at] != '\0' && (static_cast<unsigned char>(s[at]) & 0x80U) == 0) ++at;
  return at;
}

}  // namespace

std::size_t find_not_text(std::string_view s) {
  for (std::size_t at = 0; (at = end_of_ascii(s, at)) < s.size();) {
    const auto [code, size] = first_character(s.substr(at));
    if (code == 0) return at;
    at += size;
  }
  return std::string_view::npos;
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t end = s.find(separator); end != std::string_view::npos;
       end = s.find(separator, start)) {
    parts.push_back(s.substr(start, end - start));
    start = end + 1;
  }
  parts.push_back(s.substr(start));
  return parts;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (&part != parts.data()) out += separator;
    out += part;
  }
  return out;
}

std::string first_of(std::span<const std::string> names, std::size_t most) {
  if (names.size() <= most) return join(names, ", ");
  return fmt::format("{} and {} more", join(names.first(most), ", "), names.size() - most);
}

std::string one_line(std::string_view s) {
  std::string line;
  for (const char c : trim(s)) {
    const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_space || line.back() != ' ') line += is_space ? ' ' : c;
  }
  return line;
}

std::string to_lower(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string replace_all(std::string s, std::string_view from, std::string_view to) {
  for (std::size_t at = s.find(from); at != std::string::npos; at = s.find(from, at + to.size()))
    s.replace(at, from.size(), to);
  return s;
}

std::size_t width(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(
      s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string visible(std::string_view s) {
  return shown(s, false);
}

std::string visible_lines(std::string_view s) {
  return shown(s, true);
}

std::string shortened(std::string_view s, std::size_t most) {
  constexpr std::size_t k_lines = 40;
  const auto whole = [](std::string_view text, std::size_t end) {
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
  };
  std::string out;
  std::size_t lines = 0;
  for (auto line : split(s, '\n')) {
    if (lines > 0) out += '\n';
    if (++lines > k_lines) return out += "...";
    // What stands behind a long quotation is worth as much as what stands before it.
    if (line.size() <= 2 * most) {
      out += line;
      continue;
    }
    out += whole(line, most);
    out += "...";
    auto begin = line.size() - most;
    while (begin < line.size() && (static_cast<unsigned char>(line[begin]) & 0xC0U) == 0x80U)
      ++begin;
    out += line.substr(begin);
  }
  return out;
}

std::string wrap(std::string_view s, std::size_t columns, std::string_view indent) {
  std::string out;
  bool first = true;
  for (const auto line : split(s, '\n')) {
    if (!first) {
      out += '\n';
      out += indent;
    }
    out += wrap_line(line, columns, indent);
    first = false;
  }
  return out;
}

std::string shell_word(std::string_view s) {
  constexpr std::string_view k_plain = "@%+=:,./_-";
  const bool is_plain = !s.empty() && std::all_of(s.begin(), s.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           k_plain.find(c) != std::string_view::npos;
  });
  if (is_plain) return std::string(s);
  // What a line cannot hold is spelled, which bash, zsh and others understand behind the dollar.
  if (visible(s) == s) return "'" + replace_all(std::string(s), "'", "'\\''") + "'";
  auto body = replace_all(std::string(s), "\\", "\\\\");
  return "$'" + visible(replace_all(std::move(body), "'", "\\'")) + "'";
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(word.size() / 3, 1) + 1;
  for (const auto& candidate : candidates) {
    const auto distance = edit_distance(to_lower(word), to_lower(candidate));
    if (distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best ? std::optional(*best) : std::nullopt;
}

bool matches_glob(std::string_view pattern, std::string_view s) {
  // Greedy with one point of return: enough for `*`, and linear in practice.
  std::size_t p = 0;
  std::size_t i = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_at = 0;
  while (i < s.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_at = i;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == s[i])) {
      ++p;
      ++i;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      i = ++star_at;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string count(std::size_t n, std::string_view singular, std::string_view plural) {
  std::string out = std::to_string(n) + ' ';
  if (n == 1) return out += singular;
  return plural.empty() ? (out += singular) += 's' : out += plural;
}

}  // namespace pgmend::text
