// SPDX-License-Identifier: MIT
#include "source/lock_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <future>
#include <memory>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "model/spec_error.hpp"
#include "source/lock_line.hpp"
#include "source/lock_outline.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

constexpr int k_format = 1;
constexpr std::string_view k_heading =
    "# pgmend schema.lock: written by pgmend, read by pgmend verify --schema";
constexpr std::string_view k_magic = "# pgmend schema.lock";
constexpr std::string_view k_needs = "needs";
constexpr std::string_view k_left_out = "left-out";
constexpr std::string_view k_tool = "tool";

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

std::string left_out_line(const ToolTable& table) {
  return fmt::format("{} {} {}={}", k_left_out, path(table.table), k_tool, escaped(table.tool));
}

// Reading

/// The number of the line in which the rest begins.
int number_at(const LockText& all, std::string_view rest) {
  const std::string_view text = all.text;
  return 1 + static_cast<int>(std::count(text.begin(), text.end() - rest.size(), '\n'));
}

[[noreturn]] void damaged_at_the_end(const LockText& text, const std::string& what) {
  LockLine("", text.file, number_at(text, "")).fail(what);
}

void check_end(const LockText& text, std::string_view rest, std::size_t objects) {
  Lines lines(rest, number_at(text, rest));
  const auto end = lines.next();
  LockLine line(end->text, text.file, end->number);
  line.word();
  line.expect(' ');
  if (static_cast<std::size_t>(line.number()) != objects)
    line.fail(fmt::format("it holds {} objects and its end says otherwise", objects));
  if (const auto next = lines.next())
    LockLine(next->text, text.file, next->number).fail("there is something behind its end");
}

/// How many objects its end says that it holds, right or wrong.
std::size_t stated_size(std::string_view text) {
  constexpr std::string_view k_end = "\nend ";
  const auto end = text.rfind(k_end);
  std::size_t size = 0;
  if (end != std::string_view::npos)
    std::from_chars(text.data() + end + k_end.size(), text.data() + text.size(), size);
  return size;
}

/// The server takes neither bytes that are no UTF-8 nor NUL.
void check_all_bytes(const LockText& all) {
  const std::string_view text = all.text;
  const auto at = text::find_not_text(text);
  if (at == std::string_view::npos) return;
  const auto begin = text.rfind('\n', at) + 1;
  LockLine line(text.substr(begin, text.find('\n', at) - begin), all.file,
                number_at(all, text.substr(at)));
  line.go_to(at - begin);
  line.fail(text[at] == '\0' ? "it holds a NUL character"
                             : fmt::format("{} is no UTF-8", text.substr(at, 1)));
}

/// What stands behind the headings.
std::shared_ptr<const Outline> read_objects(const std::shared_ptr<const LockText>& text,
                                            const Lines& lines) {
  check_all_bytes(*text);
  const auto rest = lines.rest();
  // One behind the line break before the end; 0 where there is none, or no object either.
  const auto end = rest.starts_with("end ") ? 0 : rest.find("\nend ") + 1;
  const bool has_end = end > 0 || rest.starts_with("end ");
  auto outline = std::make_shared<const LockOutline>(
      text, Lines(has_end ? rest.substr(0, end) : rest, lines.number()));
  if (!has_end) damaged_at_the_end(*text, "its end is missing");
  check_end(*text, rest.substr(end), outline->size());
  return outline;
}

class Parser {
 public:
  Parser(std::string text, const std::string& file, Kinds kinds)
      : m_text(std::make_shared<LockText>(LockText{std::move(text), file, {}, {}})), m_file(file) {
    for (const auto* kind : kinds) m_text->kinds.emplace(kind->name, kind);
  }

  LockFile parse() {
    Lines lines(m_text->text, 1);
    auto objects = lines;
    while (const auto line = lines.next()) {
      if (!read_heading(*line)) break;
      objects = lines;
    }
    if (m_format == 0) damaged_at_the_end(*m_text, "it does not say its format");
    // Without "async": where no thread can be had, who needs it reads it.
    m_lock.schema =
        Schema(std::async([text = m_text, objects] { return read_objects(text, objects); }).share(),
               stated_size(m_text->text));
    return std::move(m_lock);
  }

 private:
  /// Whether it is one of the lines before the objects.
  bool read_heading(const Line& text) {
    LockLine line(text.text, m_file, text.number);
    const auto word = line.word();
    if (word == "format") return read_format(line, text.number), true;
    if (m_format == 0) line.fail("it does not say its format first");
    if (word != "server" && word != "kind" && word != k_left_out) return false;
    line.expect(' ');
    if (word == "server")
      m_lock.server_major = line.number();
    else if (word == "kind")
      read_kind(line, text.number);
    else
      read_left_out(line);
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
    const auto found = m_text->kinds.find(name);
    if (found == m_text->kinds.end()) too_new({m_file, number, 6}, fmt::format("kind {}", name));
    const auto* kind = found->second;
    line.expect(':');
    auto& known = m_text->known[kind];
    known.assign(kind->attributes.size(), false);
    while (line.skip(' ')) {
      const auto attribute = line.word();
      const auto position = kind->find_attribute(attribute);
      if (!position)
        too_new({m_file, number, 6}, fmt::format("attribute {} of kind {}", attribute, name));
      known[*position] = kind->attributes[*position].since <= m_lock.server_major;
    }
    m_lock.kinds.push_back(kind);
    for (std::size_t i = 0; i < known.size(); ++i)
      if (kind->attributes[i].marks_newly_read && !known[i])
        m_lock.not_read_yet.push_back(&kind->attributes[i]);
  }

  void read_left_out(LockLine& line) {
    ToolTable table;
    table.table = line.path();
    if (!line.skip_field(k_tool)) line.fail(fmt::format("expected {}=\"name\"", k_tool));
    table.tool = line.quoted();
    if (!line.at_end()) line.fail("there is something behind the tool");
    m_lock.left_to_tools.push_back(std::move(table));
  }

  std::shared_ptr<LockText> m_text;
  const std::string& m_file;
  LockFile m_lock;
  int m_format = 0;
};

}  // namespace

bool is_lock_file(std::string_view text) {
  return text.starts_with(k_magic);
}

std::string write_lock_file(const LockFile& lock) {
  return write_lock_file(lock.server_major, lock.schema, lock.kinds, lock.left_to_tools);
}

std::string write_lock_file(int server_major, const Schema& schema, Kinds kinds,
                            const std::vector<ToolTable>& left_to_tools) {
  auto out = fmt::format("{}\nformat {}\nserver {}\n", k_heading, k_format, server_major);
  for (const auto* kind : kinds) out += kind_line(*kind) + '\n';
  for (const auto& table : left_to_tools) out += left_out_line(table) + '\n';
  std::unordered_map<const Kind*, std::size_t> places;
  for (const auto* kind : kinds) places.emplace(kind, places.size());
  std::vector<std::pair<std::size_t, const Object*>> lines;
  for (const auto& object : schema.objects()) {
    const auto place = places.find(object.kind);
    lines.emplace_back(place == places.end() ? places.size() : place->second, &object);
  }
  // All of one relation stands together; within it, kind by kind and as it was read: columns in
  // their own order, all else in that of names.
  const auto key = [](const auto& line) {
    const auto& name = line.second->name;
    return std::tuple<std::string_view, std::string_view, std::size_t>(name.schema, name.group(),
                                                                       line.first);
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  constexpr std::size_t k_usual_line = 120;
  out.reserve(out.size() + lines.size() * k_usual_line);
  for (const auto& [place, object] : lines) (out += object_line(*object)) += '\n';
  return out += fmt::format("end {}\n", lines.size());
}

LockFile parse_lock_file(std::string text, const std::string& file, Kinds kinds) {
  return Parser(std::move(text), file, kinds).parse();
}

}  // namespace pgmend::source
