// SPDX-License-Identifier: MIT
// Ended at every place of repairs that take consent: what is made anew, moved, copied, renamed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "fault/project.hpp"
#include "support/matchers.hpp"
#include "support/proxy.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {

namespace {

/// PGMEND_TEST_PLACES=100000 tries all there are.
int places() {
  const char* text = std::getenv("PGMEND_TEST_PLACES");
  return text ? std::max(1, std::atoi(text)) : 12;
}

/// A case of tests/cases: a database that is to become another, with every consent.
class Changing : public Project {
 public:
  explicit Changing(const std::string& name)
      : Project("", ""), m_folder(std::string(PGMEND_CASES) + "/" + name) {
    run_file(db(), m_folder + "/actual.sql");
    run_file(db(), m_folder + "/data.sql");
  }

  std::vector<std::string> args() const {
    return {"ensure",    "--against",
            lock_file(), "--even-if-unclear",
            "--allow",   "alter,replace,rewrite,drop"};
  }

  void expect_is_as_wanted() const {
    const auto finish = run(args());
    EXPECT_EQ(finish.exit_code, 0) << testing::PrintToString(finish);
    EXPECT_EQ(leftovers(), "");
    EXPECT_FALSE(contains(run_file(db(), m_folder + "/check.sql"), "f"));
  }

 private:
  /// Made once for each case.
  std::string lock_file() const {
    static const TempFolder locks;
    auto file = locks.path() + "/" + std::filesystem::path(m_folder).filename().string() + ".lock";
    if (!std::filesystem::exists(file)) {
      const auto made = run_pgmend({"compile", m_folder + "/wanted.sql", "--output", file}, {});
      EXPECT_EQ(made.exit_code, 0) << testing::PrintToString(made);
    }
    return file;
  }

  std::string m_folder;
};

class ChangesSweep : public testing::TestWithParam<std::string> {};

}  // namespace

TEST_P(ChangesSweep, CutAfterEachStatement) {
  int all = 0;
  {
    const Changing project(GetParam());
    const Proxy proxy(project.db(), {});
    const auto result = project.start(project.args(), proxy.url()).wait();
    ASSERT_EQ(result.exit_code, 0) << testing::PrintToString(result);
    all = proxy.count();
  }
  const int step = std::max(1, all / places());
  for (int number = 1; number <= all && !HasFailure(); number += step) {
    const Changing project(GetParam());
    std::string sql;
    const Proxy proxy(project.db(), {.after = [&](const Proxy::Statement& statement) {
                        if (statement.number < number) return Proxy::Answer::pass;
                        sql = statement.sql;
                        return Proxy::Answer::cut;
                      }});
    const auto result = project.start(project.args(), proxy.url()).wait();
    SCOPED_TRACE(fmt::format("cut after statement {} of {}: {}", number, all, sql));
    if (result.exit_code != 0) {
      EXPECT_TRUE(contains_match(result.out + result.err, "connection was lost|server closed"))
          << testing::PrintToString(result);
    }
    project.expect_is_as_wanted();
  }
}

INSTANTIATE_TEST_SUITE_P(All, ChangesSweep,
                         testing::Values("enum/labels_in_another_order_under_all_that_rests_on_it",
                                         "enum/label_is_extra_under_all_that_rests_on_it",
                                         "table/whole_partitioned_where_a_plain_one_was",
                                         "table/whole_plain_where_a_partitioned_one_was",
                                         "table/whole_partitioned_by_another_key",
                                         "column/type_and_that_of_a_generated_column_on_it",
                                         "column/type_that_is_missing_too"),
                         [](const auto& instance) {
                           auto name = instance.param;
                           std::replace(name.begin(), name.end(), '/', '_');
                           return name;
                         });

}  // namespace pgmend::test
