// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/kind.hpp"

namespace pgmend::source {

/// What is written into a spec.
struct SpecDraft {
  std::string database;  // for people, in a comment
  std::vector<std::string> search_path;
  const Schema& schema;
  std::string left_out = {};  // what a spec cannot say, counted in words; empty: nothing
};

/// A commented pgmend.yaml that names everything in the schema. What cannot be declared stands in
/// comments, so that the spec verifies clean against the database it was made from.
std::string write_yaml(const SpecDraft& draft, Kinds kinds);

}  // namespace pgmend::source
