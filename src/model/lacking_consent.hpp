// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "model/finding.hpp"

namespace pgmend {

/// Why a repair is refused that only has to be allowed.
std::string consent_refusal(Consent consent);

/// What would have to be allowed, if that is why the finding was refused.
std::optional<Consent> lacking_consent(const Finding& finding);

}  // namespace pgmend
