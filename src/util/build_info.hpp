// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend {

/// What `pgmend --version` prints. In the program only: what else is linked with the library need
/// not be linked anew for each commit.
extern const char* const k_build_info;

}  // namespace pgmend
