// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"
#include "model/plan.hpp"

/// What `pgmend explain` calls things.
namespace pgmend::app {

/// What a description says before it goes on to what goes wrong: its first sentence.
std::string first_sentence(std::string_view doc);
/// The rest: what goes wrong where the attribute is not as expected; empty if nothing is said.
std::string other_sentences(std::string_view doc);

/// "Done by default", "Only with --allow alter (...)".
std::string consent_words(Consent consent);

/// What the database looks like that has such a finding.
std::string sort_words(Sort sort);

/// "ACCESS EXCLUSIVE lock, which blocks reads and writes, for a moment".
std::string stage_words(const Stage& stage);

std::string capitalized(std::string text);

}  // namespace pgmend::app
