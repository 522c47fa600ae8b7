// SPDX-License-Identifier: MIT
// A fleet that several machines share, and their reports as one.
#include <gmock/gmock.h>

#include <set>

#include "cli/fleet.hpp"

namespace pgmend::test {
namespace {

using testing::HasSubstr;

class FleetShardTest : public FleetTest {
 protected:
  FleetShardTest() { lock_file(); }

  /// Writes 1.json, 2.json and 3.json.
  void verify_in_three() const {
    for (const std::string i : {"1", "2", "3"}) {
      const auto run = verify({"--shard", i + "/3"});
      EXPECT_THAT(run.result.out, HasSubstr("shard " + i + " of 3"));
      folder().write(i + ".json", folder().read("fleet.json"));
    }
  }
  FleetRun unite(const Arguments& files) const {
    Arguments args = {"report"};
    args.insert(args.end(), files.begin(), files.end());
    return without_database(args);
  }

 private:
  FleetRun without_database(Arguments args) const {
    args.insert(args.begin(), "fleet");
    args.insert(args.end(), {"--format", "text", "--format", "json=all.json"});
    folder().write("all.json", "{}");
    FleetRun run{run_bare(args), {}};
    run.report = nlohmann::json::parse(folder().read("all.json"));
    return run;
  }
};

TEST_F(FleetShardTest, ReportsOfThePartsAreTheReportOfTheWhole) {
  db().exec("DROP INDEX t_02.ix_orders_user; DROP INDEX t_05.ix_orders_user");
  db().exec("UPDATE t_03.alembic_version SET version_num = 'a2'");
  verify_in_three();
  const auto whole = verify();
  const auto united = unite({"3.json", "1.json", "2.json"});
  EXPECT_EQ(exit_drift, united.result.exit_code) << united.result.out << united.result.err;
  for (const auto* same : {"counts", "contradictions", "expected", "verdict_line", "versions"})
    EXPECT_EQ(whole.report[same], united.report[same]) << same;
  ASSERT_EQ(6U, united.report["members"].size());
  for (std::size_t i = 0; i < 6; ++i)
    for (const auto* same : {"name", "state", "shape", "version", "signature", "message"})
      EXPECT_EQ(whole.report["members"][i][same], united.report["members"][i][same]) << same;
  EXPECT_TRUE(contains(united.result.out, "t_02, t_05")) << united.result.out;
}

TEST_F(FleetShardTest, WhatIsLackingIsSaid) {
  verify_in_three();
  const auto united = unite({"1.json", "3.json"});
  EXPECT_EQ(exit_unverified, united.result.exit_code);
  EXPECT_TRUE(contains(united.result.out, "the report of shard 2 of 3 is not among these"));
}

TEST_F(FleetShardTest, OfAMemberThatStandsTwiceTheNewestCounts) {
  verify_in_three();
  auto newer = nlohmann::json::parse(folder().read("1.json"));
  newer["started"] = "2099-01-01T00:00:00Z";
  for (auto& member : newer["members"]) member["state"] = "unread";
  folder().write("newer.json", newer.dump());
  const auto united = unite({"newer.json", "1.json", "2.json", "3.json"});
  EXPECT_EQ(exit_unverified, united.result.exit_code) << united.result.out;
  EXPECT_TRUE(contains(united.result.out, "in more than one of the reports: the newest counts"));
  EXPECT_EQ(newer["members"].size(), static_cast<std::size_t>(united.count("unread")));
}

TEST_F(FleetShardTest, AJobTellsItsPodsWhichOneTheyAre) {
  std::multiset<std::string> names;
  for (const auto* index : {"0", "1"}) {
    folder().write("fleet.json", "{}");
    const auto result = run({"fleet", "verify", "--schemas", "t_*", "--schema", "schema.lock",
                             "--format", "json=fleet.json"},
                            "postgres", {{"JOB_COMPLETION_INDEX", index}, {"PGMEND_SHARDS", "2"}});
    EXPECT_EQ(exit_correct, result.exit_code) << result.err;
    const auto report = nlohmann::json::parse(folder().read("fleet.json"));
    for (const auto& member : report["members"]) names.insert(member["name"]);
  }
  EXPECT_THAT(names, testing::ElementsAre("t_01", "t_02", "t_03", "t_04", "t_05", "t_06"));
}

// The one that the others are to be like need not be of the same shard.
TEST_F(FleetShardTest, AreLikeAMemberOfAnother) {
  db().exec("DROP INDEX t_04.ix_orders_user");
  int drifted = 0;
  for (const auto* shard : {"1/3", "2/3", "3/3"})
    drifted +=
        fleet({"verify", "--schemas", "t_*", "--like", "t_01", "--shard", shard}).count("drift");
  EXPECT_EQ(1, drifted);
}

TEST_F(FleetShardTest, WhatIsNoShardIsRefused) {
  const auto refused = [&](const Arguments& more, const std::string& words,
                           const subprocess::Environment& env = {}) {
    Arguments args = {"fleet", "verify", "--schemas", "t_*", "--schema", "schema.lock"};
    args.insert(args.end(), more.begin(), more.end());
    const auto result = run(args, "postgres", env);
    EXPECT_EQ(exit_usage, result.exit_code) << words;
    EXPECT_TRUE(contains(unwrapped(result.err), words)) << result.err;
  };
  refused({"--shard", "4/3"}, "--shard 4/3: there are only 3");
  for (const auto* wrong : {"0/3", "1", "/3", "1/", "1/0", "a/b", "-1/3"})
    refused({std::string("--shard=") + wrong}, "it is no shard");
  refused({}, "JOB_COMPLETION_INDEX says no index", {{"PGMEND_SHARDS", "3"}});
  refused({}, "PGMEND_SHARDS=x: it is no number of shards", {{"PGMEND_SHARDS", "x"}});
  refused({}, "there are only 2", {{"PGMEND_SHARDS", "2"}, {"JOB_COMPLETION_INDEX", "2"}});
  refused({"file.json"}, "fleet verify takes no file");
  const auto none = run_bare({"fleet", "report"});
  EXPECT_EQ(exit_usage, none.exit_code);
  const auto other = run({"fleet", "verify", "--schemas", "t_*", "--majority", "--shard", "1/2"});
  EXPECT_EQ(exit_usage, other.exit_code);
  EXPECT_TRUE(contains(unwrapped(other.err), "known only where all are looked at"));
}

}  // namespace
}  // namespace pgmend::test
