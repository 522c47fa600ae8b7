// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend::report::html {

/// report.css: all of the page's style.
extern const char* const k_style;

}  // namespace pgmend::report::html
