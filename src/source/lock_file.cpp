// SPDX-License-Identifier: MIT
#include "source/lock_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <future>
#include <optional>
#include <span>
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

/// The attributes of each kind that the file knows, by their positions.
using Known = std::unordered_map<const Kind*, std::vector<bool>>;
using KindsByName = std::unordered_map<std::string_view, const Kind*>;

const Kind* find_kind(const KindsByName& kinds, std::string_view name) {
  const auto found = kinds.find(name);
  return found == kinds.end() ? nullptr : found->second;
}

std::optional<std::size_t> position_of(const Kind& kind, std::string_view attribute) {
  for (std::size_t i = 0; i < kind.attributes.size(); ++i)
    if (kind.attributes[i].name == attribute) return i;
  return std::nullopt;
}

/// Without blank lines and comments, which count nevertheless.
struct Line {
  std::string_view text;
  int number;
};
using Lines = std::span<const Line>;

/// Reads the lines of some objects, which say nothing of others: several can read at once.
class ObjectReader {
 public:
  struct Need {
    std::size_t position;  // of the object among those read
    std::string text;
    int line;
  };
  using Take = std::function<void(Object)>;

  ObjectReader(const std::string& file, const KindsByName& kinds, const Known& known)
      : m_file(file), m_kinds(kinds), m_known(known) {}

  /// What they need is returned, each in the order of the lines.
  std::vector<Need> read(Lines lines, const Take& take) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      LockLine line(lines[i].text, m_file, lines[i].number);
      const auto word = line.word();
      line.expect(' ');
      take(read_object(word, line, lines[i].number, i));
    }
    return std::move(m_needs);
  }

 private:
  Object read_object(std::string_view kind_name, LockLine& line, int number, std::size_t position) {
    const auto* kind = find_kind(m_kinds, kind_name);
    const auto known = m_known.find(kind);
    if (known == m_known.end()) line.fail(fmt::format("there is no kind `{}`", kind_name));
    Object object;
    object.kind = kind;
    object.name = line.path();
    object.where = {m_file, number, 1};
    object.values = read_values(*kind, known->second, line);
    while (line.skip_field(k_needs)) m_needs.push_back({position, line.quoted(), number});
    if (!line.at_end()) line.fail("expected a blank and attribute=\"value\"");
    return object;
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

  const std::string& m_file;
  const KindsByName& m_kinds;
  const Known& m_known;
  std::unordered_map<const Kind*, std::unordered_map<std::string_view, Values>> m_rows;
  std::vector<Need> m_needs;
};

class Parser {
 public:
  Parser(const std::string& file, Kinds kinds) : m_file(file) {
    for (const auto* kind : kinds) m_kinds.emplace(kind->name, kind);
  }

  LockFile parse(std::string_view text) {
    const auto all = lines_of(text);
    Lines lines = all;
    while (!lines.empty() && read_heading(lines.front())) lines = lines.subspan(1);
    if (m_format == 0) LockLine("", m_file, m_last).fail("it does not say its format");
    const auto end = std::find_if(lines.begin(), lines.end(),
                                  [](const Line& line) { return line.text.starts_with("end "); });
    read_objects(lines.first(static_cast<std::size_t>(end - lines.begin())));
    if (end == lines.end()) LockLine("", m_file, m_last).fail("its end is missing");
    read_end(*end);
    if (const auto next = end + 1; next != lines.end())
      LockLine(next->text, m_file, next->number).fail("there is something behind its end");
    return std::move(m_lock);
  }

 private:
  std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    for (auto line : text::split(text, '\n')) {
      ++m_last;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty() && !line.starts_with('#')) lines.push_back({line, m_last});
    }
    return lines;
  }

  /// Whether it is one of the lines before the objects.
  bool read_heading(const Line& text) {
    LockLine line(text.text, m_file, text.number);
    const auto word = line.word();
    if (word == "format") return read_format(line, text.number), true;
    if (m_format == 0) line.fail("it does not say its format first");
    if (word != "server" && word != "kind") return false;
    line.expect(' ');
    if (word == "server")
      m_lock.server_major = line.number();
    else
      read_kind(line, text.number);
    return true;
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

  void read_kind(LockLine& line, int number) {
    const auto name = line.word();
    if (m_lock.server_major == 0) line.fail("it does not say its server first");
    const auto* kind = find_kind(m_kinds, name);
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

  /// One half is read by another thread, where that takes longer than starting one.
  void read_objects(Lines lines) {
    constexpr std::size_t k_worth_a_thread = 2000;
    const auto half = lines.size() < k_worth_a_thread ? lines.size() : lines.size() / 2;
    m_lock.schema.reserve(lines.size());
    std::vector<Object> later;
    later.reserve(lines.size() - half);
    // Without "async": where no thread can be had, get() reads it.
    auto rest = std::async([&] {
      return ObjectReader(m_file, m_kinds, m_known).read(lines.subspan(half), [&](Object object) {
        later.push_back(std::move(object));
      });
    });
    const auto needs =
        ObjectReader(m_file, m_kinds, m_known).read(lines.first(half), [&](Object object) {
          add(std::move(object));
        });
    auto more = rest.get();
    for (auto& object : later) add(std::move(object));
    for (auto& need : more) need.position += half;
    add_needs(needs);
    add_needs(more);
  }

  void add(Object object) {
    const auto number = object.where.line;
    if (!m_lock.schema.add(std::move(object)))
      LockLine("", m_file, number).fail("this object stands in it twice");
  }

  void add_needs(const std::vector<ObjectReader::Need>& needs) {
    for (const auto& [position, text, number] : needs) {
      LockLine reader(text, m_file, number);
      const auto* kind = find_kind(m_kinds, reader.word());
      reader.expect(' ');
      const auto name = reader.path();
      if (kind && m_lock.schema.find(*kind, name))
        m_lock.schema.add_dependency(position, {kind, name});
    }
  }

  void read_end(const Line& text) const {
    LockLine line(text.text, m_file, text.number);
    line.word();
    line.expect(' ');
    const auto objects = m_lock.schema.objects().size();
    if (static_cast<std::size_t>(line.number()) != objects)
      line.fail(fmt::format("it holds {} objects and its end says otherwise", objects));
  }

  const std::string& m_file;
  KindsByName m_kinds;
  LockFile m_lock;
  Known m_known;
  int m_last = 0;  // number of the last line
  int m_format = 0;
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
