// SPDX-License-Identifier: MIT
#include "model/finding_id.hpp"

#include <fmt/format.h>

#include "model/kind.hpp"

namespace pgmend {

std::string finding_id(const Finding& finding) {
  if (!finding.attribute) return finding_id(*finding.kind, finding.judgement.sort);
  return finding_id(*finding.kind, finding.kind->attributes[*finding.attribute]);
}

std::string finding_id(const Kind& kind, Sort sort) {
  return fmt::format("{}.{}", kind.name, to_string(sort));
}

std::string finding_id(const Kind& kind, const Attribute& attribute) {
  return fmt::format("{}.{}", kind.name, attribute.name);
}

}  // namespace pgmend
