// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// What the rooms of owners and privileges have in common.
namespace pgmend::kinds {

/// Refuses where the role does not exist: roles belong to the server, and pgmend makes none.
Stage role_exists(const std::string& role);

/// The role's name as SQL has it; PUBLIC is a word of its own.
std::string role_sql(const std::string& role);

/// Refuses where the server does not have the privilege (MAINTAIN, since 17).
std::vector<Stage> privilege_exists(std::string_view privilege);

}  // namespace pgmend::kinds
