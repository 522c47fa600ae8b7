// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/declaration.hpp"
#include "model/finding.hpp"
#include "model/kind.hpp"
#include "model/ledger.hpp"
#include "model/report.hpp"

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
  /// What wrote it asked that server for its version, and left to it what it would choose.
  bool is_written_for_its_server = false;
  bool may_be_empty = false;
  /// By these attributes objects are told of which it says nothing: whoever wrote it did not read
  /// any of that sort yet (Attribute::marks_newly_read).
  std::vector<const Attribute*> not_read_yet = {};
  /// Tables of migration tools that were left out of `complete` when it was written down.
  std::vector<ToolTable> left_to_tools = {};
};

/// Those that both look at. Of any other, one of them cannot say what is missing.
std::vector<const Kind*> common_kinds(const Expectation& a, const Expectation& b);

/// Takes away what is said of objects that one of the two did not read.
void leave_out_what_was_not_read(std::vector<Finding>& findings, const Expectation& expectation);

/// The complete schema as a server of that major version reads it: names that mean something else
/// to it are quoted (sql::spelled_for). Where it was written for a server that chooses otherwise
/// (Attribute::chosen_otherwise_since), it says nothing of that; what so is not compared is
/// counted.
std::shared_ptr<const Schema> as_written_for(const Expectation& expectation, int server_major,
                                             std::vector<Unmodelled>& not_compared);

/// Throws SpecError for a whole schema without any object, unless it may be empty: every database
/// would agree with it, and to have nothing is rarely meant.
void refuse_empty(const Expectation& expectation);

}  // namespace pgmend::app
