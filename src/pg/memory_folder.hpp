// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace pgmend::pg {

inline constexpr const char* k_memory_folder = "/dev/shm";

/// That folder, if much more than so many bytes is free, of it and of the memory that this process
/// may use; otherwise empty.
std::string memory_folder(std::uintmax_t bytes);

}  // namespace pgmend::pg
