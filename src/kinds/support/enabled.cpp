// SPDX-License-Identifier: MIT
#include "kinds/support/enabled.hpp"

#include "kinds/support/judge.hpp"

namespace pgmend::kinds {

Judgement judge_enabled(const Difference& d) {
  if (d.found.text() != "disabled") return {.sort = Sort::different, .consent = Consent::alter};
  auto judgement = judge_effect(d);
  judgement.reason = "it is disabled, and has no effect";
  return judgement;
}

std::string_view enable_words(const Object& object) {
  return enable_words(object.text("enabled"));
}

std::string_view enable_words(std::string_view state) {
  if (state == "disabled") return "DISABLE";
  if (state == "replica") return "ENABLE REPLICA";
  return state == "always" ? "ENABLE ALWAYS" : "ENABLE";
}

bool is_plainly_enabled(const Object& object) {
  return object.text("enabled") == "enabled";
}

}  // namespace pgmend::kinds
