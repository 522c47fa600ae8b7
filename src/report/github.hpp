// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/document.hpp"

namespace pgmend::report {

/// Workflow commands of GitHub Actions: annotations at the lines that declare what is wrong.
std::string github(const Document& document);

}  // namespace pgmend::report
