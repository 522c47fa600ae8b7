// SPDX-License-Identifier: MIT
// pgmend watch while the server restarts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/watch/history.hpp"
#include "fault/quick_clock.hpp"
#include "support/in_process.hpp"
#include "support/server.hpp"

namespace pgmend::test {
namespace {

using std::chrono::milliseconds;

// What cannot be seen is not gone, and whoever is told hears of it once.
TEST(WatchLoss, AServerThatRestartsIsWaitedFor) {
  PrivateServer server(server_options());
  const Database database(server);
  database.exec("CREATE TABLE items (id int PRIMARY KEY, note text)");
  const auto expectation = expectation_of(database);
  database.exec("ALTER TABLE items DROP note");
  QuickClock clock(7, [&](std::size_t looks) {
    if (looks == 1) {
      database.exec("CHECKPOINT");  // a private server does not wait for what it has committed
      server.stop(PrivateServer::StopMode::kill);
    }
    if (looks == 4) server.start();
    if (looks == 5) database.exec("ALTER TABLE items ADD note text");
  });
  app::History history("");
  std::vector<std::string> told;
  std::vector<long long> failed;
  app::watch([&] { return app::fleet_of_one(run_job(database, expectation, Job::verify)); }, {},
             history, clock,
             [&](const app::Sighting& seen) {
               std::string words = seen.failure.empty() ? "seen" : "failed";
               for (const auto& change : seen.changes)
                 words += (change.appeared ? " +" : " -") + change.trouble.what;
               told.push_back(words);
               failed.push_back(seen.failed);
             });
  EXPECT_THAT(told,
              testing::ElementsAre("seen +column.missing items.note", "failed", "failed", "failed",
                                   "seen", "seen -column.missing items.note", "seen"));
  EXPECT_EQ(3, failed.back());
  const auto is_about = [&](std::size_t look, milliseconds time) {
    EXPECT_GE(clock.slept().at(look), time * 9 / 10) << look;
    EXPECT_LE(clock.slept().at(look), time * 11 / 10) << look;
  };
  is_about(0, milliseconds(60000));
  is_about(1, milliseconds(5000));
  is_about(2, milliseconds(10000));
  is_about(3, milliseconds(20000));
  is_about(4, milliseconds(60000));
}

}  // namespace
}  // namespace pgmend::test
