// SPDX-License-Identifier: MIT
#include "util/sql_spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "util/sql.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::sql {

namespace {

bool is_array(std::string_view text) {
  return text.size() >= 2 && text.front() == '{' && text.back() == '}';
}

}  // namespace

bool is_plain_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::string without_needless_quotes(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  WordReader reader(text);
  while (const auto word = reader.next()) {
    if (word->form != Word::Form::quoted || !is_plain_name(word->text)) continue;
    out += text.substr(at, word->begin - at);
    out += word->text;
    at = word->end;
  }
  return out += text.substr(at);
}

bool same_but_for_quotes(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.find('"') == std::string_view::npos && b.find('"') == std::string_view::npos) return false;
  if (!is_array(a) || !is_array(b)) return without_needless_quotes(a) == without_needless_quotes(b);
  const auto ours = parse_nullable_array(a);
  const auto theirs = parse_nullable_array(b);
  return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                    [](const auto& x, const auto& y) {
                      return x == y || (x && y && same_but_for_quotes(*x, *y));
                    });
}

namespace {

using Words = std::span<const Word>;

bool is_mark(const Word& word, char c) {
  return word.form == Word::Form::mark && word.text.front() == c;
}

bool is_key_word(const Word& word, std::string_view text) {
  return word.form == Word::Form::bare && word.text == text;
}

/// Rewrites one text.
class PlainCalls {
 public:
  PlainCalls(std::string_view text, bool extracts) : m_text(text), m_extracts(extracts) {}

  std::string rewritten() {
    const auto all = words(m_text);
    return rewritten(all, 0, m_text.size());
  }

 private:
  /// What stands between two of these words, at the top.
  struct Part {
    std::string_view key_word;  // in front of it; none for the first
    Words words;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// The text from `begin` to `end`, in which these words stand.
  std::string rewritten(Words words, std::size_t begin, std::size_t end) const {
    std::string out;
    auto at = begin;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (is_alias_of_boolean(words, i)) {
        out += m_text.substr(at, words[i - 1].end - at);
        at = words[++i].end;
        continue;
      }
      const auto open = opening(words, i);
      const auto close = open ? closing(words, *open) : std::nullopt;
      if (!close) continue;
      const Part inside{"", words.subspan(*open + 1, *close - *open - 1), words[*open].end,
                        words[*close].begin};
      const auto call = *open == i ? infix(inside) : named(words[i], inside);
      if (!call) continue;
      out += m_text.substr(at, words[i].begin - at);
      out += *call;
      at = words[*close].end;
      i = *close;
    }
    return out += m_text.substr(at, end - at);
  }

  std::string rewritten(const Part& part) const {
    return std::string(text::trim(rewritten(part.words, part.begin, part.end)));
  }

  /// "true AS bool": that is its name anyway, and only some servers say so.
  static bool is_alias_of_boolean(Words words, std::size_t i) {
    return i > 0 && i + 1 < words.size() && is_key_word(words[i], "as") &&
           (is_key_word(words[i - 1], "true") || is_key_word(words[i - 1], "false")) &&
           is_key_word(words[i + 1], "bool");
  }

  /// The parenthesis that a call or a group in parentheses begins with.
  static std::optional<std::size_t> opening(Words words, std::size_t i) {
    if (is_mark(words[i], '(')) return i;
    if (words[i].form == Word::Form::bare && i + 1 < words.size() && is_mark(words[i + 1], '('))
      return i + 1;
    // COLLATION FOR (x)
    if (is_key_word(words[i], "collation") && i + 2 < words.size() &&
        is_key_word(words[i + 1], "for") && is_mark(words[i + 2], '('))
      return i + 2;
    return std::nullopt;
  }

  static std::optional<std::size_t> closing(Words words, std::size_t open) {
    int depth = 0;
    for (auto i = open; i < words.size(); ++i) {
      if (is_mark(words[i], '(')) ++depth;
      if (is_mark(words[i], ')') && --depth == 0) return i;
    }
    return std::nullopt;
  }

  /// Split at these words, and at commas where those are asked for, as far as they stand at the
  /// top.
  static std::vector<Part> split(const Part& whole, std::initializer_list<std::string_view> at) {
    std::vector<Part> parts = {{"", {}, whole.begin, whole.end}};
    std::size_t first = 0;
    int depth = 0;
    for (std::size_t i = 0; i < whole.words.size(); ++i) {
      const auto& word = whole.words[i];
      if (is_mark(word, '(') || is_mark(word, '[')) ++depth;
      if (is_mark(word, ')') || is_mark(word, ']')) --depth;
      const auto* found = std::find_if(at.begin(), at.end(), [&](std::string_view each) {
        return each == "," ? is_mark(word, ',') : is_key_word(word, each);
      });
      if (depth != 0 || found == at.end()) continue;
      parts.back().words = whole.words.subspan(first, i - first);
      parts.back().end = word.begin;
      first = i + 1;
      parts.push_back({*found, {}, word.end, whole.end});
    }
    parts.back().words = whole.words.subspan(first);
    return parts;
  }

  std::string call(std::string_view function, const std::vector<std::string>& arguments) const {
    return fmt::format("{}({})", function, text::join(arguments, ", "));
  }

  std::vector<std::string> all(const std::vector<Part>& parts) const {
    std::vector<std::string> arguments;
    for (const auto& part : parts) arguments.push_back(rewritten(part));
    return arguments;
  }

  std::optional<std::string> named(const Word& word, const Part& inside) const {
    if (word.text == "extract" && m_extracts) return extract(inside);
    if (word.text == "normalize") return normalize(inside);
    if (word.text == "trim") return trim(inside);
    if (word.text == "collation") return call("pg_catalog.pg_collation_for", {rewritten(inside)});
    if (word.text == "substring")
      return call("pg_catalog.\"substring\"",
                  all(split(inside, {"from", "for", "similar", "escape"})));
    if (word.text == "overlay")
      return call("pg_catalog.\"overlay\"", all(split(inside, {"placing", "from", "for"})));
    if (word.text == "position") {
      const auto parts = split(inside, {"in"});
      if (parts.size() != 2) return std::nullopt;
      return call("pg_catalog.\"position\"", {rewritten(parts[1]), rewritten(parts[0])});
    }
    return std::nullopt;
  }

  std::optional<std::string> extract(const Part& inside) const {
    const auto parts = split(inside, {"from"});
    if (parts.size() != 2 || parts[0].words.size() != 1) return std::nullopt;
    return call("pg_catalog.date_part",
                {quote_literal(parts[0].words[0].text), rewritten(parts[1])});
  }

  std::optional<std::string> normalize(const Part& inside) const {
    const auto parts = split(inside, {","});
    std::vector<std::string> arguments = {rewritten(parts[0])};
    if (parts.size() == 2 && parts[1].words.size() == 1)
      arguments.push_back(quote_literal(parts[1].words[0].text));
    return call("pg_catalog.\"normalize\"", arguments);
  }

  std::optional<std::string> trim(const Part& inside) const {
    const auto parts = split(inside, {"from"});
    if (parts.size() != 2 || parts[0].words.empty()) return std::nullopt;
    const auto& side = parts[0].words.front();
    const auto* function = side.text == "both"       ? "pg_catalog.btrim"
                           : side.text == "leading"  ? "pg_catalog.ltrim"
                           : side.text == "trailing" ? "pg_catalog.rtrim"
                                                     : nullptr;
    if (!function) return std::nullopt;
    std::vector<std::string> arguments = {rewritten(parts[1])};
    const Part letters{"", parts[0].words.subspan(1), side.end, parts[0].end};
    if (auto given = rewritten(letters); !given.empty()) arguments.push_back(std::move(given));
    return call(function, arguments);
  }

  /// What is spelled as an operator, and stands in parentheses of its own.
  std::optional<std::string> infix(const Part& inside) const {
    if (auto zoned = in_a_zone(inside)) return zoned;
    if (!inside.words.empty() && is_key_word(inside.words.back(), "normalized"))
      return is_normalized(inside);
    const auto periods = split(inside, {"overlaps"});
    if (periods.size() == 2) return overlaps(periods[0], periods[1]);
    return std::nullopt;
  }

  /// "x AT TIME ZONE z"; a column may have the name of one of these words.
  std::optional<std::string> in_a_zone(const Part& inside) const {
    constexpr std::array<std::string_view, 3> k_operator = {"at", "time", "zone"};
    const auto& words = inside.words;
    int depth = 0;
    for (std::size_t i = 0; i + k_operator.size() < words.size(); ++i) {
      if (is_mark(words[i], '(') || is_mark(words[i], '[')) ++depth;
      if (is_mark(words[i], ')') || is_mark(words[i], ']')) --depth;
      if (depth != 0 || i == 0 ||
          !std::equal(
              k_operator.begin(), k_operator.end(), words.begin() + static_cast<std::ptrdiff_t>(i),
              [](std::string_view text, const Word& word) { return is_key_word(word, text); }))
        continue;
      const Part time{"", words.first(i), inside.begin, words[i].begin};
      const Part zone{"", words.subspan(i + 3), words[i + 2].end, inside.end};
      return call("pg_catalog.timezone", {rewritten(zone), rewritten(time)});
    }
    return std::nullopt;
  }

  /// "x IS NORMALIZED", "x IS NFKC NORMALIZED"
  std::optional<std::string> is_normalized(const Part& inside) const {
    const auto parts = split(inside, {"is"});
    if (parts.size() != 2) return std::nullopt;
    std::vector<std::string> arguments = {rewritten(parts[0])};
    if (parts.back().words.size() == 2)
      arguments.push_back(quote_literal(parts.back().words.front().text));
    return call("pg_catalog.is_normalized", arguments);
  }

  std::optional<std::string> overlaps(const Part& first, const Part& second) const {
    std::vector<std::string> arguments;
    for (const auto* period : {&first, &second}) {
      if (period->words.size() < 2 || !is_mark(period->words.front(), '(') ||
          closing(period->words, 0) != period->words.size() - 1)
        return std::nullopt;
      const Part both{"", period->words.subspan(1, period->words.size() - 2),
                      period->words.front().end, period->words.back().begin};
      for (auto& end : all(split(both, {","}))) arguments.push_back(std::move(end));
    }
    return call("pg_catalog.\"overlaps\"", arguments);
  }

  std::string_view m_text;
  bool m_extracts;
};

/// A text, or each element of an array, by what `rewrite` makes of it.
template <typename Rewrite>
std::string rewritten(std::string_view text, Rewrite rewrite) {
  if (!is_array(text)) return rewrite(text);
  const auto elements = parse_array(text);
  std::vector<std::string> out;
  for (const auto& element : elements) out.push_back(rewrite(element));
  return out == elements ? std::string(text) : format_array(out);
}

/// Words that stand for a value by themselves, and since when: any column may have had that name.
/// (PostgreSQL's src/include/parser/kwlist.h, reserved words, 13 to 19.)
struct NewWord {
  std::string_view text;
  int since;
};
constexpr std::array k_new_words = {NewWord{"system_user", 16}};

std::string with_quotes(std::string_view text, std::string_view name) {
  std::string out;
  std::size_t at = 0;
  WordReader reader(text);
  while (const auto word = reader.next()) {
    if (!is_key_word(*word, name)) continue;
    out += text.substr(at, word->begin - at);
    out += quote_ident(name);
    at = word->end;
  }
  return out += text.substr(at);
}

}  // namespace

std::string with_plain_calls(std::string_view text, bool extracts) {
  return rewritten(text,
                   [&](std::string_view each) { return PlainCalls(each, extracts).rewritten(); });
}

std::optional<std::string> spelled_for(std::string_view text, int printed_by, int read_by) {
  std::optional<std::string> out;
  for (const auto& word : k_new_words) {
    const std::string_view now = out ? std::string_view(*out) : text;
    if (printed_by >= word.since || read_by < word.since ||
        now.find(word.text) == std::string_view::npos)
      continue;
    auto quoted =
        rewritten(now, [&](std::string_view each) { return with_quotes(each, word.text); });
    if (quoted != now) out = std::move(quoted);
  }
  return out;
}

}  // namespace pgmend::sql
