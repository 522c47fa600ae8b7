// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "model/finding.hpp"

namespace pgmend {

/// Why a repair is refused that only has to be allowed.
std::string consent_refusal(const std::set<Consent>& lacking);

/// What would have to be allowed, if that is why the finding was refused; else nothing.
std::set<Consent> lacking_consents(const Finding& finding);

/// "replace,rewrite", as --allow takes it.
std::string consent_list(const std::set<Consent>& consents);

}  // namespace pgmend
