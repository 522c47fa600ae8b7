// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/object.hpp"

/// What migration tools say has been done: their version tables and, where they can be read, their
/// scripts. pgmend reads both and writes neither.
namespace pgmend {

/// One migration script.
struct Revision {
  std::string id;
  std::string title;                 // first line of its docstring
  std::vector<std::string> parents;  // revisions it follows: more than one for a merge
  std::vector<std::string> needs;    // revisions of other branches that it waits for
  std::vector<std::string> labels;   // names of the branch that begins here
  SourceLocation where;              // where it states its id
};

/// A table that a migration tool keeps for itself.
struct ToolTable {
  std::string tool;
  Name table;
};

/// What one version table records, held against the scripts of its tool.
struct Ledger {
  std::string tool;                   // "Alembic"
  std::string table;                  // "app.alembic_version"; empty: there is none
  std::vector<std::string> recorded;  // Alembic: all rows; others: the last entries, newest first
  /// All that is recorded as applied, as the files of the migrations call it.
  std::vector<std::string> keys = {};
  bool is_level = false;              // what is recorded stands for all that comes before it
  long long total = 0;                // rows
  bool is_unread = false;             // its rows could not be read; notes say why
  std::string right;                  // SQL that gives the right to, if that is all it takes
  std::string scripts;                // the folder of the scripts; empty: not known
  std::vector<std::string> heads;     // the scripts' newest revisions
  std::vector<Revision> pending;      // scripts that have not run, oldest first
  std::vector<std::string> unknown;   // recorded, and no script has it
  std::vector<std::string> troubles;  // failed or half-done rows
  std::vector<std::string> faults;    // why the scripts cannot be relied upon
  std::vector<std::string> notes;

  /// One line: "add_webhook_fields (head)".
  std::string claim() const;
};

/// The migration that should have made an object.
struct Origin {
  std::string tool;
  std::string revision;
  SourceLocation where;
  bool is_sure = false;     // it creates it by name; otherwise it mentions it
  bool is_applied = false;  // recorded as applied
  /// Whether it is: the version table could be read, and no revision is recorded that is not here
  /// and may rest on it.
  bool is_known = true;
};

/// Where a database stands among its migrations.
struct Standing {
  enum class Obstacle {
    none,
    pending,  // migrations are to be run first
    unclear,  // it cannot be told what a repair would do
  };

  std::vector<Ledger> ledgers;
  Obstacle obstacle = Obstacle::none;
  bool goes_on_if_pending = false;  // the user said so
  bool goes_on_if_unclear = false;
  std::string reason;                 // of the obstacle, in one short line
  std::vector<std::string> evidence;  // lines
  std::string consequence;            // what fails because of it, if that is not a missing object
  std::string remedy;
  /// The newest revision up to which nothing is missing, if something is: of the first ledger.
  std::string looks_like;
  std::vector<std::string> incomplete;  // revisions recorded as applied whose objects are missing
  /// "1 of the 7 things that a1 makes is missing": of the first of those, if some of it is there.
  std::string shortfall;

  /// It stands against repairing.
  bool forbids() const {
    return (obstacle == Obstacle::pending && !goes_on_if_pending) ||
           (obstacle == Obstacle::unclear && !goes_on_if_unclear);
  }
};

}  // namespace pgmend
