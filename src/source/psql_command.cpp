// SPDX-License-Identifier: MIT
#include "source/psql_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "model/spec_error.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

using Sort = PsqlCommand::Sort;

struct Known {
  std::string_view name;
  Sort sort;
};

/// psql's documentation, "Meta-Commands". \restrict is what pg_dump writes since 2025.
constexpr auto k_known = std::to_array<Known>({
    {"restrict", Sort::ignored},
    {"unrestrict", Sort::ignored},
    {"echo", Sort::ignored},
    {"qecho", Sort::ignored},
    {"warn", Sort::ignored},
    {"pset", Sort::ignored},
    {"timing", Sort::ignored},
    {"t", Sort::ignored},
    {"a", Sort::ignored},
    {"x", Sort::ignored},
    {"o", Sort::ignored},
    {"H", Sort::ignored},
    {"f", Sort::ignored},
    {"C", Sort::ignored},
    {"T", Sort::ignored},
    {"p", Sort::ignored},
    {"unset", Sort::ignored},
    {"conninfo", Sort::ignored},
    {"errverbose", Sort::ignored},
    {"encoding", Sort::ignored},
    {"q", Sort::quit},
    {"quit", Sort::quit},
    {"copy", Sort::copy},
    {"c", Sort::connect},
    {"connect", Sort::connect},
    {"i", Sort::include},
    {"include", Sort::include},
    {"ir", Sort::include_beside},
    {"include_relative", Sort::include_beside},
});

/// Without the quotes that a name with blanks needs.
std::string argument_of(std::string_view text) {
  auto argument = std::string(text::trim(text));
  if (argument.size() < 2 || argument.front() != '\'' || argument.back() != '\'') return argument;
  return text::replace_all(argument.substr(1, argument.size() - 2), "''", "'");
}

/// Those that psql itself reads, such as ON_ERROR_STOP, are in capitals.
bool is_setting_of_psql(std::string_view name) {
  return std::none_of(name.begin(), name.end(),
                      [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; });
}

[[noreturn]] void refuse(const ScriptItem& item, const std::string& name) {
  throw SpecError(
      Fault{.where = item.where,
            .message = fmt::format("\\{} is a command of psql's that cannot be done here", name),
            .hint = "let psql do it: load the file into a database and name that as the source"});
}

}  // namespace

PsqlCommand read_psql_command(const ScriptItem& item) {
  const auto text = std::string_view(item.text).substr(1);
  const auto end = std::min(text.find_first_of(" \t"), text.size());
  const auto name = std::string(text.substr(0, end));
  const auto argument = argument_of(text.substr(end));
  if (name == "set" && is_setting_of_psql(argument.substr(0, argument.find_first_of(" \t"))))
    return {};
  // \d, \dt, \df+ …: they show something
  if (name.starts_with('d') || name == "l" || name == "z") return {};
  const auto* const known = std::find_if(k_known.begin(), k_known.end(),
                                         [&](const Known& one) { return one.name == name; });
  if (known == k_known.end()) refuse(item, name);
  return {known->sort, argument};
}

}  // namespace pgmend::source
