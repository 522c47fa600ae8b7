// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/python_tokens.hpp"

/// The texts that a Python module assigns to names, read without running it.
namespace pgmend::ledger {

/// A text, or a collection of texts: `None` is an empty one.
struct Assigned {
  std::vector<std::string> texts;
  int line = 0;
  bool is_literal = true;  // otherwise it has to be computed, and the texts are not known
};

/// What the module assigns at its top level, annotated or not; the last one counts.
std::map<std::string, Assigned> top_level_assignments(const std::vector<Statement>& statements);

}  // namespace pgmend::ledger
