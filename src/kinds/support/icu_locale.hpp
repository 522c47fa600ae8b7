// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace pgmend::kinds {

/// A locale of ICU as servers from 16 on keep it, a BCP 47 language tag
/// ("und-u-kf-lower-kn"); older ones keep what was written ("@colCaseFirst=lower;colNumeric=yes").
/// What is unknown is kept as it is.
std::string language_tag(std::string_view locale);

}  // namespace pgmend::kinds
