// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/fleet/members.hpp"
#include "app/run/run.hpp"
#include "model/fleet.hpp"

namespace pgmend::app {

/// Members that should all be the same.
struct FleetGroup {
  MemberRequest members;
  std::optional<Expectation> expectation;  // or else they are to be like one of them
  std::vector<std::string> notes;          // of how it was read
  std::string map_from;                    // of --map; empty: the only schema that it speaks of
  std::optional<std::string> like;         // that member; nothing: like most of them
};

struct FleetRequest {
  std::vector<FleetGroup> groups;
  RunOptions run;
  std::optional<std::string> canary;  // that is repaired first; nothing: the first there is
  std::size_t most_failures = 1;      // before no more is begun
  std::optional<std::chrono::system_clock::time_point> until;  // no more is begun
  /// Of these alone, by group and name; nothing: all.
  std::optional<std::set<std::pair<std::string, std::string>>> only;
  std::optional<FleetShard> shard;  // only its members
  std::size_t jobs = 4;
  std::size_t most_connections = 4;  // to one server
  std::set<std::string> with = {};   // what is compared only when asked for
};

/// Hears how far a fleet has come, from one thread at a time.
class FleetObserver {
 public:
  virtual ~FleetObserver() = default;

  virtual void says(const std::string& text) = 0;
  /// All are known; so many of them are repaired now, and settled anew.
  virtual void mends(std::size_t members) = 0;
  /// A member's state is known: `done` of `all` are.
  virtual void settled(const FleetMember& member, std::size_t done, std::size_t all) = 0;
};

/// Verifies, and repairs or plans to. All that is wrong with members is in the report; UsageError,
/// SpecError and UnverifiedError are thrown where it cannot even be said who they are or what is
/// expected.
FleetReport run_fleet(const FleetRequest& request, FleetObserver& observer);

}  // namespace pgmend::app
