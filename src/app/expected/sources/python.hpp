// SPDX-License-Identifier: MIT
#pragma once

#include "app/expected/sources/sources.hpp"
#include "source/python_project.hpp"

namespace pgmend::app {

/// How the project that a source belongs to is run. Throws SpecError if there is no Python.
source::PythonProject python_project(const std::string& source, const SourceContext& context);

}  // namespace pgmend::app
