// SPDX-License-Identifier: MIT
#include "kinds/support/identity.hpp"

#include <fmt/format.h>

namespace pgmend::kinds {

namespace {

std::string_view without_options(std::string_view identity) {
  return identity.substr(0, identity.find(" ("));
}

/// The number behind a word, or nothing.
std::string option(std::string_view identity, std::string_view word) {
  const auto at = identity.find(word);
  if (at == std::string_view::npos) return {};
  const auto from = at + word.size();
  return std::string(identity.substr(from, identity.find_first_of(" )", from) - from));
}

std::string or_else(const std::string& number, std::string_view otherwise) {
  return number.empty() ? std::string(otherwise) : number;
}

}  // namespace

Judgement judge_identity(const Difference& difference) {
  const bool same_sort =
      without_options(difference.wanted.text()) == without_options(difference.found.text());
  return {.sort = Sort::different, .consent = same_sort ? Consent::alter : Consent::never};
}

std::string set_identity_options(std::string_view identity) {
  const auto increment = or_else(option(identity, "INCREMENT BY "), "1");
  const auto min = option(identity, "MINVALUE ");
  const auto max = option(identity, "MAXVALUE ");
  const auto first = increment.starts_with('-') ? or_else(max, "-1") : or_else(min, "1");
  return fmt::format("SET INCREMENT BY {} SET {} SET {} SET START WITH {} SET CACHE {} SET {}",
                     increment, min.empty() ? "NO MINVALUE" : "MINVALUE " + min,
                     max.empty() ? "NO MAXVALUE" : "MAXVALUE " + max,
                     or_else(option(identity, "START WITH "), first),
                     or_else(option(identity, "CACHE "), "1"),
                     identity.find(" CYCLE") != std::string_view::npos ||
                             identity.find("(CYCLE") != std::string_view::npos
                         ? "CYCLE"
                         : "NO CYCLE");
}

}  // namespace pgmend::kinds
