// SPDX-License-Identifier: MIT
#include "source/lock_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

#include "model/spec_error.hpp"
#include "source/lock_line.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

constexpr int k_format = 1;
constexpr std::string_view k_heading =
    "# pgmend schema.lock: written by pgmend, read by pgmend verify --schema";
constexpr std::string_view k_magic = "# pgmend schema.lock";
constexpr std::string_view k_needs = "needs";

// Writing

std::string escaped(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) switch (c) {
      case '\\':
      case '"':
        (out += '\\') += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  return out += '"';
}

bool is_plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
}

/// One part for what stands in no schema, two for what stands in one, three for parts of relations.
std::string path(const Name& name) {
  std::string out;
  const auto add = [&](const std::string& part) {
    if (!out.empty()) out += '.';
    out += is_plain(part) ? part : escaped(part);
  };
  if (!name.schema.empty()) add(name.schema);
  if (!name.relation.empty()) add(name.relation);
  add(name.name);
  return out;
}

std::string identity(const Kind& kind, const Name& name) {
  return fmt::format("{} {}", kind.name, path(name));
}

std::string object_line(const Object& object) {
  auto line = identity(*object.kind, object.name);
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const auto& attribute = object.kind->attributes[i];
    if (object.values[i].is_present() && attribute.form != Attribute::Form::fault)
      line += fmt::format(" {}={}", attribute.name, escaped(object.values[i].text()));
  }
  std::vector<std::string> needed;
  for (const auto& reference : object.depends_on)
    needed.push_back(identity(*reference.kind, reference.name));
  std::sort(needed.begin(), needed.end());
  for (const auto& need : needed) line += fmt::format(" {}={}", k_needs, escaped(need));
  return line;
}

std::string kind_line(const Kind& kind) {
  auto line = fmt::format("kind {}:", kind.name);
  for (const auto& attribute : kind.attributes) (line += ' ') += attribute.name;
  return line;
}

// Reading

class Parser {
 public:
  Parser(const std::string& file, Kinds kinds) : m_file(file) {
    for (const auto* kind : kinds) m_kinds.emplace(kind->name, kind);
  }

  LockFile parse(std::string_view text) {
    int number = 0;
    const auto lines = text::split(text, '\n');
    m_lock.schema.reserve(lines.size());
    for (auto line : lines) {
      ++number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty() || line.starts_with('#')) continue;
      LockLine reader(line, m_file, number);
      if (m_ended) reader.fail("there is something behind its end");
      read_line(reader, number);
    }
    LockLine end("", m_file, number);
    if (m_format == 0) end.fail("it does not say its format");
    if (!m_ended) end.fail("its end is missing");
    add_needs();
    return std::move(m_lock);
  }

 private:
  void read_line(LockLine& line, int number) {
    const auto word = line.word();
    if (word == "format") return read_format(line, number);
    if (m_format == 0) line.fail("it does not say its format first");
    line.expect(' ');
    if (word == "server") {
      m_lock.server_major = line.number();
    } else if (word == "kind") {
      read_kind(line, number);
    } else if (word == "end") {
      m_ended = true;
      if (static_cast<std::size_t>(line.number()) != m_lines)
        line.fail(fmt::format("it holds {} objects and its end says otherwise", m_lines));
    } else {
      ++m_lines;
      read_object(word, line, number);
    }
  }

  void read_format(LockLine& line, int number) {
    line.expect(' ');
    m_format = line.number();
    if (m_format > k_format) too_new({m_file, number, 1}, fmt::format("format {}", m_format));
  }

  [[noreturn]] void too_new(SourceLocation where, const std::string& what) const {
    throw SpecError(
        Fault{.where = std::move(where),
              .message = fmt::format("the lock file was written by a newer pgmend ({})", what),
              .hint = "use that pgmend here as well, or write the file with this one"});
  }

  const Kind* find_kind(std::string_view name) const {
    const auto found = m_kinds.find(name);
    return found == m_kinds.end() ? nullptr : found->second;
  }

  void read_kind(LockLine& line, int number) {
    const auto name = line.word();
    if (m_lock.server_major == 0) line.fail("it does not say its server first");
    const auto* kind = find_kind(name);
    if (!kind) too_new({m_file, number, 6}, fmt::format("kind {}", name));
    line.expect(':');
    auto& known = m_known[kind];
    known.assign(kind->attributes.size(), false);
    while (line.skip(' ')) {
      const auto attribute = line.word();
      const auto position = position_of(*kind, attribute);
      if (!position)
        too_new({m_file, number, 6}, fmt::format("attribute {} of kind {}", attribute, name));
      known[*position] = kind->attributes[*position].since <= m_lock.server_major;
    }
    m_lock.kinds.push_back(kind);
  }

  static std::optional<std::size_t> position_of(const Kind& kind, std::string_view attribute) {
    for (std::size_t i = 0; i < kind.attributes.size(); ++i)
      if (kind.attributes[i].name == attribute) return i;
    return std::nullopt;
  }

  void read_object(std::string_view kind_name, LockLine& line, int number) {
    const auto* kind = find_kind(kind_name);
    const auto known = m_known.find(kind);
    if (known == m_known.end()) line.fail(fmt::format("there is no kind `{}`", kind_name));
    Object object;
    object.kind = kind;
    object.name = line.path();
    object.where = {m_file, number, 1};
    object.values = read_values(*kind, known->second, line);
    while (line.skip_field(k_needs))
      m_needs.push_back({m_lock.schema.objects().size(), line.quoted(), number});
    if (!line.at_end()) line.fail("expected a blank and attribute=\"value\"");
    if (!m_lock.schema.add(std::move(object))) line.fail("this object stands in it twice");
  }

  /// What is written alike is read once.
  Values read_values(const Kind& kind, const std::vector<bool>& known, LockLine& line) {
    const auto start = line.at();
    const auto written = line.skip_fields_before(k_needs);
    auto& same = m_rows[&kind];
    if (const auto found = same.find(written); found != same.end()) return found->second;
    line.go_back_to(start);
    std::vector<Value> values;
    for (const bool is_known : known)
      values.push_back(is_known ? Value::absent() : Value::unspecified());
    while (line.at() < start + written.size()) {
      line.expect(' ');
      const auto attribute = line.word();
      line.expect('=');
      const auto position = position_of(kind, attribute);
      if (!position) line.fail(fmt::format("a {} has no {}", kind.name, attribute));
      values[*position] = Value::present(line.quoted());
    }
    return same.emplace(written, std::move(values)).first->second;
  }

  void add_needs() {
    for (const auto& [position, text, number] : m_needs) {
      LockLine reader(text, m_file, number);
      const auto* kind = find_kind(reader.word());
      reader.expect(' ');
      const auto name = reader.path();
      if (kind && m_lock.schema.find(*kind, name))
        m_lock.schema.add_dependency(position, {kind, name});
    }
  }

  struct Need {
    std::size_t position;
    std::string text;
    int line;
  };

  const std::string& m_file;
  std::unordered_map<std::string_view, const Kind*> m_kinds;
  LockFile m_lock;
  std::unordered_map<const Kind*, std::vector<bool>> m_known;
  std::unordered_map<const Kind*, std::unordered_map<std::string_view, Values>> m_rows;
  std::vector<Need> m_needs;
  std::size_t m_lines = 0;
  int m_format = 0;
  bool m_ended = false;
};

}  // namespace

bool is_lock_file(std::string_view text) {
  return text.starts_with(k_magic);
}

std::string write_lock_file(const LockFile& lock) {
  auto out = fmt::format("{}\nformat {}\nserver {}\n", k_heading, k_format, lock.server_major);
  for (const auto* kind : lock.kinds) out += kind_line(*kind) + '\n';
  std::vector<std::pair<std::tuple<std::string, std::string, std::size_t>, std::string>> lines;
  const auto place = [&](const Kind* kind) {
    return static_cast<std::size_t>(std::find(lock.kinds.begin(), lock.kinds.end(), kind) -
                                    lock.kinds.begin());
  };
  // All of one relation stands together; within it, kind by kind and as it was read: columns in
  // their own order, all else in that of names.
  for (const auto& object : lock.schema.objects())
    lines.push_back(
        {{object.name.schema, object.name.group(), place(object.kind)}, object_line(object)});
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& line : lines) (out += line.second) += '\n';
  return out += fmt::format("end {}\n", lines.size());
}

LockFile parse_lock_file(std::string_view text, const std::string& file, Kinds kinds) {
  return Parser(file, kinds).parse(text);
}

}  // namespace pgmend::source
