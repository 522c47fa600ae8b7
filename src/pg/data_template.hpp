// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/subprocess.hpp"

/// A data folder as one text, so that initdb need not make the same one again: to make it takes
/// longer than all that is done with most schemas.
namespace pgmend::pg {

/// All files of a data folder that no server uses. What is the same in several files is in it once.
std::string pack_folder(const std::string& folder);

/// Makes the folder from it, for this owner. False if the text is not as pack_folder() writes it:
/// then there may be a part of the folder. Throws std::system_error for what the system refuses.
bool unpack_folder(std::string_view packed, const std::string& folder,
                   const std::optional<subprocess::Identity>& owner);

}  // namespace pgmend::pg
