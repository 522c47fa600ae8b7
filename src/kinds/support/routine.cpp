// SPDX-License-Identifier: MIT
#include "kinds/support/routine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// The end of what begins at `at` and has to be taken as it stands: a quoted text or a comment;
/// `at` itself if nothing of the kind does.
std::size_t end_of_verbatim(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view closing, std::size_t from) {
    const auto found = text.find(closing, from);
    return found == std::string_view::npos ? text.size() : found + closing.size();
  };
  const auto rest = text.substr(at);
  if (rest.front() == '\'' || rest.front() == '"') return behind(rest.substr(0, 1), at + 1);
  if (rest.starts_with("/*")) return behind("*/", at + 2);
  if (rest.starts_with("--")) return std::min(text.find('\n', at), text.size());
  if (rest.front() != '$') return at;
  const auto tag_end = rest.find('$', 1);
  const auto tag = tag_end == std::string_view::npos ? "" : rest.substr(0, tag_end + 1);
  const bool is_tag = !tag.empty() && std::none_of(tag.begin(), tag.end(), is_space);
  return is_tag ? behind(tag, at + tag.size()) : at;
}

std::string with_plain_space(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto end = end_of_verbatim(text, at); end > at) {
      out += text.substr(at, end - at);
      at = end;
    } else if (is_space(text[at])) {
      bool breaks = false;
      for (; at < text.size() && is_space(text[at]); ++at) breaks = breaks || text[at] == '\n';
      out += breaks ? '\n' : ' ';
    } else {
      out += text[at++];
    }
  }
  return std::string(text::trim(out));
}

/// Settings whose value is a list of names, which are quoted one by one.
bool is_list(std::string_view setting) {
  constexpr std::array<std::string_view, 6> k_lists = {"search_path",
                                                       "temp_tablespaces",
                                                       "local_preload_libraries",
                                                       "session_preload_libraries",
                                                       "shared_preload_libraries",
                                                       "unix_socket_directories"};
  return std::find(k_lists.begin(), k_lists.end(), setting) != k_lists.end();
}

/// The names in `a, "B c"` as literals.
std::string list_as_literals(std::string_view value) {
  std::vector<std::string> names;
  std::string name;
  bool quoted = false;
  for (std::size_t at = 0; at <= value.size(); ++at) {
    if (at == value.size() || (!quoted && value[at] == ',')) {
      names.push_back(sql::quote_literal(name));
      name.clear();
    } else if (value[at] == '"') {
      if (quoted && value.substr(at + 1).starts_with('"'))
        name += value[at++];
      else
        quoted = !quoted;
    } else if (quoted || !is_space(value[at])) {
      name += value[at];
    }
  }
  return text::join(names, ", ");
}

}  // namespace

std::string routine_sql(const Object& routine) {
  return sql::quote_ident(routine.name.schema) + '.' + routine.text("signature");
}

std::string routine_name(const Object& routine) {
  const auto& name = routine.name.name;
  return sql::quote_qualified(routine.name.schema,
                              name.substr(0, name.size() - routine.text("types").size() - 2));
}

bool same_but_for_space(std::string_view a, std::string_view b) {
  // In E'...' a backslash may hide the end of the text.
  if (a.find('\\') != std::string_view::npos || b.find('\\') != std::string_view::npos)
    return false;
  return with_plain_space(a) == with_plain_space(b);
}

std::string settings_sql(std::string_view array_text) {
  std::string out;
  for (const auto& setting : sql::parse_array(array_text)) {
    const auto equals = setting.find('=');
    const auto name = setting.substr(0, equals);
    const auto value = setting.substr(equals + 1);
    out += fmt::format(" SET {} TO {}", sql::quote_ident(name),
                       is_list(name) ? list_as_literals(value) : sql::quote_literal(value));
  }
  return out;
}

}  // namespace pgmend::kinds
