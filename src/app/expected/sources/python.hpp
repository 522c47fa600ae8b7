// SPDX-License-Identifier: MIT
#pragma once

#include "app/expected/sources/sources.hpp"
#include "source/python_project.hpp"

namespace pgmend::app {

/// How the project that a source belongs to is run. Throws SpecError if there is no Python.
source::PythonProject python_project(const std::string& source, const SourceContext& context);

/// What the project's code was made of, and what decided which Python runs it.
void add_python(const source::PythonProject& project, const source::PythonMadeOf& made_of,
                Ingredients& ingredients);

}  // namespace pgmend::app
