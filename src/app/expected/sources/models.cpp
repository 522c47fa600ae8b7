// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "app/expected/sources/python.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

constexpr std::string_view k_sqlalchemy = "sqlalchemy:";

[[noreturn]] void misspelt(std::string_view source, const std::string& message) {
  throw SpecError(Fault{.where = {std::string(source), 0, 0},
                        .what = {},
                        .message = message,
                        .hint = "as Python imports it: sqlalchemy:package.module:Base"});
}

std::vector<std::string> names_in(std::string_view source) {
  std::vector<std::string> names;
  const auto list = source.substr(std::min(k_sqlalchemy.size(), source.size()));
  for (const auto part : text::split(list, ',')) {
    const std::string name(text::trim(part));
    if (name.empty()) misspelt(source, "it names no module");
    if (name.find('/') != std::string::npos || name.ends_with(".py"))
      misspelt(source, fmt::format("`{}` is a file, not a module", name));
    names.push_back(name);
  }
  return names;
}

/// One text, so that an error has a place in it. A statement may end with a comment.
std::string script_of(const std::vector<std::string>& statements) {
  std::string text;
  for (const auto& statement : statements) text += statement + "\n;\n";
  return text;
}

}  // namespace

bool is_models_source(const std::string& source) {
  return source.starts_with(k_sqlalchemy) || source + ":" == k_sqlalchemy;
}

SourcePart read_models_source(const std::string& source, SourceContext& context) {
  const auto names = names_in(source);
  const auto project = python_project(source, context);
  const auto ddl = source::read_models(project, names, context.scratch.major());
  if (context.made_of) add_python(project, ddl.made_of, *context.made_of);
  auto part = read_script(source::read_sql_text(script_of(ddl.statements), source), context);
  part.expectation.is_written_for_its_server = true;
  part.notes.insert(part.notes.begin(), ddl.notes.begin(), ddl.notes.end());
  return part;
}

}  // namespace pgmend::app
