// SPDX-License-Identifier: MIT
#include "app/fleet/work.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "app/database/read_database.hpp"
#include "app/errors.hpp"
#include "app/fleet/depth.hpp"
#include "app/output/reporters.hpp"
#include "report/fleet/look.hpp"
#include "util/digest.hpp"

namespace pgmend::app {

FleetWork::FleetWork(const FleetRequest& of_request, FleetObserver& of_observer)
    : request(of_request),
      observer(of_observer),
      migrations(of_request.run.migrations),
      turnstile(of_request.most_connections),
      expected(of_request.groups.size()),
      references(of_request.groups.size()) {
  for (std::size_t i = 0; i < request.jobs; ++i) seats.emplace_back(turnstile);
  report.job = request.run.job;
  report.invocation = request.run.invocation;
  report.shard = request.shard;
}

void FleetWork::enlist(std::size_t group, bool is_late) {
  const auto& members = request.groups[group].members;
  std::set<std::string> names;
  for (const auto& one : known)
    if (one.group == group) names.insert(one.listed.name);
  auto& reference = references[group];
  for (auto& listed : list_members(members)) {
    reference.names.push_back(listed.name);
    if (listed.name == request.groups[group].like) reference.named = listed;
    if (request.shard && !request.shard->has(members.group, listed.name)) continue;
    if (names.contains(listed.name)) continue;
    if (request.only && !request.only->contains({members.group, listed.name})) continue;
    auto& added = report.members.emplace_back();
    added.name = listed.name;
    added.group = members.group;
    added.schema = listed.schema;
    added.database = listed.place;
    added.is_late = is_late;
    known.push_back({std::move(listed), group, {}, false, false});
    ++m_to_settle;
  }
}

void FleetWork::add_notes(const std::vector<std::string>& notes) {
  for (const auto& text : notes)
    if (std::find(report.notes.begin(), report.notes.end(), text) == report.notes.end())
      report.notes.push_back(text);
}

LookOptions FleetWork::look_options(std::size_t group) const {
  LookOptions options;
  options.filter = request.run.filter;
  options.lock_timeout = request.run.read_lock_timeout;
  options.migrations = &migrations;
  options.kinds = kinds_with(request.with);
  const auto& wanted = expected[group];
  if (!wanted) return options;
  if (!wanted->expectation.kinds.empty()) options.kinds = wanted->expectation.kinds;
  if (wanted->expectation.complete) return options;
  options.relations.emplace();
  for (const auto& relation : wanted->expectation.declarations.relations)
    if (wanted->schema.empty() || relation.self.name.schema == wanted->schema)
      options.relations->push_back(relation.self.name.name);
  return options;
}

std::size_t FleetWork::shape_of(const engine::Fingerprint& print) {
  const std::lock_guard guard(mutex);
  const auto [found, is_new] = m_shapes.try_emplace(print.digest.text(), report.shapes.size());
  if (is_new) report.shapes.push_back({found->first, "", 0, print.objects});
  return found->second;
}

void FleetWork::settle(std::size_t position, MemberState state, std::string message,
                       std::string hint) {
  const std::lock_guard guard(mutex);
  auto& settled = member(position);
  settled.state = state;
  settled.message = std::move(message);
  settled.hint = std::move(hint);
  if (!std::exchange(known[position].is_settled, true)) ++m_settled;
  observer.settled(settled, m_settled, std::max(m_to_settle, m_settled));
}

void FleetWork::settle_unread(std::size_t position, const UnverifiedError& error) {
  member(position).signature = Digest(error.cause()).text();
  settle(position, MemberState::unread, error.what(), error.hint());
}

void FleetWork::start_over(std::size_t members) {
  m_settled = 0;
  m_to_settle = members;
  observer.mends(members);
}

engine::Fingerprint FleetWork::glance_again(Session& session, const KnownMember& of) const {
  auto options = look_options(of.group);
  options.may_be_shared = false;
  auto& connection = session.target.connection;
  return of.listed.schema.empty() ? look_at_database(connection, options).print
                                  : look_at_schema(connection, of.listed.schema, options).print;
}

bool FleetWork::look_closely(std::size_t position, Seat& seat, const RunOptions& options) {
  auto& looked_at = member(position);
  const auto& one = known[position];
  const auto started = std::chrono::steady_clock::now();
  const auto silent = make_silent_reporter();
  try {
    auto& session = seat.at(one.listed);
    auto run = run_member(session, one.listed, *expected[one.group], options, *silent);
    const auto now =
        session.target.connection.is_alive() ? glance_again(session, one) : one.glance.print;
    looked_at.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - started);
    looked_at.signature = signature_of(run, one.listed.schema);
    const auto state = state_of(run);
    const auto message = run.failure.empty() ? run.standing.reason : run.failure;
    const auto hint = run.failure.empty() ? run.standing.remedy : run.failure_hint;
    const bool is_same = now == one.glance.print;
    known[position].is_same_for_alike = is_same_for_alike(run);
    looked_at.look = std::make_shared<const FleetLook>(report::fleet::look_of(run, looked_at));
    if (!is_same) looked_at.shape = shape_of(now);
    settle(position, state, message, hint);
    return is_same;
  } catch (const UnverifiedError& error) {
    settle_unread(position, error);
  } catch (const HintedError& error) {
    settle(position, MemberState::unread, error.what(), error.hint());
  } catch (const pg::Error& error) {
    settle(position, MemberState::unread, error.what(), error.parts().hint);
    seat.leave();
  }
  return false;
}

}  // namespace pgmend::app
