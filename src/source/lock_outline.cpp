// SPDX-License-Identifier: MIT
#include "source/lock_outline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <future>
#include <optional>
#include <utility>

#include "source/lock_line.hpp"
#include "source/lock_value.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

constexpr std::string_view k_needs_field = "needs";
constexpr std::size_t k_quoted = 40;  // bytes of a value that a message quotes

const Kind* find_kind(const KindsByName& kinds, std::string_view name) {
  const auto found = kinds.find(name);
  return found == kinds.end() ? nullptr : found->second;
}

/// The parts of a name that are written without quotes, if that is what comes next.
std::optional<std::array<std::string_view, 3>> plain_path(std::string_view line) {
  std::array<std::string_view, 3> parts;
  std::size_t count = 0;
  for (std::size_t start = 0, at = 0;; ++at) {
    const bool is_end = at == line.size() || line[at] == ' ';
    if (!is_end && line[at] != '.') {
      if (line[at] == '"' || line[at] == '=' || line[at] == ':') return std::nullopt;
      continue;
    }
    if (at == start || count == parts.size()) return std::nullopt;
    parts[count++] = line.substr(start, at - start);
    start = at + 1;
    if (!is_end) continue;
    if (count == 1) return std::array<std::string_view, 3>{"", "", parts[0]};
    if (count == 2) return std::array<std::string_view, 3>{parts[0], "", parts[1]};
    return parts;
  }
}

/// "kind path", as a need is written.
Reference reference(const KindsByName& kinds, LockLine& line) {
  const auto* kind = find_kind(kinds, line.word());
  line.expect(' ');
  return {kind, line.path()};
}

/// How many entries a text of that size is likely to hold.
std::size_t likely_entries(std::string_view text) {
  constexpr std::size_t k_usual_line = 90;
  return text.size() / k_usual_line;
}

}  // namespace

std::optional<Line> Lines::next() {
  while (!m_text.empty()) {
    const auto end = std::min(m_text.find('\n'), m_text.size());
    auto line = m_text.substr(0, end);
    m_text.remove_prefix(std::min(end + 1, m_text.size()));
    const auto number = m_number++;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && !line.starts_with('#')) return Line{line, number};
  }
  return std::nullopt;
}

NameView LockOutline::Entry::name() const {
  const auto* at = path;
  const auto next = [&](std::uint32_t length, bool has_dot) {
    const std::string_view part(at, length);
    if (has_dot) at += length + 1;
    return part;
  };
  const auto in_schema = next(schema, schema > 0);
  const auto of_relation = next(relation, relation > 0);
  return {in_schema, of_relation, next(own, false)};
}

/// Reads the lines of some objects, which say nothing of others: several can read at once.
class EntryReader {
 public:
  explicit EntryReader(const LockText& text) : m_text(text) {}

  LockOutline::Part read(Lines lines) {
    m_part.entries.reserve(likely_entries(lines.rest()));
    m_part.hashes.reserve(likely_entries(lines.rest()));
    while (const auto each = lines.next()) {
      LockLine line(each->text, m_text.file, each->number);
      read(line, each->number);
    }
    return std::move(m_part);
  }

 private:
  struct Rows {
    const Kind* kind = nullptr;
    const std::vector<bool>* known = nullptr;
    // Those that are alike are read once.
    std::unordered_map<std::string_view, const Values*> alike = {};
  };

  void read(LockLine& line, int number) {
    const auto word = line.word();
    line.expect(' ');
    auto& rows = rows_of(word, line);
    LockOutline::Entry entry = {};
    entry.kind = rows.kind;
    entry.line = static_cast<std::uint32_t>(number);
    read_path(line, entry);
    entry.values = read_values(rows, line);
    entry.needs = line.rest();
    check_needs(line, number);
    if (!line.at_end()) line.fail("expected a blank and attribute=\"value\"");
    m_part.hashes.push_back(hash_of(*entry.kind, entry.name()));
    m_part.entries.push_back(entry);
  }

  /// Often the same as of the line before.
  Rows& rows_of(std::string_view kind_name, const LockLine& line) {
    if (m_last && m_last->kind->name == kind_name) return *m_last;
    const auto* kind = find_kind(m_text.kinds, kind_name);
    const auto known = m_text.known.find(kind);
    if (known == m_text.known.end()) line.fail(fmt::format("there is no kind `{}`", kind_name));
    auto& rows = m_rows[kind];
    rows.kind = kind;
    rows.known = &known->second;
    m_last = &rows;
    return rows;
  }

  void read_path(LockLine& line, LockOutline::Entry& entry) {
    const auto set = [&](const NameView& name) {
      entry.schema = static_cast<std::uint32_t>(name.schema.size());
      entry.relation = static_cast<std::uint32_t>(name.relation.size());
      entry.own = static_cast<std::uint32_t>(name.name.size());
    };
    if (const auto parts = plain_path(line.rest())) {
      const auto& [schema, relation, own] = *parts;
      set({schema, relation, own});
      entry.path = line.rest().data();
      const auto* end = own.data() + own.size();
      return line.go_to(line.at() + static_cast<std::size_t>(end - entry.path));
    }
    const auto name = line.path();
    std::string path;
    if (!name.schema.empty()) path += name.schema + '.';
    if (!name.relation.empty()) path += name.relation + '.';
    path += name.name;
    set(name);
    entry.path = m_part.paths.emplace_back(std::move(path)).data();
  }

  const Values* read_values(Rows& rows, LockLine& line) {
    const auto start = line.at();
    const auto written = line.skip_fields_before(k_needs_field);
    if (const auto found = rows.alike.find(written); found != rows.alike.end())
      return found->second;
    line.go_to(start);
    std::vector<Value> values;
    for (const bool is_known : *rows.known)
      values.push_back(is_known ? Value::absent() : Value::unspecified());
    while (line.at() < start + written.size()) {
      line.expect(' ');
      const auto attribute = line.word();
      line.expect('=');
      const auto position = rows.kind->find_attribute(attribute);
      if (!position) line.fail(fmt::format("a {} has no {}", rows.kind->name, attribute));
      values[*position] = Value::present(quoted_value(rows.kind->attributes[*position], line));
    }
    const auto* kept = &m_part.values.emplace_back(std::move(values));
    rows.alike.emplace(written, kept);
    return kept;
  }

  static std::string quoted_value(const Attribute& attribute, LockLine& line) {
    const auto start = line.at();
    auto text = line.quoted();
    if (const auto why = why_impossible(attribute, text); !why.empty()) {
      line.go_to(start);
      line.fail(
          fmt::format("`{}` is no {}: {}", text::shortened(text, k_quoted), attribute.name, why));
    }
    return text;
  }

  /// Goes over `"kind path"` if it is one without quotes and escapes in it: most are, and there are
  /// more of them than lines.
  bool skip_plain_need(LockLine& line) {
    const auto rest = line.rest();
    const auto end = rest.find('"', 1);
    if (!rest.starts_with('"') || end == std::string_view::npos) return false;
    const auto text = rest.substr(1, end - 1);
    const auto blank = text.find(' ');
    if (blank == std::string_view::npos ||
        text.find_first_of(" \\", blank + 1) != std::string_view::npos ||
        !plain_path(text.substr(blank + 1)))
      return false;
    if (const auto kind = text.substr(0, blank); kind != m_needed) {
      if (!find_kind(m_text.kinds, kind)) return false;
      m_needed = kind;
    }
    line.go_to(line.at() + end + 1);
    return true;
  }

  void check_needs(LockLine& line, int number) {
    for (auto start = line.at(); line.skip_field(k_needs_field); start = line.at()) {
      if (skip_plain_need(line)) continue;
      const auto text = line.quoted();
      LockLine need(text, m_text.file, number);
      if (!reference(m_text.kinds, need).kind) {
        line.go_to(start + 1);
        line.fail("it needs what is of no kind");
      }
    }
  }

  const LockText& m_text;
  std::unordered_map<const Kind*, Rows> m_rows;
  Rows* m_last = nullptr;
  std::string_view m_needed;  // the kind of the need before
  LockOutline::Part m_part;
};

/// One half is read by another thread, where that takes longer than starting one.
LockOutline::LockOutline(std::shared_ptr<const LockText> text, const Lines& lines)
    : m_text(std::move(text)) {
  constexpr std::size_t k_worth_a_thread = 200000;  // bytes
  const auto all = lines.rest();
  const auto middle = std::min(all.find('\n', all.size() / 2), all.size() - 1);
  const auto half = all.size() < k_worth_a_thread ? all.size() : middle + 1;
  // Without "async": where no thread can be had, get() reads it.
  auto rest = std::async([&] {
    const auto before = static_cast<int>(std::count(all.begin(), all.begin() + half, '\n'));
    return EntryReader(*m_text).read({all.substr(half), lines.number() + before});
  });
  auto first = EntryReader(*m_text).read({all.substr(0, half), lines.number()});
  auto second = rest.get();
  m_entries.reserve(first.entries.size() + second.entries.size());
  m_by_name.reserve(m_entries.capacity());
  take(std::move(first));
  take(std::move(second));
}

void LockOutline::take(Part part) {
  for (std::size_t i = 0; i < part.entries.size(); ++i) {
    const auto& entry = part.entries[i];
    const auto is_it = [&](Position at) {
      return m_entries[at].kind == entry.kind &&
             same_name(*entry.kind, m_entries[at].name(), entry.name());
    };
    if (m_by_name.find(part.hashes[i], is_it))
      LockLine("", m_text->file, static_cast<int>(entry.line))
          .fail("this object stands in it twice");
    m_by_name.insert(part.hashes[i], static_cast<Position>(m_entries.size()));
    m_entries.push_back(entry);
  }
  part.entries = {};
  part.hashes = {};
  m_parts.push_back(std::move(part));
}

std::optional<Position> LockOutline::find(const Kind& kind, const NameView& name) const {
  return m_by_name.find(hash_of(kind, name), [&](Position at) {
    return m_entries[at].kind == &kind && same_name(kind, m_entries[at].name(), name);
  });
}

Schema LockOutline::schema() const {
  Schema schema;
  schema.reserve(m_entries.size());
  for (const auto& entry : m_entries) {
    Object object;
    object.kind = entry.kind;
    object.name = entry.name().copy();
    object.values = *entry.values;
    object.where = {m_text->file, static_cast<int>(entry.line), 1};
    schema.add(std::move(object));
  }
  for (std::size_t i = 0; i < m_entries.size(); ++i) {
    LockLine line(m_entries[i].needs, m_text->file, static_cast<int>(m_entries[i].line));
    while (line.skip_field(k_needs_field)) {
      const auto text = line.quoted();
      LockLine need(text, m_text->file, static_cast<int>(m_entries[i].line));
      const auto needed = reference(m_text->kinds, need);
      if (needed.kind && schema.find(*needed.kind, needed.name)) schema.add_dependency(i, needed);
    }
  }
  return schema;
}

}  // namespace pgmend::source
