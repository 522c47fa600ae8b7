// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/declaration.hpp"

namespace pgmend::app {

/// What the target is compared with: declared texts, which the target's own server is asked about
/// and which say nothing of the rest, or a schema that is known already and complete.
struct Expectation {
  std::string source;  // for people: "pgmend.yaml"
  Declarations declarations;
  std::shared_ptr<const Schema> complete;  // if set, there are no declarations
  std::vector<const Kind*> kinds;          // that are looked at; none: all
  /// Of the text that it was read from, which is all of it; empty if it is not worth remembering
  /// that a database was as expected.
  std::string digest = {};
  int server_major = 0;  // of the oldest server that `complete` was read from; 0: not known
};

/// Those that both look at. Of any other, one of them cannot say what is missing.
std::vector<const Kind*> common_kinds(const Expectation& a, const Expectation& b);

/// Throws SpecError for a whole schema without any object: every database would agree with it.
void refuse_empty(const Expectation& expectation);

}  // namespace pgmend::app
