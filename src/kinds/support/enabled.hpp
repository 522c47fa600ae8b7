// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// What triggers, rules and event triggers have in common: an attribute `enabled`, which is
/// "enabled", "disabled", "replica" or "always".
namespace pgmend::kinds {

/// One that is disabled has no effect.
Judgement judge_enabled(const Difference& difference);

/// "ENABLE REPLICA": what ALTER says to bring it about.
std::string_view enable_words(const Object& object);
std::string_view enable_words(std::string_view state);

/// Whether it is as CREATE makes it.
bool is_plainly_enabled(const Object& object);

}  // namespace pgmend::kinds
