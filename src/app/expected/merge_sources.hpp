// SPDX-License-Identifier: MIT
#pragma once

#include "app/expected/sources/sources.hpp"

namespace pgmend::app {

/// Two sources as one: all that either says. Where both speak of the same object they must agree;
/// whether two spellings do is asked from a server. Throws SpecError that names both for a
/// conflict, UsageError for a whole schema and a partial one: what is extra would be unclear.
SourcePart merge(SourcePart first, SourcePart second, const SourceRequest& request,
                 Scratch& scratch);

/// Throws SpecError if `after` has something of `before` no more, or changed.
void check_unchanged(const Schema& before, const Schema& after, const std::string& before_name,
                     const std::string& after_name);

}  // namespace pgmend::app
