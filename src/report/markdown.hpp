// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/document.hpp"

namespace pgmend::report {

/// A summary for a pull request or a job, in the Markdown of GitHub and GitLab.
std::string markdown(const Document& document);

}  // namespace pgmend::report
