// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/report.hpp"

/// Many schemas or databases that should all be the same.
namespace pgmend {

/// What became of one of them. In the order in which people want to hear of them.
enum class MemberState {
  failed,       // a repair was tried and failed
  drift,        // what is expected is missing, different or broken
  absent,       // named, and not there
  empty,        // there, and holds nothing
  unread,       // could not be looked at
  unconfirmed,  // no drift seen, but not everything could be checked
  unclear,      // half-applied, or perhaps not what it is taken for
  pending,      // migrations are to be run first
  waiting,      // a repair was to come, and the run ended before
  repaired,     // it was not as expected, and is now
  correct,
};

std::string_view to_string(MemberState state);

struct FleetMember {
  std::string name;      // "acme": of the schema or the database; unique in its group
  std::string group;     // of pgmend.yaml; empty: there is but one
  std::string database;  // for people; may be empty where it could not be reached
  std::string schema;    // that is looked at; empty: all of the database
  MemberState state = MemberState::unread;
  std::optional<std::size_t> shape;  // of FleetReport::shapes
  std::vector<Ledger> records;       // what its version tables say
  std::string message;               // why it is not correct, if the findings do not say that
  std::string hint;
  /// The same for members of which the same is to be told.
  std::string signature;
  bool is_late = false;  // came while the others were looked at
  /// What was found. Members that are alike have the same one, which speaks of `looked_at`.
  std::shared_ptr<const Report> report;
  std::string looked_at;                  // the name of the one that was compared in depth
  std::chrono::milliseconds duration{0};  // of its own run, if it had one

  /// "Alembic a3"; empty where nothing is recorded.
  std::string version() const;
  bool is_looked_at() const { return looked_at == name; }
};

/// What members have in common that differ in nothing but their names.
struct FleetShape {
  std::string fingerprint;
  std::string label;  // "A": the most frequent
  std::size_t members = 0;
  std::size_t objects = 0;
};

/// Members of which the same is to be told.
struct FleetCase {
  MemberState state = MemberState::correct;
  std::vector<std::size_t> members;  // at least one
};

/// A version and a shape, and how many have both.
struct FleetCell {
  std::string version;  // empty: nothing is recorded
  std::size_t shape = 0;
  std::size_t members = 0;
};

struct FleetReport {
  Job job = Job::verify;
  std::string what;      // "2,000 schemas of shop on db.example:5432 as app"
  std::string expected;  // "schema.lock, its schema public"
  std::vector<std::string> notes;
  std::vector<FleetMember> members;  // in the order in which they were named
  std::vector<FleetShape> shapes;    // the most frequent first
  Invocation invocation = {};
  bool interrupted = false;
  std::string stopped;  // why not all was done, if the run ended before
  std::chrono::milliseconds duration{0};

  std::size_t count(MemberState state) const;
  /// The worst first; among equals, the most members first.
  std::vector<FleetCase> cases() const;
  /// What they record, and what they are.
  std::vector<FleetCell> cells() const;
  /// Whether the same version stands for more than one shape, or the other way round; in words.
  std::vector<std::string> contradictions() const;
};

/// What a run came to.
MemberState state_of(const Report& report);

/// Labels the shapes of the members by how many have each.
void label_shapes(FleetReport& report);

/// "A" to "Z", "AA" and so on.
std::string shape_label(std::size_t position);

/// A fleet's report as the formats tell it that are written in one piece.
struct FleetDocument {
  FleetReport report;
  int exit_code = 0;
  std::chrono::system_clock::time_point started = {};
  std::string version = {};  // of pgmend
};

}  // namespace pgmend
