// SPDX-License-Identifier: MIT
// examples/deploy/watch: alerts and the dashboard name figures that pgmend serves, and all of the
// words that these can have.
#include <gtest/gtest.h>

#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "examples.hpp"
#include "model/fleet.hpp"
#include "report/fleet/openmetrics.hpp"
#include "util/file.hpp"

namespace pgmend::test {
namespace {

/// The figures of a fleet in which there is one of each.
std::string figures() {
  FleetDocument document;
  auto look = std::make_shared<FleetLook>();
  look->left[{"missing", "column"}] = 1;
  FleetMember member;
  member.name = "t_1";
  member.group = "tenants";
  member.state = MemberState::drift;
  member.look = look;
  document.report.members = {member};
  return report::fleet::openmetrics(document);
}

std::set<std::string> names_in(const std::string& text) {
  const std::regex name("pgmend_[a-z_]+");
  std::set<std::string> names;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), name); at != std::sregex_iterator();
       ++at)
    names.insert(at->str());
  return names;
}

std::string text_of(const std::string& file) {
  return file::read_if_exists((examples() / "watch" / file).string()).value_or("");
}

TEST(WatchExamples, NameFiguresThatThereAre) {
  const auto there = names_in(figures());
  for (const auto* file : {"alerts.yaml", "grafana.json"}) {
    const auto used = names_in(text_of(file));
    EXPECT_GE(used.size(), 4U) << file;
    for (const auto& name : used) EXPECT_TRUE(there.contains(name)) << file << ": " << name;
  }
  const auto told = names_in(
      file::read_if_exists(std::string(PGMEND_SOURCE_DIR) + "/docs/watch.md").value_or(""));
  for (const auto& name : there) EXPECT_TRUE(told.contains(name)) << "docs/watch.md: " << name;
}

TEST(WatchExamples, NameStatesThatThereAre) {
  const auto alerts = text_of("alerts.yaml");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(alerts, found, std::regex("state=~\"([a-z|]+)\"")));
  std::istringstream states(found[1]);
  for (std::string state; std::getline(states, state, '|');)
    EXPECT_TRUE(member_state_of(state).has_value()) << state;
}

TEST(WatchExamples, AreWhatPrometheusTakes) {
  const auto promtool = subprocess::find_program("promtool");
  if (!promtool) GTEST_SKIP() << "promtool is not installed: apt-get install prometheus";
  subprocess::Command rules;
  rules.argv = {*promtool, "check", "rules", (examples() / "watch" / "alerts.yaml").string()};
  const auto checked = subprocess::run(rules);
  EXPECT_TRUE(checked.ok()) << checked.out << checked.err;
  subprocess::Command metrics;
  metrics.argv = {*promtool, "check", "metrics"};
  metrics.input = figures();
  const auto linted = subprocess::run(metrics);
  EXPECT_TRUE(linted.ok()) << linted.out << linted.err;
}

TEST(WatchExamples, TheDashboardIsJson) {
  const auto run = python(
      "import json, sys; d = json.load(open(sys.argv[1])); "
      "assert len({p['id'] for p in d['panels']}) == len(d['panels']) >= 6",
      {(examples() / "watch" / "grafana.json").string()});
  EXPECT_TRUE(run.ok()) << run.err;
}

}  // namespace
}  // namespace pgmend::test
