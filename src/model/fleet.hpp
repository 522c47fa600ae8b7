// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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
/// Whether a member in that state is as expected now.
bool is_as_expected(MemberState state);
/// Nothing for words that are none.
std::optional<MemberState> member_state_of(std::string_view words);

/// What was found in one member, in words: it stands for all that are alike.
struct FleetLook {
  /// A finding.
  struct Told {
    enum class Level { error, warning, note };
    Level level = Level::error;
    std::string id;         // finding_id()
    std::string what;       // "column.missing api_keys.webhook_url": the same for all that are
                            // alike, and in each run; empty for what is no drift that is left
    std::string title;      // "api_keys.webhook_url missing"
    std::string text;       // what else there is to say, in lines; may be empty
    std::string beginning;  // of the text, for people who see the title; empty: all of it
    bool is_settled = false;
    bool is_part = false;  // it stands within the definition of another
  };
  /// Statements of a plan that have the same price.
  struct Planned {
    std::vector<std::string> statements;  // as they can be run
    std::string price;                    // "(ACCESS EXCLUSIVE lock, ...; catalog only)"
    std::string cost;                     // to_string(Cost)
    bool is_exclusive = false;            // blocks reads and writes
  };
  /// How many differences are left, by sort and kind.
  using Left = std::map<std::pair<std::string, std::string>, std::size_t>;

  std::string member;  // whose names it speaks of
  std::string group;
  std::vector<Told> told;
  std::vector<Planned> planned;
  Left left;
  std::size_t failed = 0;  // repairs
  bool fails = false;      // what is left counts (--fail-on)
  std::string json;        // what a run for it alone would say, without what is the same for all
};

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
  /// What was found. Members that are alike have the same one.
  std::shared_ptr<const FleetLook> look;
  std::chrono::milliseconds duration{0};  // of its own run, if it had one

  /// "Alembic a3"; empty where nothing is recorded.
  std::string version() const;
  bool is_looked_at() const { return look && look->member == name && look->group == group; }
};

/// A part of a fleet that another machine looks after, beside others.
struct FleetShard {
  std::size_t number = 1;  // from 1
  std::size_t of = 1;

  bool operator==(const FleetShard&) const = default;
  /// Whether it is the one of a member: by its name, so that it stays the same whoever comes or
  /// goes.
  bool has(const std::string& group, const std::string& member) const;
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
  std::optional<FleetShard> shard = {};
  Invocation invocation = {};
  bool interrupted = false;
  std::string stopped;     // why not all was done, if the run ended before
  std::string lacks = {};  // which part of the fleet is not in it
  std::chrono::milliseconds duration{0};

  std::size_t count(MemberState state) const;
  /// How many are not as expected.
  std::size_t wrong() const;
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
