// SPDX-License-Identifier: MIT
// A lock file written on one version of PostgreSQL must find nothing in the same schema on another.
// The servers are those of PGMEND_TEST_SERVERS: "13=FOLDER 18=FOLDER"; scripts/versions sets it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>

#include "support/in_process.hpp"
#include "support/schema_text.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

using Servers = std::map<int, std::unique_ptr<PrivateServer>>;

Servers servers() {
  const char* list = std::getenv("PGMEND_TEST_SERVERS");
  Servers all;
  for (const auto word : text::split(list ? list : "", ' ')) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) continue;
    auto options = server_options();
    options.bin_dir = word.substr(equals + 1);
    all.emplace(std::stoi(std::string(word.substr(0, equals))),
                std::make_unique<PrivateServer>(options));
  }
  return all;
}

std::string problems(const Report& report) {
  auto text = report.failure;
  for (const auto& finding : report.findings)
    if (finding.judgement.weight != Weight::information) text += "\n    " + finding_line(finding);
  return text;
}

/// A row for each version that the lock file is from, a column for each that it is held against.
void compare_all(const std::string& schema, const Servers& servers, int since = 0) {
  std::map<int, std::unique_ptr<Database>> databases;
  for (const auto& [major, server] : servers) {
    if (major < since) continue;
    auto& database = databases[major] = std::make_unique<Database>(*server);
    run_file(*database, fmt::format("{}/schemas/{}.sql", PGMEND_SWEEP, schema));
  }
  fmt::print("{:<14} ", schema);
  for (const auto& [major, database] : databases) fmt::print("{:>8}", fmt::format("on {}", major));
  fmt::print("\n");
  const TempFolder folder;
  for (const auto& [from, original] : databases) {
    const auto expected = read_lock_file(folder.write("schema.lock", lock_file_of(*original)));
    fmt::print("  from {:<8}", from);
    for (const auto& [on, database] : databases) {
      const auto found = problems(run_job(*database, expected, Job::verify));
      fmt::print("{:>8}", found.empty() ? "same" : "differs");
      EXPECT_EQ(found, "") << schema << " from " << from << " on " << on;
    }
    fmt::print("\n");
  }
}

}  // namespace

TEST(Across, ASchemaIsTheSameOnEveryVersion) {
  const auto all = servers();
  if (all.size() < 2) GTEST_SKIP() << "PGMEND_TEST_SERVERS names no two servers";
  for (const auto* schema : {"shop", "analytics", "tenants", "zoo", "words"})
    compare_all(schema, all);
  compare_all("words_since_15", all, 15);
}

}  // namespace pgmend::test
