// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/fleet.hpp"
#include "report/fleet/markdown.hpp"
#include "report/fleet/words.hpp"

namespace pgmend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FleetMember member(const std::string& name, MemberState state, const std::string& version = "") {
  FleetMember made;
  made.name = name;
  made.state = state;
  if (!version.empty()) {
    made.records.emplace_back();
    made.records.back().tool = "Alembic";
    made.records.back().recorded = {version};
    made.records.back().total = 1;
  }
  return made;
}

TEST(FleetReport, TheWorstComesFirstAndAlikeOnesAreTogether) {
  FleetReport report;
  report.members = {member("a", MemberState::correct), member("b", MemberState::drift),
                    member("c", MemberState::failed),  member("d", MemberState::correct),
                    member("e", MemberState::drift),   member("f", MemberState::drift)};
  report.members[1].signature = "x";
  report.members[4].signature = "y";
  report.members[5].signature = "y";
  std::vector<std::vector<std::size_t>> cases;
  for (const auto& one : report.cases()) cases.push_back(one.members);
  EXPECT_THAT(cases, ElementsAre(ElementsAre(2U), ElementsAre(4U, 5U), ElementsAre(1U),
                                 ElementsAre(0U, 3U)));
  EXPECT_EQ("verdict: failed - 4 of 6 members are not as expected",
            report::fleet::verdict_line(report));
  EXPECT_EQ("1 failed, 3 drift, 2 correct", report::fleet::counts(report));
}

TEST(FleetReport, OfOneMemberIsToldWithoutCounting) {
  FleetReport report;
  report.members = {member("a", MemberState::repaired)};
  EXPECT_EQ("verdict: correct - it is as expected", report::fleet::verdict_line(report));
  report.members = {member("a", MemberState::drift)};
  EXPECT_EQ("verdict: drift - it is not as expected", report::fleet::verdict_line(report));
}

TEST(FleetReport, TheMostFrequentShapeIsTheFirst) {
  FleetReport report;
  report.shapes = {{"one", "", 0, 1}, {"unused", "", 0, 1}, {"two", "", 0, 1}};
  report.members = {member("a", MemberState::correct), member("b", MemberState::correct),
                    member("c", MemberState::correct), member("d", MemberState::absent)};
  report.members[0].shape = 0;
  report.members[1].shape = 2;
  report.members[2].shape = 2;
  label_shapes(report);
  ASSERT_EQ(2U, report.shapes.size());
  EXPECT_EQ("two", report.shapes[0].fingerprint);
  EXPECT_EQ("A", report.shapes[0].label);
  EXPECT_EQ(2U, report.shapes[0].members);
  EXPECT_EQ(1U, *report.members[0].shape);
  EXPECT_EQ("Z", shape_label(25));
  EXPECT_EQ("AA", shape_label(26));
  EXPECT_EQ("BA", shape_label(52));
}

TEST(FleetReport, VersionsAndShapesContradictEachOther) {
  FleetReport report;
  report.shapes = {{"one", "A", 2, 1}, {"two", "B", 2, 1}};
  report.members = {member("a", MemberState::correct, "a3"),
                    member("b", MemberState::correct, "a2"), member("c", MemberState::drift, "a3"),
                    member("d", MemberState::correct)};
  for (auto& one : report.members) one.shape = 0;
  report.members[2].shape = 1;
  EXPECT_EQ(4U, report.cells().size());
  EXPECT_THAT(report.contradictions(),
              ElementsAre(HasSubstr("Alembic a3 stands for 2 shapes (A, B)"),
                          HasSubstr("shape A is recorded as 2 versions (Alembic a2, Alembic a3)")));
  report.members.erase(report.members.begin() + 1, report.members.begin() + 3);
  EXPECT_THAT(report.contradictions(), IsEmpty());
}

TEST(FleetReport, ThousandsOfNamesAreNotTold) {
  FleetReport report;
  for (int i = 0; i < 1234; ++i)
    report.members.push_back(member("t" + std::to_string(i), MemberState::correct));
  EXPECT_EQ("t0, t1 and 1,232 more", report::fleet::some_names(report, report.cases().front(), 2));
  EXPECT_EQ("1,234 correct", report::fleet::counts(report));
}

TEST(FleetReport, NamesAreNoMarkup) {
  FleetReport report;
  report.members = {member("a|b`<c>@d", MemberState::drift)};
  const auto text = report::fleet::markdown({report, 1, {}, "1"});
  EXPECT_THAT(text, HasSubstr("a\\|b\\`&#60;c&#62;@<!-- -->d"));
}

}  // namespace
}  // namespace pgmend
