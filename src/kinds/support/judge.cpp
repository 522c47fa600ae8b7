// SPDX-License-Identifier: MIT
#include "kinds/support/judge.hpp"

#include <algorithm>
#include <utility>

namespace pgmend::kinds {

Judgement judge_part(const Difference& difference) {
  if (difference.wanted.is_present() && !difference.found.is_present())
    return {.sort = Sort::missing, .consent = Consent::add};
  return judge_alter(difference);
}

Judgement judge_alter(const Difference&) {
  return {.sort = Sort::different, .consent = Consent::alter};
}

Judgement judge_replace(const Difference&) {
  return {.sort = Sort::different, .consent = Consent::replace};
}

Judgement judge_rewrite(const Difference&) {
  return {.sort = Sort::different, .consent = Consent::rewrite};
}

Judgement judge_effect(const Difference&) {
  return {.sort = Sort::broken, .consent = Consent::restore};
}

Judgement judge_never(const Difference&) {
  return {.sort = Sort::different, .consent = Consent::never};
}

Judgement worth_knowing(std::string reason) {
  return {.sort = Sort::different, .weight = Weight::information, .reason = std::move(reason)};
}

bool agree(const Object& expected, const Object& actual,
           std::initializer_list<std::string_view> attributes) {
  return std::all_of(attributes.begin(), attributes.end(), [&](std::string_view attribute) {
    return expected.value(attribute) == actual.value(attribute);
  });
}

}  // namespace pgmend::kinds
