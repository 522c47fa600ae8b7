// SPDX-License-Identifier: MIT
#include "ledger/liquibase_changelogs.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

using Attributes = std::map<std::string, std::string>;

std::string get(const Attributes& attributes, const char* name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? "" : found->second;
}

/// "postgresql, oracle", "!h2".
bool leaves_out_postgresql(const std::string& dbms) {
  if (dbms.empty()) return false;
  bool any_wanted = false;
  bool is_named = false;
  for (const auto part : text::split(dbms, ',')) {
    const auto name = text::to_lower(text::trim(part));
    if (name == "!postgresql" || name == "none") return true;
    is_named = is_named || name == "postgresql" || name == "all";
    any_wanted = any_wanted || !name.starts_with('!');
  }
  return any_wanted && !is_named;
}

void add_set(Changelog& changelog, const Attributes& attributes, int line) {
  const auto has = [&](const char* name) { return !get(attributes, name).empty(); };
  changelog.sets.push_back(
      {get(attributes, "id"), get(attributes, "author"), get(attributes, "logicalFilePath"),
       has("context") || has("contextFilter") || has("labels"),
       leaves_out_postgresql(get(attributes, "dbms")) || get(attributes, "ignore") == "true",
       line});
}

void add_inclusion(Changelog& changelog, const Attributes& attributes, bool is_folder) {
  changelog.inclusions.push_back({get(attributes, is_folder ? "path" : "file"),
                                  get(attributes, "relativeToChangelogFile") == "true", is_folder});
}

void set_path(Changelog& changelog, const std::string& path) {
  for (auto& set : changelog.sets)
    if (set.path.empty()) set.path = path;
}

// --- XML

std::string unescaped(std::string text) {
  text = text::replace_all(std::move(text), "&lt;", "<");
  text = text::replace_all(std::move(text), "&gt;", ">");
  text = text::replace_all(std::move(text), "&quot;", "\"");
  text = text::replace_all(std::move(text), "&apos;", "'");
  return text::replace_all(std::move(text), "&amp;", "&");
}

constexpr std::string_view k_spaces = " \t\r\n";

/// `name="value"`, of what stands in a tag behind its name.
Attributes xml_attributes(std::string_view tag) {
  Attributes attributes;
  while (true) {
    const auto start = tag.find_first_not_of(" \t\r\n/");
    const auto equals = tag.find('=');
    if (start == std::string_view::npos || equals == std::string_view::npos || equals < start)
      return attributes;
    const auto name = text::trim(tag.substr(start, equals - start));
    const auto open = tag.find_first_of("\"'", equals);
    if (open == std::string_view::npos) return attributes;
    const auto close = tag.find(tag[open], open + 1);
    if (close == std::string_view::npos) return attributes;
    attributes[std::string(name)] = unescaped(std::string(tag.substr(open + 1, close - open - 1)));
    tag.remove_prefix(close + 1);
  }
}

/// Where a tag ends: at the first `>` outside of quotes.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0)
      quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '>')
      return at;
  }
  throw std::runtime_error("a tag does not end");
}

Changelog read_xml(std::string_view text) {
  Changelog changelog;
  std::string path;
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const auto rest = text.substr(at);
    const auto skip = [&](std::string_view begin, std::string_view end) {
      if (!rest.starts_with(begin)) return false;
      const auto found = text.find(end, at);
      if (found == std::string_view::npos) throw std::runtime_error("a comment does not end");
      at = found;
      return true;
    };
    if (skip("<!--", "-->") || skip("<![CDATA[", "]]>")) continue;
    const auto end = end_of_tag(text, at);
    const auto tag = text.substr(at + 1, end - at - 1);
    const auto name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
    const auto attributes = xml_attributes(tag.substr(name.size()));
    const int line = 1 + static_cast<int>(std::count(
                             text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    if (name == "databaseChangeLog") path = get(attributes, "logicalFilePath");
    if (name == "changeSet") add_set(changelog, attributes, line);
    if (name == "include" || name == "includeAll")
      add_inclusion(changelog, attributes, name == "includeAll");
    at = end;
  }
  set_path(changelog, path);
  return changelog;
}

// --- JSON

Attributes json_attributes(const nlohmann::json& object) {
  Attributes attributes;
  for (const auto& [name, value] : object.items()) {
    if (value.is_string()) attributes[name] = value.get<std::string>();
    if (value.is_boolean()) attributes[name] = value.get<bool>() ? "true" : "false";
    if (value.is_number()) attributes[name] = value.dump();
  }
  return attributes;
}

Changelog read_json(std::string_view text) {
  Changelog changelog;
  std::string path;
  const auto document = nlohmann::json::parse(text);
  for (const auto& entry : document.at("databaseChangeLog")) {
    if (!entry.is_object()) continue;
    for (const auto& [name, value] : entry.items()) {
      if (name == "logicalFilePath") path = value.get<std::string>();
      if (!value.is_object()) continue;
      if (name == "changeSet") add_set(changelog, json_attributes(value), 0);
      if (name == "include" || name == "includeAll")
        add_inclusion(changelog, json_attributes(value), name == "includeAll");
    }
  }
  set_path(changelog, path);
  return changelog;
}

// --- SQL with comments

/// "--changeset ann:1 context:test dbms:postgresql", with quotes around what holds spaces.
Attributes sql_attributes(std::string_view line) {
  Attributes attributes;
  std::vector<std::string> words = {""};
  char quote = 0;
  for (const char c : line) {
    if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (quote == 0 && k_spaces.find(c) != std::string_view::npos) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase(words, "");
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto colon = words[i].find(':');
    if (colon == std::string::npos) continue;
    if (i == 0) {
      attributes["author"] = words[0].substr(0, colon);
      attributes["id"] = words[0].substr(colon + 1);
    } else {
      attributes[words[i].substr(0, colon)] = words[i].substr(colon + 1);
    }
  }
  return attributes;
}

/// What stands behind the word in a comment, whatever its case; nothing for other lines.
std::optional<std::string_view> behind(std::string_view line, std::string_view word) {
  line = text::trim(line);
  if (!line.starts_with("--")) return std::nullopt;
  line = text::trim(line.substr(2));
  if (text::to_lower(line.substr(0, word.size())) != word) return std::nullopt;
  return line.substr(word.size());
}

Changelog read_sql(std::string_view text) {
  Changelog changelog;
  std::string path;
  int number = 0;
  for (const auto line : text::split(text, '\n')) {
    ++number;
    if (const auto first = behind(line, "liquibase formatted sql"))
      path = get(sql_attributes("x:x " + std::string(*first)), "logicalFilePath");
    if (const auto set = behind(line, "changeset "))
      add_set(changelog, sql_attributes(*set), number);
  }
  set_path(changelog, path);
  return changelog;
}

// --- YAML, of which a changelog takes little: a list of maps, a key and its value on a line

std::string plain(std::string_view value) {
  value = text::trim(value.substr(0, value.find(" #")));
  if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return std::string(value);
}

class YamlReader {
 public:
  Changelog read(std::string_view text) {
    for (const auto line : text::split(text, '\n')) {
      ++m_number;
      read_line(line);
    }
    end_entry();
    set_path(m_changelog, m_path);
    return std::move(m_changelog);
  }

 private:
  void read_line(std::string_view line) {
    auto indent = line.find_first_not_of(" \r\t");
    if (indent == std::string_view::npos || line[indent] == '#') return;
    const bool is_item = line.substr(indent).starts_with("- ");
    if (is_item) indent = line.find_first_not_of(' ', indent + 1);
    if (indent == std::string_view::npos) return;
    const auto colon = line.find(':', indent);
    if (colon == std::string_view::npos) return;
    const auto name = plain(line.substr(indent, colon - indent));
    const auto value = plain(line.substr(colon + 1));
    if (!m_entry.empty() && indent <= m_indent) end_entry();
    if (is_item && (name == "changeSet" || name == "include" || name == "includeAll")) {
      m_entry = name;
      m_indent = indent;
      m_inner = 0;
      m_line = m_number;
      return;
    }
    if (m_entry.empty()) {
      if (name == "logicalFilePath") m_path = value;
      return;
    }
    if (m_inner == 0) m_inner = indent;
    if (indent == m_inner) m_attributes.try_emplace(name, value);
  }

  void end_entry() {
    if (m_entry == "changeSet") add_set(m_changelog, m_attributes, m_line);
    if (m_entry == "include" || m_entry == "includeAll")
      add_inclusion(m_changelog, m_attributes, m_entry == "includeAll");
    m_entry.clear();
    m_attributes.clear();
  }

  Changelog m_changelog;
  std::string m_path;
  std::string m_entry;
  Attributes m_attributes;
  std::size_t m_indent = 0;  // of the entry, and of what is in it
  std::size_t m_inner = 0;
  int m_number = 0;
  int m_line = 0;
};

}  // namespace

std::optional<Changelog> read_changelog(std::string_view file_name, std::string_view text) {
  const auto ends = [&](std::string_view end) { return file_name.ends_with(end); };
  const auto holds = [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  };
  if (ends(".xml") && holds("<databaseChangeLog")) return read_xml(text);
  if ((ends(".yaml") || ends(".yml")) && holds("databaseChangeLog:"))
    return YamlReader().read(text);
  try {
    if (ends(".json") && holds("\"databaseChangeLog\"")) return read_json(text);
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error(error.what());
  }
  if (ends(".sql") && behind(text.substr(0, text.find('\n')), "liquibase formatted sql"))
    return read_sql(text);
  return std::nullopt;
}

}  // namespace pgmend::ledger
