// SPDX-License-Identifier: MIT
#include "model/lacking_consent.hpp"

#include <string_view>
#include <vector>

#include "util/text.hpp"

namespace pgmend {

namespace {

constexpr std::string_view k_refusal = "needs consent: ";

}  // namespace

std::string consent_list(const std::set<Consent>& consents) {
  std::vector<std::string> words;
  for (const auto consent : consents) words.emplace_back(to_string(consent));
  return text::join(words, ",");
}

std::string consent_refusal(const std::set<Consent>& lacking) {
  return std::string(k_refusal) + consent_list(lacking);
}

std::set<Consent> lacking_consents(const Finding& finding) {
  std::set<Consent> lacking;
  const std::string_view text = finding.outcome_text;
  if (finding.outcome != Outcome::refused || !text.starts_with(k_refusal)) return lacking;
  for (const auto word : text::split(text.substr(k_refusal.size()), ','))
    if (const auto consent = parse_consent(word)) lacking.insert(*consent);
  return lacking;
}

}  // namespace pgmend
