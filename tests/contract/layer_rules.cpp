// SPDX-License-Identifier: MIT
#include "layer_rules.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace pgmend::layers {

namespace {

using Names = std::set<std::string, std::less<>>;

/// What each layer may include, besides itself.
const std::map<std::string, Names, std::less<>> k_arrows = {
    {"pgmend", {}},
    {"util", {}},
    {"model", {"util"}},
    {"kinds", {"model", "util"}},
    {"report", {"model", "util"}},
    {"pg", {"model", "util"}},
    {"engine", {"model", "util", "pg"}},
    {"source", {"model", "util", "pg"}},
    {"ledger", {"model", "util", "pg"}},
    {"app", {"model", "util", "kinds", "report", "pg", "engine", "source", "ledger"}},
    {"api", {"pgmend", "app", "model", "util"}},
    {"cli", {"app", "model", "util"}},
    {"main.cpp", {"cli", "util"}},
    {"precompiled.hpp", {"model", "util"}},
};

/// What the rooms of a layer may include of each other. A file that stands in none of them may
/// include all and be included by all.
const std::map<std::string, std::map<std::string, Names, std::less<>>, std::less<>> k_rooms = {
    {"app",
     {{"output", {}},
      {"compare", {}},
      {"database", {"compare"}},
      {"migrations", {"compare", "database"}},
      {"run", {"compare", "database", "migrations", "output"}},
      {"expected", {"compare", "database", "output", "run"}},
      {"explain", {}},
      {"jobs", {"compare", "database", "expected", "migrations", "output", "run"}},
      {"fleet", {"compare", "database", "migrations", "output", "run"}},
      {"watch", {}}}},
    {"kinds",
     {{"support", {}},
      {"columns", {"support"}},
      {"constraints", {"support"}},
      {"indexes", {"support"}},
      {"catalogs", {}}}},
};

/// Libraries that only one layer may know.
struct Library {
  std::string_view include_prefix;
  std::string_view layer;
};
const std::vector<Library> k_libraries = {
    {"libpq", "pg"},        // libpq-fe.h, libpq-events.h, libpq/
    {"postgresql/", "pg"},  // the same headers by their longer path
    {"CLI/", "cli"},       {"yaml-cpp/", "source"}, {"toml++/", "ledger"},
    {"httplib.h", "app"},  {"sqlite3.h", "app"},
};

/// Too common as words of C++, English and libpq (unique_ptr, "check that", a name's schema) to
/// mean a kind.
const Names k_common_words = {"check", "checks", "unique", "uniques",   "schema",     "schemas",
                              "enum",  "enums",  "domain", "extension", "extensions", "statistics"};

/// Catalogs that hold one kind without being called after it.
const Names k_catalogs_of_one_kind = {"pg_attribute", "pg_attrdef", "pg_constraint"};

std::string first_component(std::string_view path) {
  return std::string(path.substr(0, path.find('/')));
}

std::string without_extension(std::string_view path) {
  return std::string(path.substr(0, path.rfind('.')));
}

/// The room that a file stands in: "compare" of "app/compare/pass.hpp"; empty for none.
std::string room_of(std::string_view path) {
  const auto start = path.find('/') + 1;
  const auto end = path.find('/', start);
  return end == std::string_view::npos ? "" : std::string(path.substr(start, end - start));
}

/// Kinds do not know each other. What they share stands in a room, and the list knows them all.
bool may_include_in_kinds(std::string_view path, std::string_view included) {
  return path == "kinds/kinds.cpp" || included == "kinds/kinds.hpp" || !room_of(included).empty() ||
         without_extension(path) == without_extension(included);
}

/// Empty if a file of a layer may include this other one of the same layer.
std::string room_fault(const std::string& layer, std::string_view path, std::string_view included) {
  if (layer == "kinds" && !may_include_in_kinds(path, included))
    return "kinds do not know each other; what they share belongs in a room of theirs";
  const auto rooms = k_rooms.find(layer);
  const auto room = room_of(path);
  const auto target = room_of(included);
  if (rooms == k_rooms.end() || room.empty() || target.empty() || room == target) return "";
  for (const auto& name : {room, target})
    if (!rooms->second.contains(name)) return "not in a known room of " + layer + ": " + name;
  return rooms->second.at(room).contains(target)
             ? ""
             : layer + '/' + room + " may not see " + layer + '/' + target;
}

/// Empty if the include is fine.
std::string include_fault(std::string_view path, std::string_view included, bool quoted) {
  const auto layer = first_component(path);
  for (const auto& library : k_libraries)
    if (included.starts_with(library.include_prefix) && layer != library.layer)
      return "only src/" + std::string(library.layer) + " may include it";

  const auto target = first_component(included);
  if (included.find('/') == std::string_view::npos || !k_arrows.contains(target))
    return quoted ? "not named by its layer" : "";
  if (target == layer) return room_fault(layer, path, included);
  return k_arrows.at(layer).contains(target) ? "" : layer + " may not see " + target;
}

bool is_identifier_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

bool starts_part(std::string_view identifier, std::size_t i) {
  if (i == 0) return false;
  const char before = identifier[i - 1];
  const char after = i + 1 < identifier.size() ? identifier[i + 1] : '_';
  const bool digit_after_letter = std::isdigit(static_cast<unsigned char>(identifier[i])) != 0 &&
                                  std::isdigit(static_cast<unsigned char>(before)) == 0;
  const bool in_acronym = is_upper(before) && (is_upper(after) || !std::isalpha(after));
  return digit_after_letter || (is_upper(identifier[i]) && !in_acronym);
}

/// "PlanForIndex", "plan_for_index" and "plan for index" all become "plan for index". Names from
/// PostgreSQL (pg_…) stay whole: they are judged whole.
std::string parts_of(std::string_view identifier) {
  std::string out;
  const bool whole = identifier.starts_with("pg_");
  for (std::size_t i = 0; i < identifier.size(); ++i) {
    if (!whole && starts_part(identifier, i)) out += ' ';
    const char c = identifier[i] == '_' && !whole ? ' ' : identifier[i];
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

/// The line as lower-case words between single spaces; other signs than the hyphen stay in between.
std::string words_of(std::string_view line) {
  std::string spaced;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == '\\') {  // the n of "\nTABLE" is no part of the word
      spaced += ' ';
      i += 2;
      continue;
    }
    const auto start = i;
    while (i < line.size() && is_identifier_char(line[i])) ++i;
    spaced += parts_of(line.substr(start, i - start));
    if (i == start) {
      const bool blank = line[i] == '-' || std::isspace(static_cast<unsigned char>(line[i])) != 0;
      spaced += blank ? " " : std::string(" ") + line[i] + ' ';
      ++i;
    }
  }
  std::istringstream in(spaced);
  std::string out = " ";
  for (std::string word; in >> word;) out += word + ' ';
  return out;
}

/// A kind's name as words, and as a catalog: "primary key" and "pg_primary_key".
Names forbidden_words(const std::vector<std::string>& kind_names) {
  Names words = k_catalogs_of_one_kind;
  for (const auto& name : kind_names) {
    if (k_common_words.contains(name)) continue;
    auto spaced = name;
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    auto joined = name;
    std::replace(joined.begin(), joined.end(), ' ', '_');
    words.insert(spaced);
    words.insert("pg_" + joined);
  }
  return words;
}

/// Takes `token` and the blanks before it off the front of `text`, if it stands there.
bool take(std::string_view& text, std::string_view token) {
  const auto start = std::min(text.find_first_not_of(" \t\n"), text.size());
  if (!text.substr(start).starts_with(token)) return false;
  text.remove_prefix(start + token.size());
  return true;
}

/// The text in `field = "text"`, if `text` begins with that.
std::optional<std::string> assigned(std::string_view text, std::string_view field) {
  if (!take(text, field) || !take(text, "=") || !take(text, "\"")) return std::nullopt;
  return std::string(text.substr(0, text.find('"')));
}

struct Included {
  std::string name;
  bool quoted = false;
};

std::optional<Included> include_of(std::string_view line) {
  if (!take(line, "#") || !take(line, "include")) return std::nullopt;
  const bool quoted = take(line, "\"");
  if (!quoted && !take(line, "<")) return std::nullopt;
  return Included{std::string(line.substr(0, line.find(quoted ? '"' : '>'))), quoted};
}

std::string at(std::string_view path, std::size_t line, const std::string& fault) {
  return std::string(path) + ':' + std::to_string(line) + ": " + fault;
}

}  // namespace

std::vector<std::string> kind_names(std::string_view text) {
  constexpr std::string_view k_name = ".name";
  std::vector<std::string> names;
  for (auto i = text.find(k_name); i != std::string_view::npos; i = text.find(k_name, i + 1)) {
    const auto rest = text.substr(i);
    const auto name = assigned(rest, k_name);
    // Attributes have names too, but no plural behind them.
    const auto plural = assigned(rest.substr(std::min(rest.find('.', 1), rest.size())), ".plural");
    if (name && plural) names.insert(names.end(), {*name, *plural});
  }
  return names;
}

std::vector<std::string> check_includes(std::string_view path, std::string_view text) {
  if (!k_arrows.contains(first_component(path)))
    return {std::string(path) + ": not in a known layer; the layers are listed in " __FILE__};
  std::vector<std::string> violations;
  std::istringstream in{std::string(text)};
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto include = include_of(line);
    if (!include) continue;
    const auto fault = include_fault(path, include->name, include->quoted);
    if (!fault.empty()) violations.push_back(at(path, number, include->name + ": " + fault));
  }
  return violations;
}

std::vector<std::string> check_generic(std::string_view path, std::string_view text,
                                       const std::vector<std::string>& kind_names) {
  const auto forbidden = forbidden_words(kind_names);
  std::vector<std::string> violations;
  std::istringstream in{std::string(text)};
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto words = words_of(line);
    for (const auto& word : forbidden)
      if (words.find(' ' + word + ' ') != std::string::npos)
        violations.push_back(at(path, number, "names a kind of object: " + word));
  }
  return violations;
}

std::vector<std::string> check_file(std::string_view path, std::string_view text,
                                    const std::vector<std::string>& kind_names) {
  auto violations = check_includes(path, text);
  if (first_component(path) == "engine") {
    const auto named = check_generic(path, text, kind_names);
    violations.insert(violations.end(), named.begin(), named.end());
  }
  return violations;
}

}  // namespace pgmend::layers
