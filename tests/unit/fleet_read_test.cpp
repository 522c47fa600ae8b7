// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "model/fleet.hpp"
#include "report/fleet/json.hpp"
#include "report/fleet/openmetrics.hpp"
#include "report/fleet/read.hpp"
#include "util/text.hpp"

namespace pgmend {
namespace {

using testing::HasSubstr;
using testing::Not;

FleetDocument document() {
  FleetDocument made;
  made.version = "1";
  made.exit_code = 1;
  made.started = std::chrono::system_clock::from_time_t(1'800'000'000);
  auto& report = made.report;
  report.what = "2 schemas of shop";
  report.expected = "schema.lock";
  report.notes = {"a note"};
  report.shard = FleetShard{2, 3};
  report.shapes = {{std::string(32, 'a'), "A", 1, 7}};
  auto look = std::make_shared<FleetLook>();
  look->member = "a";
  look->told = {{FleetLook::Told::Level::error, "column.missing", "column.missing users.age",
                 "a.users.age missing", "expected: int", "", false, false}};
  look->planned = {{{"ALTER TABLE x"}, "(no lock; catalog only)", "catalog", true}};
  look->left = {{{"missing", "column"}, 1}};
  look->fails = true;
  look->json =
      R"({"verdict":"drift","verdict_line":"x","standing":{},"counts":{"failed":0},)"
      R"("findings":[{"outcome":"open","weight":"drift","consequence":false,"sort":"missing",)"
      R"("kind":"column"}]})";
  FleetMember a;
  a.name = "a\"\n";
  a.group = "tenants";
  a.schema = "a";
  a.state = MemberState::drift;
  a.shape = 0;
  a.signature = "s";
  a.look = look;
  a.records.emplace_back();
  a.records.back().tool = "Alembic";
  a.records.back().recorded = {"a3"};
  a.records.back().total = 1;
  FleetMember b;
  b.name = "b";
  b.state = MemberState::unread;
  b.message = "the server is down";
  b.is_late = true;
  report.members = {a, b};
  return made;
}

TEST(FleetRead, GivesBackWhatWasWritten) {
  const auto written = report::fleet::json(document());
  const auto read = report::fleet::read(written);
  EXPECT_EQ(written, report::fleet::json(read));
  EXPECT_EQ(document().report.members[0].look->left, read.report.members[0].look->left);
  EXPECT_EQ("Alembic a3", read.report.members[0].version());
}

std::string fault(const std::string& text) {
  try {
    report::fleet::read(text);
  } catch (const report::fleet::UnreadableReport& error) {
    return error.what();
  }
  return "none";
}

TEST(FleetRead, NamesWhatItCannotRead) {
  const auto good = report::fleet::json(document());
  EXPECT_EQ("is no report of a fleet", fault("{}"));
  EXPECT_EQ("is no report of a fleet", fault(good.substr(0, good.size() / 2)));
  EXPECT_THAT(fault(text::replace_all(good, "_version\": 1", "_version\": 2")),
              HasSubstr("of another form (version 2)"));
  EXPECT_EQ("is damaged", fault(text::replace_all(good, "\"l1\"", "7")));
  EXPECT_EQ("is damaged",
            fault(text::replace_all(good, "\"unread\",\"shape\"", "\"x\",\"shape\"")));
  EXPECT_EQ("is damaged", fault(text::replace_all(good, "2027-01", "soon")));
}

// A member stays with its shard whoever comes or goes, on every machine: these are not to change.
TEST(FleetShards, HaveEachMemberOnceAndForGood) {
  std::vector<std::size_t> sizes(8);
  for (int i = 0; i < 2000; ++i) {
    const auto name = "t_" + std::to_string(i);
    std::size_t having = 0;
    for (std::size_t number = 1; number <= sizes.size(); ++number)
      if (FleetShard{number, sizes.size()}.has("", name)) {
        ++having;
        ++sizes[number - 1];
      }
    ASSERT_EQ(1U, having) << name;
  }
  for (const auto size : sizes) {
    EXPECT_GT(size, 180U);
    EXPECT_LT(size, 320U);
  }
  std::string first;
  for (int i = 0; i < 12; ++i)
    first += FleetShard{1, 3}.has("", "t_" + std::to_string(i)) ? '1' : '.';
  EXPECT_EQ("1.....1...1.", first);
  EXPECT_TRUE((FleetShard{1, 1}.has("g", "x")));
}

TEST(OpenMetrics, EscapesNamesAndTellsEachFigureOnce) {
  const auto text = report::fleet::openmetrics(document());
  EXPECT_THAT(text, HasSubstr("pgmend_as_expected 0\n"));
  EXPECT_THAT(text, HasSubstr("pgmend_members{state=\"drift\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("pgmend_findings{sort=\"missing\",kind=\"column\"} 1\n"));
  EXPECT_THAT(
      text, HasSubstr("pgmend_wrong{group=\"tenants\",member=\"a\\\"\\\\n\",state=\"drift\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("pgmend_last_success_timestamp_seconds 0.000\n"));
  EXPECT_TRUE(text.ends_with("# EOF\n"));
  std::set<std::string> told;
  for (const auto line : text::split(text, '\n')) {
    if (line.empty()) continue;
    const auto name = std::string(line.substr(0, line.rfind(' ')));
    EXPECT_TRUE(told.insert(name).second) << line;
  }
}

}  // namespace
}  // namespace pgmend
