// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/fleet.hpp"
#include "util/terminal.hpp"

/// What reports of fleets have in common.
namespace pgmend::report::fleet {

/// "verdict: drift - 3 of 2,000 members are not as expected".
std::string verdict_line(const FleetReport& report);

/// The sign and the tone that a state is told with.
enum class Tone { good, warning, bad };
Tone tone_of(MemberState state);
std::string sign_of(MemberState state, const terminal::Style& style);

/// "2,000".
std::string number(std::size_t n);
/// "1 member", "1,997 members".
std::string members(std::size_t n);

/// "t001", "billing/t001" in a group that has a name.
std::string name_words(const FleetMember& member);
/// "t001, t002, t003 and 1,994 more".
std::string some_names(const FleetReport& report, const FleetCase& one, std::size_t most);

/// What a state is, in a few words.
std::string state_words(MemberState state);

/// What to do about what is left, with the command; empty where there is nothing.
std::string remedy(const FleetReport& report);

/// What a plan comes to in all members: "10 statements in 5 members: 5 catalog only, 5 index
/// builds". Empty where nothing is planned.
std::string plan_words(const FleetReport& report);

/// "12 correct, 3 drift": the states that there are, the worst first.
std::string counts(const FleetReport& report);

}  // namespace pgmend::report::fleet
