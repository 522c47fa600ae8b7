// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/document.hpp"

namespace pgmend::report {

/// A test suite for each relation and a test case for each object that was checked, in the form
/// that Jenkins, GitLab and their like read.
std::string junit(const Document& document);

}  // namespace pgmend::report
