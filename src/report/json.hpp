// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/document.hpp"

namespace pgmend::report {

/// The whole report as docs/report.schema.json describes it.
std::string json(const Document& document);

}  // namespace pgmend::report
