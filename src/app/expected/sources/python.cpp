// SPDX-License-Identifier: MIT
#include "app/expected/sources/python.hpp"

namespace pgmend::app {

source::PythonProject python_project(const std::string& source, const SourceContext& context) {
  const auto& request = context.request;
  const auto folder = std::filesystem::absolute(request.folder).lexically_normal();
  return {source, source::find_python(request.python, folder, env::process_environment()), folder,
          request.python_timeout, context.made_of != nullptr};
}

void add_python(const source::PythonProject& project, const source::PythonMadeOf& made_of,
                Ingredients& ingredients) {
  if (!made_of.is_known) return ingredients.add_unknown();
  using Of = Ingredient::Sort;
  for (const auto* name : {"VIRTUAL_ENV", "PATH"}) ingredients.add(Of::variable, name);
  ingredients.add(Of::file, project.interpreter);
  for (const auto* folder : {".venv", "venv"})
    for (const auto* program : {"bin/python", "bin/python3"})
      ingredients.add(Of::there, (project.folder / folder / program).string());
  for (const auto& [letter, what] : made_of.ingredients)
    ingredients.add_read(letter, what, made_of.began);
}

}  // namespace pgmend::app
