// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/document.hpp"

namespace pgmend::report {

/// A summary for a pull request or a job, in the Markdown of GitHub and GitLab.
std::string markdown(const Document& document);

/// Words in one line, in which nothing is markup: not even in a table, and nobody is mentioned.
std::string plain_markdown(std::string_view text);

/// Between fences that nothing in the text can close.
std::string code_block(const std::string& text, std::string_view language);

}  // namespace pgmend::report
