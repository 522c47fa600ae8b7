// SPDX-License-Identifier: MIT
// All members from afar: read once, told apart by their fingerprints.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "app/database/no_database.hpp"
#include "app/database/read_database.hpp"
#include "app/errors.hpp"
#include "app/fleet/work.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

void take_glance(FleetWork& work, std::size_t position, Glance glance) {
  auto& member = work.member(position);
  member.records = glance.records;
  auto& seen = work.known[position].glance;
  seen = std::move(glance);
  if (seen.print.all_objects == 0 && seen.unread.empty())
    return work.settle(position, MemberState::empty, "it holds nothing");
  if (seen.unread.empty()) member.shape = work.shape_of(seen.print);
}

/// Of members in one database.
void look_at_place(FleetWork& work, const Positions& members, Seat& seat, bool may_be_shared) {
  const auto& first = work.known[members.front()];
  auto options = work.look_options(first.group);
  options.may_be_shared = may_be_shared;
  const auto not_read = [&](const std::string& message, const std::string& hint) {
    for (const auto i : members) work.settle(i, MemberState::unread, message, hint);
  };
  try {
    auto& session = seat.at(first.listed);
    for (const auto i : members) work.member(i).database = session.target.description;
    auto& connection = session.target.connection;
    if (first.listed.schema.empty())
      return take_glance(work, members.front(), look_at_database(connection, options));
    std::vector<std::string> schemas;
    for (const auto i : members) schemas.push_back(work.known[i].listed.schema);
    auto glances = look_at_schemas(connection, schemas, options);
    for (const auto i : members)
      take_glance(work, i, std::move(glances[work.known[i].listed.schema]));
  } catch (const NoDatabaseError&) {
    for (const auto i : members) work.settle(i, MemberState::absent, "there is no such database");
  } catch (const UnverifiedError& error) {
    for (const auto i : members) work.settle_unread(i, error);
  } catch (const HintedError& error) {
    not_read(error.what(), error.hint());
  } catch (const pg::Error& error) {
    not_read(error.what(), error.parts().hint);
    seat.leave();
  }
}

/// Members that are in one database, by their groups, for these may expect other kinds.
std::vector<Positions> places_of(FleetWork& work, const Positions& members) {
  std::map<std::pair<std::size_t, std::string>, Positions> by_place;
  for (const auto i : members) {
    const auto& listed = work.known[i].listed;
    if (listed.is_there)
      by_place[{work.known[i].group, listed.place}].push_back(i);
    else
      work.settle(i, MemberState::absent,
                  listed.schema.empty()
                      ? "there is no such database"
                      : fmt::format("there is no schema {}", text::visible(listed.schema)));
  }
  std::vector<Positions> places;
  for (auto& [place, positions] : by_place) places.push_back(std::move(positions));
  return places;
}

}  // namespace

void look_from_afar(FleetWork& work, const Positions& members) {
  const auto places = places_of(work, members);
  const bool may_be_shared = places.size() == 1 && work.request.most_connections > 1;
  std::size_t done = 0;
  in_parallel(work.request.jobs, places.size(), [&](std::size_t position, std::size_t worker) {
    look_at_place(work, places[position], work.seats[worker], may_be_shared);
    const std::lock_guard guard(work.mutex);
    if (places.size() > 1)
      work.observer.says(fmt::format("read {} of {} databases", ++done, places.size()));
  });
  if (interrupt::requested()) throw interrupt::Interrupted();
}

namespace {

/// A member that is not one of this run's is looked at all the same.
const Listed& find_named(FleetWork& work, std::size_t group, const std::string& name) {
  const auto& [named, names] = work.references[group];
  const auto option = fmt::format("--like {}", text::visible(name));
  if (!named) {
    const auto near = text::nearest(name, names);
    throw UsageError(fmt::format("{}: no member has that name", option),
                     near ? fmt::format("did you mean {}?", *near)
                          : "choose the members so that it is one of them");
  }
  if (!named->is_there) throw UnverifiedError(fmt::format("{}: it is not there", option));
  for (std::size_t i = 0; i < work.known.size(); ++i) {
    const auto& member = work.member(i);
    if (work.known[i].group != group || work.known[i].listed.name != name || member.shape) continue;
    throw UnverifiedError(
        fmt::format("{}: {}", option,
                    member.message.empty() ? work.known[i].glance.unread : member.message),
        member.hint);
  }
  return *named;
}

/// One of the most frequent shape, if more than half have that.
std::size_t find_majority(FleetWork& work, std::size_t group, std::string& words) {
  std::map<std::size_t, Positions> by_shape;
  std::size_t all = 0;
  for (std::size_t i = 0; i < work.known.size(); ++i) {
    if (work.known[i].group != group || !work.member(i).shape) continue;
    by_shape[*work.member(i).shape].push_back(i);
    ++all;
  }
  if (all == 0) throw UnverifiedError("no member could be read: there is no majority");
  const auto most = std::max_element(
      by_shape.begin(), by_shape.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  const auto agreeing = most->second.size();
  if (2 * agreeing <= all)
    throw UnverifiedError(fmt::format("there is no majority: of {}, at most {} are alike",
                                      text::count(all, "member"), agreeing),
                          "name the one that is right: --like MEMBER");
  words = fmt::format("what {} of {} are: {}", agreeing, all,
                      text::visible(work.member(most->second.front()).name));
  return most->second.front();
}

}  // namespace

void settle_reference(FleetWork& work, std::size_t group) {
  const auto& asked = work.request.groups[group];
  if (asked.expectation) return;
  auto words = text::visible(asked.like.value_or(""));
  const auto& listed = asked.like ? find_named(work, group, *asked.like)
                                  : work.known[find_majority(work, group, words)].listed;
  try {
    auto& session = work.seats.front().at(listed);
    work.expected[group] =
        expected_like(session, listed.schema, kinds_with(work.request.with), words);
  } catch (const pg::Error& error) {
    throw UnverifiedError(fmt::format("{}: {}", words, error.what()), error.parts().hint);
  }
  if (work.expected[group]->expectation.complete->size() == 0)
    throw UnverifiedError(fmt::format("{}: it holds nothing", words));
}

}  // namespace pgmend::app
