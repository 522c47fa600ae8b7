// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/document.hpp"

namespace pgmend::report {

/// SARIF 2.1.0 (OASIS), for code scanning: what is open points at the line that declares it.
std::string sarif(const Document& document);

}  // namespace pgmend::report
