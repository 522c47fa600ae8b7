// SPDX-License-Identifier: MIT
// 10,000 looks of pgmend watch at a real server, with drift that comes and goes, take no more
// memory than the first thousand.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "app/fleet/fleet.hpp"
#include "app/watch/history.hpp"
#include "app/watch/server.hpp"
#include "fault/quick_clock.hpp"
#include "support/in_process.hpp"

namespace pgmend::test {
namespace {

long long resident_kb() {
  std::ifstream statm("/proc/self/statm");
  long long pages = 0;
  statm >> pages >> pages;
  return pages * ::sysconf(_SC_PAGESIZE) / 1024;
}

class Silence : public app::FleetObserver {
 public:
  void says(const std::string& /*text*/) override {}
  void mends(std::size_t /*members*/) override {}
  void settled(const FleetMember& /*member*/, std::size_t /*done*/, std::size_t /*all*/) override {}
};

TEST(WatchMemory, TenThousandLooksTakeNoMoreThanAThousand) {
  constexpr std::size_t k_looks = 10'000;
  constexpr std::size_t k_first = 1'000;
  constexpr std::size_t k_fleet_each = 10;
  constexpr std::size_t k_change_each = 50;
  constexpr long long k_most_kb = 4096;
  const Database database;
  database.exec("CREATE SCHEMA t_1; CREATE TABLE t_1.items (id int PRIMARY KEY, note text)");
  const auto expectation = expectation_of(database);
  database.exec("CREATE SCHEMA t_2; CREATE TABLE t_2.items (id int PRIMARY KEY)");
  app::FleetRequest request;
  auto& group = request.groups.emplace_back();
  group.members.schemas = "t_*";
  group.members.connection.database = database.url();
  group.expectation = expectation;
  group.map_from = "t_1";
  Silence silence;
  std::size_t next = 0;
  const auto look = [&] {
    return next++ % k_fleet_each == 0
               ? app::run_fleet(request, silence)
               : app::fleet_of_one(run_job(database, expectation, Job::verify));
  };
  long long first = 0;
  QuickClock clock(k_looks, [&](std::size_t looks) {
    if (looks == k_first) first = resident_kb();
    if (looks % k_change_each == 0)
      database.exec(looks / k_change_each % 2 == 0 ? "ALTER TABLE t_1.items ADD note text"
                                                   : "ALTER TABLE t_1.items DROP note");
  });
  app::History history("");
  app::WatchServer server{app::ServerOptions{}};
  long long failed = 0;
  app::watch(look, {}, history, clock, [&](const app::Sighting& seen) {
    server.show(seen, history.changes(200));
    failed = seen.failed;
  });
  const auto last = resident_kb();
  EXPECT_EQ(0, failed);
  EXPECT_GE(history.changes(1000).size(), 300U);
  fmt::print("after {} looks {} kB, after {} {} kB\n", k_first, first, k_looks, last);
  EXPECT_LT(last, first + k_most_kb);
}

}  // namespace
}  // namespace pgmend::test
