// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/article.hpp"

/// What is to be explained beside findings: verdicts and exit codes.
namespace pgmend::app {

std::vector<std::string> general_topics();
std::optional<report::Article> general_document(const std::string& topic);

}  // namespace pgmend::app
