// SPDX-License-Identifier: MIT
#include "util/expand.hpp"

#include <cstdlib>

namespace pgmend::env {

namespace {

constexpr auto k_none = std::string_view::npos;

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Where the `}` stands that closes a reference whose inside starts at `at`.
std::size_t closing_brace(std::string_view text, std::size_t at) {
  std::size_t depth = 1;
  for (; at < text.size(); ++at) {
    if (text.substr(at, 2) == "${") ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  throw ExpandError("\"${\" without a closing \"}\"", "");
}

/// What stands between `${` and `}`.
std::string resolve(std::string_view inside, const Environment& environment) {
  std::size_t end = 0;
  while (end < inside.size() && is_name_char(inside[end])) ++end;
  const std::string name(inside.substr(0, end));
  auto rest = inside.substr(end);
  const bool empty_counts_as_unset = rest.starts_with(":-");
  if (empty_counts_as_unset) rest.remove_prefix(1);
  const bool has_default = rest.starts_with('-');
  if (name.empty() || (!rest.empty() && !has_default))
    throw ExpandError("\"${\" is not followed by a variable's name and \"}\"", "");
  auto value = environment(name);
  if (value && !(empty_counts_as_unset && value->empty())) return *value;
  if (!has_default) throw ExpandError("the variable " + name + " is not set", name);
  return expand_variables(rest.substr(1), environment);
}

}  // namespace

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
}

std::string expand_variables(std::string_view text, const Environment& environment) {
  std::string out;
  for (;;) {
    const auto start = text.find("${");
    out += text.substr(0, start);
    if (start == k_none) return out;
    if (start > 0 && text[start - 1] == '$') {
      out += '{';  // the first dollar is already there
      text.remove_prefix(start + 2);
      continue;
    }
    const auto end = closing_brace(text, start + 2);
    out += resolve(text.substr(start + 2, end - start - 2), environment);
    text.remove_prefix(end + 1);
  }
}

}  // namespace pgmend::env
