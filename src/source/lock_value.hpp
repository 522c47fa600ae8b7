// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

namespace pgmend::source {

/// Why no object can have this value: a word that the catalogs do not know, half an array, an
/// expression with a bracket that nothing closes. Empty: it can. Of what else it may say, a
/// comparison tells.
std::string why_impossible(const Attribute& attribute, std::string_view text);

}  // namespace pgmend::source
