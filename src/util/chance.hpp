// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace pgmend {

/// 32 bits that nobody can foretell. Needs no file: where the program stands alone in a folder
/// there is no /dev/urandom.
std::uint32_t chance();

}  // namespace pgmend
