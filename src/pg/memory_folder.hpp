// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace pgmend::pg {

/// A folder in memory for so many bytes, if there is one and much more than that is free, of the
/// folder and of the memory that this process may use; otherwise empty.
std::string memory_folder(std::uintmax_t bytes);

}  // namespace pgmend::pg
