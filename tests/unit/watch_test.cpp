// SPDX-License-Identifier: MIT
#include "app/watch/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/errors.hpp"
#include "app/watch/history.hpp"
#include "app/watch/server.hpp"
#include "support/temp_folder.hpp"
#include "util/interrupt.hpp"

namespace pgmend::app {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FleetMember member(const std::string& name, MemberState state,
                   const std::vector<std::string>& what = {}) {
  FleetMember made;
  made.name = name;
  made.state = state;
  auto look = std::make_shared<FleetLook>();
  look->member = name;
  for (const auto& words : what) {
    auto& told = look->told.emplace_back();
    told.what = words;
    told.title = words;
  }
  made.look = look;
  return made;
}

FleetReport report(std::vector<FleetMember> members) {
  FleetReport made;
  made.members = std::move(members);
  return made;
}

/// An hour passes at once; it ends after so many looks.
class QuickClock : public Clock {
 public:
  explicit QuickClock(std::size_t looks) : m_left(looks) {}
  std::chrono::system_clock::time_point now() const override { return m_now; }
  void sleep(std::chrono::milliseconds time) override {
    m_slept.push_back(time);
    m_now += time;
    if (--m_left == 0) throw interrupt::Interrupted();
  }
  const std::vector<std::chrono::milliseconds>& slept() const { return m_slept; }

 private:
  std::size_t m_left;
  std::chrono::system_clock::time_point m_now =
      std::chrono::system_clock::from_time_t(1'800'000'000);
  std::vector<std::chrono::milliseconds> m_slept;
};

/// "+a x" for what appeared, "-a x" for what is gone, "!" for a look that failed.
struct Watched {
  std::vector<std::string> told;
  std::vector<Sighting> seen;

  void operator()(const Sighting& sighting) {
    std::string words = sighting.failure.empty() ? "" : "!";
    for (const auto& change : sighting.changes)
      words += (change.appeared ? "+" : "-") + change.trouble.member + " " + change.trouble.what;
    told.push_back(words);
    seen.push_back(sighting);
  }
};

using Look = std::function<FleetReport()>;

Watched run(const std::vector<Look>& looks, History& history) {
  QuickClock clock(looks.size());
  Watched watched;
  std::size_t next = 0;
  watch([&] { return looks.at(next++)(); }, {}, history, clock,
        [&](const Sighting& seen) { watched(seen); });
  return watched;
}

Look good() {
  return [] { return report({member("a", MemberState::correct)}); };
}
Look drift() {
  return [] { return report({member("a", MemberState::drift, {"column.missing t.x"})}); };
}
Look down() {
  return []() -> FleetReport { throw UnverifiedError("the server is down"); };
}

TEST(Watch, TellsOnlyWhatChanges) {
  History history("");
  const auto watched = run({good(), drift(), drift(), good(), good()}, history);
  EXPECT_THAT(watched.told,
              ElementsAre("", "+a column.missing t.x", "", "-a column.missing t.x", ""));
  EXPECT_EQ(1U, watched.seen[2].still);
  EXPECT_EQ(2U, history.changes(10).size());
}

// What is not seen is not gone.
TEST(Watch, AServerThatIsDownMendsNothing) {
  History history("");
  const auto watched = run({drift(), down(), down(), drift(), good()}, history);
  EXPECT_THAT(watched.told,
              ElementsAre("+a column.missing t.x", "!", "!", "", "-a column.missing t.x"));
  EXPECT_EQ(2, watched.seen.back().failed);
  EXPECT_EQ(5, watched.seen.back().looks);
}

TEST(Watch, AMemberThatCannotBeReadKeepsWhatIsKnownOfIt) {
  History history("");
  const Look one = [] {
    return report({member("a", MemberState::drift, {"x"}), member("b", MemberState::correct)});
  };
  const Look two = [] {
    return report({member("a", MemberState::unread), member("b", MemberState::correct)});
  };
  EXPECT_THAT(run({one, two, one}, history).told,
              ElementsAre("+a x", "+a state unread", "-a state unread"));
}

TEST(Watch, BacksOffWhileTheServerIsDown) {
  EXPECT_EQ(seconds(54), until_next({}, 0, 0));
  EXPECT_EQ(seconds(66), until_next({}, 0, 1));
  EXPECT_EQ(seconds(5), until_next({}, 1, 0.5));
  EXPECT_EQ(seconds(20), until_next({}, 3, 0.5));
  EXPECT_EQ(seconds(300), until_next({}, 30, 0.5));
  EXPECT_EQ(seconds(600), until_next({.every = seconds(600)}, 30, 0.5));
}

TEST(Watch, WhatIsWrongWithTheOptionsEndsIt) {
  History history("");
  const Look wrong = []() -> FleetReport { throw UsageError("no such option"); };
  EXPECT_THROW(run({wrong}, history), UsageError);
}

TEST(History, OutlivesARestart) {
  const test::TempFolder folder;
  const auto file = folder.path("watch.db");
  {
    History history(file);
    run({drift()}, history);
  }
  History history(file);
  EXPECT_THAT(run({drift(), good()}, history).told, ElementsAre("", "-a column.missing t.x"));
  EXPECT_EQ(2U, history.changes(10).size());
  EXPECT_FALSE(history.changes(10).front().appeared);
}

std::string refusal(const std::filesystem::path& file) {
  try {
    const History history(file);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "none";
}

TEST(History, IsNobodyElsesFile) {
  const test::TempFolder folder;
  std::ofstream(folder.path("text")) << std::string(5000, 'x');
  EXPECT_THAT(refusal(folder.path("text")), HasSubstr("not a database"));
  EXPECT_THAT(refusal(folder.path("no/watch.db")), HasSubstr("unable to open"));
}

// 10,000 looks with drift coming and going take no more memory than few, and forget the oldest.
TEST(History, DoesNotGrowForEver) {
  History history("");
  std::vector<Look> looks;
  for (int i = 0; i < 5001; ++i) {
    looks.push_back(drift());
    looks.push_back(good());
  }
  QuickClock clock(looks.size());
  std::size_t next = 0;
  watch([&] { return looks[next++](); }, {}, history, clock, [](const Sighting&) {});
  EXPECT_EQ(10'000U, history.changes(20'000).size());
  EXPECT_THAT(history.standing(), IsEmpty());
}

std::string address(const std::string& text) {
  ServerOptions options;
  try {
    take_address(text, options);
  } catch (const UsageError& error) {
    return error.what();
  }
  return options.host + " " + std::to_string(options.port);
}

TEST(WatchServer, ListensToThisMachineUnlessToldOtherwise) {
  EXPECT_EQ("127.0.0.1 9187", address("9187"));
  EXPECT_EQ("0.0.0.0 9187", address(":9187"));
  EXPECT_EQ("::1 0", address("[::1]:0"));
  EXPECT_EQ("db.example 1", address("db.example:1"));
  for (const auto* wrong : {"", "x", "host:", "host:70000", "1:-1"})
    EXPECT_THAT(address(wrong), HasSubstr("it is no address")) << wrong;
}

}  // namespace
}  // namespace pgmend::app
