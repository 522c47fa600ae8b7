// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/errors.hpp"
#include "app/fleet/expected.hpp"
#include "app/fleet/fleet.hpp"
#include "app/fleet/look.hpp"
#include "app/fleet/parallel.hpp"
#include "app/fleet/seat.hpp"
#include "app/migrations/standing.hpp"

namespace pgmend::app {

using Positions = std::vector<std::size_t>;

/// What is known of a member beyond what is reported of it.
struct KnownMember {
  Listed listed;
  std::size_t group = 0;
  Glance glance;
  bool is_settled = false;
  bool is_same_for_alike = false;  // what was found, if it was looked at in depth
};

/// Who may be what the others of a group are to be like, one of the run's members or not.
struct Reference {
  std::optional<Listed> named;     // by FleetGroup::like
  std::vector<std::string> names;  // of all that there are
};

/// One run over a fleet: what its parts have in common. Members are known by their positions in the
/// report.
class FleetWork {
 public:
  FleetWork(const FleetRequest& of_request, FleetObserver& of_observer);
  FleetWork(const FleetWork&) = delete;
  FleetWork& operator=(const FleetWork&) = delete;

  /// Adds the members of a group that are not known yet. Throws as list_members().
  void enlist(std::size_t group, bool is_late);
  FleetMember& member(std::size_t position) { return report.members[position]; }

  /// What is looked at of a group's members.
  LookOptions look_options(std::size_t group) const;
  /// The shape of that fingerprint.
  std::size_t shape_of(const engine::Fingerprint& print);
  /// What became of a member is known.
  void settle(std::size_t position, MemberState state, std::string message = {},
              std::string hint = {});
  void settle_unread(std::size_t position, const UnverifiedError& error);
  /// One run for it alone. Whether it is still what it was when all were read.
  bool look_closely(std::size_t position, Seat& seat, const RunOptions& options);
  /// From now on so many are to be settled.
  void start_over(std::size_t members);
  void add_notes(const std::vector<std::string>& notes);

  const FleetRequest& request;
  FleetObserver& observer;
  FleetReport report;
  const Migrations migrations;
  Turnstile turnstile;
  std::vector<Seat> seats;                                // of each worker
  std::vector<std::optional<FleetExpectation>> expected;  // of each group
  std::vector<Reference> references;                      // of each group
  std::vector<KnownMember> known;                         // parallel to the report's members
  std::mutex mutex;                                       // of what is not one member's

 private:
  engine::Fingerprint glance_again(Session& session, const KnownMember& of) const;

  std::map<std::string, std::size_t> m_shapes;
  std::size_t m_settled = 0;
  std::size_t m_to_settle = 0;
};

/// Reads what is there of these members, once for each database, and settles those that are not
/// there, hold nothing or cannot be read.
void look_from_afar(FleetWork& work, const Positions& members);

/// Finds what a group is to be like, where that is one of its members. Throws UsageError,
/// UnverifiedError.
void settle_reference(FleetWork& work, std::size_t group);

/// Compares one of those that are alike in depth, and settles all of them.
void look_in_depth(FleetWork& work, const Positions& members);

/// Repairs, or plans to, those that are not as expected: one first, then the rest.
void mend_fleet(FleetWork& work);

}  // namespace pgmend::app
