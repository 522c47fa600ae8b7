// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

/// What a run leaves for the next one. All of it can be lost at any time: then the next run is
/// merely slower. Only the user's own files count: one of somebody else could say anything.
namespace pgmend::cache {

/// `$XDG_CACHE_HOME/pgmend` or `~/.cache/pgmend`, whether it is there or not; nothing where neither
/// is set.
std::optional<std::filesystem::path> folder();

/// Nothing if there is no such file, or if it is not this user's own.
std::optional<std::string> read(const std::filesystem::path& file);

/// Puts these texts, one behind the other, in a file that only the user may read, whole or not at
/// all. False if that cannot be done.
bool write(const std::filesystem::path& file, std::initializer_list<std::string_view> texts);

/// Notes that a file is of use still, and takes away those with the same ending that were not for a
/// month.
void touch(const std::filesystem::path& file);

/// For telling whether a text is the same as it was: its length, and a hash.
std::string digest(std::string_view text);

}  // namespace pgmend::cache
