// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The rules of the folders, as functions over names and texts so that they can be tested with
/// made-up files. Paths are relative to src/ ("engine/plan.cpp"); those of the public headers are
/// relative to include/ ("pgmend/pgmend.hpp").
namespace pgmend::layers {

/// The names and plurals of the kinds that a room describes, in the order of the text. Both must
/// stand first in the descriptor: `.name = "column", .plural = "columns"`.
std::vector<std::string> kind_names(std::string_view text);

/// Each include that the layers forbid, as "path:line: what is wrong".
std::vector<std::string> check_includes(std::string_view path, std::string_view text);

/// Each place that names a kind, in code, comments and strings, as a word or as a part of an
/// identifier.
std::vector<std::string> check_generic(std::string_view path, std::string_view text,
                                       const std::vector<std::string>& kind_names);

/// All rules that hold for the file at this path.
std::vector<std::string> check_file(std::string_view path, std::string_view text,
                                    const std::vector<std::string>& kind_names);

}  // namespace pgmend::layers
