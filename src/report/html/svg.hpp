// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "report/html/layout.hpp"
#include "report/html/picture.hpp"

namespace pgmend::report::html {

/// As an SVG element for a page, styled by the page's style sheet.
std::string svg(const Picture& picture);

/// Cut to that many columns of a fixed-width font, with an ellipsis; East Asian characters take
/// two.
std::string clipped(std::string_view text, std::size_t limit);

/// What a box of the picture takes, in pixels.
Extent extent_of(const Picture::Box& box);

}  // namespace pgmend::report::html
