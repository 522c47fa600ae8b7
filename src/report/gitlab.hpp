// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/document.hpp"

namespace pgmend::report {

/// A Code Quality report of GitLab: what is open, at the lines that declare it.
std::string gitlab(const Document& document);

}  // namespace pgmend::report
