// SPDX-License-Identifier: MIT
#include "model/lacking_consent.hpp"

namespace pgmend {

namespace {

constexpr std::string_view k_refusal = "needs consent: ";

}  // namespace

std::string consent_refusal(Consent consent) {
  return std::string(k_refusal) + std::string(to_string(consent));
}

std::optional<Consent> lacking_consent(const Finding& finding) {
  const std::string_view text = finding.outcome_text;
  if (finding.outcome != Outcome::refused || !text.starts_with(k_refusal)) return std::nullopt;
  return parse_consent(text.substr(k_refusal.size()));
}

}  // namespace pgmend
