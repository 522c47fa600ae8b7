// SPDX-License-Identifier: MIT
#include "model/ledger.hpp"

#include <algorithm>

namespace pgmend {

std::string Ledger::claim() const {
  std::string words;
  for (const auto& entry : recorded) {
    if (!words.empty()) words += ", ";
    words += entry;
    if (std::find(heads.begin(), heads.end(), entry) != heads.end()) words += " (head)";
  }
  if (is_unread) return "not readable";
  return words.empty() ? "nothing" : words;
}

}  // namespace pgmend
