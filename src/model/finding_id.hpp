// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/finding.hpp"

namespace pgmend {

struct Attribute;

/// What a finding is an instance of, for `pgmend explain` and for the rules of other tools:
/// "column.missing" for an object as a whole (kind and sort), "column.default" for one attribute.
/// Ids stay the same from release to release. No attribute is named like a sort: a contract test
/// holds that.
std::string finding_id(const Finding& finding);
std::string finding_id(const Kind& kind, Sort sort);
std::string finding_id(const Kind& kind, const Attribute& attribute);

}  // namespace pgmend
