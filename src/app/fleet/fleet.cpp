// SPDX-License-Identifier: MIT
#include "app/fleet/fleet.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <vector>

#include "app/errors.hpp"
#include "app/fleet/what.hpp"
#include "app/fleet/work.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

void prepare_sources(FleetWork& work) {
  for (std::size_t i = 0; i < work.request.groups.size(); ++i) {
    const auto& group = work.request.groups[i];
    if (!group.expectation) continue;
    auto& expected = work.expected[i];
    if (group.members.schemas)
      expected = expected_of_schemas(*group.expectation, group.map_from);
    else
      expected = FleetExpectation{*group.expectation, "", group.expectation->source};
    work.add_notes(expected->notes);
    work.add_notes(group.notes);
  }
}

void verify(FleetWork& work) {
  Positions all;
  for (std::size_t i = 0; i < work.known.size(); ++i) all.push_back(i);
  look_from_afar(work, all);
  for (std::size_t i = 0; i < work.request.groups.size(); ++i) settle_reference(work, i);
  look_in_depth(work, all);
}

/// Those that came while the others were looked at; who comes now is the next run's.
void verify_latecomers(FleetWork& work) {
  const auto before = work.known.size();
  for (std::size_t i = 0; i < work.request.groups.size(); ++i) {
    try {
      work.enlist(i, true);
    } catch (const HintedError& error) {
      work.add_notes({fmt::format("it is not known who came meanwhile: {}", error.what())});
    }
  }
  Positions late;
  for (std::size_t i = before; i < work.known.size(); ++i) late.push_back(i);
  if (late.empty()) return;
  look_from_afar(work, late);
  look_in_depth(work, late);
}

void settle_rest(FleetWork& work) {
  for (std::size_t i = 0; i < work.known.size(); ++i) {
    auto& member = work.member(i);
    if (work.known[i].is_settled || member.state == MemberState::waiting) continue;
    member.state = MemberState::unread;
    member.message = "not looked at: the run was ended before";
  }
}

std::string words_of_expected(const FleetWork& work) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < work.expected.size(); ++i) {
    if (!work.expected[i]) continue;
    const auto& group = work.request.groups[i].members.group;
    words.push_back((group.empty() ? "" : group + ": ") + work.expected[i]->words);
  }
  return text::join(words, "; ");
}

}  // namespace

FleetReport run_fleet(const FleetRequest& request, FleetObserver& observer) {
  const auto started = std::chrono::steady_clock::now();
  FleetWork work(request, observer);
  for (std::size_t i = 0; i < request.groups.size(); ++i) work.enlist(i, false);
  try {
    prepare_sources(work);
    verify(work);
    if (request.run.job != Job::verify) mend_fleet(work);
    verify_latecomers(work);
  } catch (const interrupt::Interrupted&) {
    work.report.interrupted = true;
  }
  settle_rest(work);
  auto report = std::move(work.report);
  label_shapes(report);
  report.what = words_of_members(report);
  report.expected = words_of_expected(work);
  report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  return report;
}

}  // namespace pgmend::app
