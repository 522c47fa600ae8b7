// SPDX-License-Identifier: MIT
// Takes away or changes every single thing of a schema in turn, in a copy of its database: pgmend
// must find each, and, with every consent, make the copy equal to the original again.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "exceptions.hpp"
#include "mutations.hpp"
#include "support/in_process.hpp"
#include "support/schema_text.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

/// What became of the mutations of one sort ("drop", "not null gone").
struct Tally {
  int total = 0;
  int found = 0;
  int repaired = 0;
  int left = 0;  // found, and not repaired for a reason that is listed
};

std::string sort_of(const std::string& label) {
  const auto colon = label.find(": ");
  return colon == std::string::npos ? label.substr(0, label.find(' ')) : label.substr(0, colon);
}

/// Lines that only one of the two has.
std::string difference(const std::string& wanted, const std::string& found) {
  std::string text;
  const auto lines = [](const std::string& all) {
    std::multiset<std::string_view> set;
    for (const auto line : text::split(all, '\n')) set.insert(line);
    return set;
  };
  const auto a = lines(wanted);
  const auto b = lines(found);
  for (const auto line : a)
    if (!b.contains(line)) text += fmt::format("\n  - {}", line);
  for (const auto line : b)
    if (!a.contains(line)) text += fmt::format("\n  + {}", line);
  return text;
}

class Sweep : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    run_file(m_original, sweep_file(fmt::format("schemas/{}.sql", GetParam())));
    // Reading owners and privileges of everything takes its time, and changes nothing elsewhere.
    if (std::string_view(GetParam()) == "cabinet") m_with = {"owners", "privileges"};
    m_expectation = expectation_of(m_original, m_with);
    m_text = schema_text(m_original);
  }

  void put_through(const Mutation& mutation) {
    SCOPED_TRACE(mutation.label + "\n  " + mutation.statement);
    const Database copy(m_original.server(), "", m_original.name());
    try {
      apply(copy, mutation);
    } catch (const std::exception&) {
      ++m_impossible;  // other things rest on it, or it is of the wrong type
      return;
    }
    const auto broken = schema_text(copy);
    if (broken == m_text) return;  // nothing has changed
    auto& tally = m_tallies[sort_of(mutation.label)];
    ++tally.total;
    const auto found = run(copy, Job::verify);
    if (found.findings.empty())
      ADD_FAILURE() << "not found";
    else
      ++tally.found;
    const auto report = run(copy, Job::ensure);
    if (is_repaired(copy)) {
      ++tally.repaired;
      EXPECT_TRUE(report.verdict() == Verdict::correct) << told(report);
      return;
    }
    if (m_exceptions.reason(mutation.label))
      ++tally.left;
    else
      ADD_FAILURE() << "not repaired: " << told(report) << difference(m_text, schema_text(copy));
  }

  const Database& original() const { return m_original; }

  void print_table() const {
    Tally sum;
    fmt::print("{:<28} {:>6} {:>6} {:>9} {:>8}\n", GetParam(), "total", "found", "repaired",
               "listed");
    for (const auto& [sort, tally] : m_tallies) {
      fmt::print("  {:<26} {:>6} {:>6} {:>9} {:>8}\n", sort, tally.total, tally.found,
                 tally.repaired, tally.left);
      sum.total += tally.total;
      sum.found += tally.found;
      sum.repaired += tally.repaired;
      sum.left += tally.left;
    }
    fmt::print("  {:<26} {:>6} {:>6} {:>9} {:>8}\n", "all", sum.total, sum.found, sum.repaired,
               sum.left);
    fmt::print("  and {} that the server refused to do\n", m_impossible);
  }

 private:
  Report run(const Database& database, Job job) const {
    return run_job(database, m_expectation, with_every_consent(job));
  }

  bool is_repaired(const Database& copy) const {
    return schema_text(copy) == m_text ||
           settled_schema_text(copy) == settled_schema_text(m_original);
  }

  Database m_original;
  std::set<std::string> m_with;
  app::Expectation m_expectation;
  std::string m_text;
  Exceptions m_exceptions{sweep_file("exceptions.txt")};
  std::map<std::string, Tally> m_tallies;
  int m_impossible = 0;
};

}  // namespace

TEST_P(Sweep, FindsAndRepairsEverything) {
  for (const auto& mutation : mutations(original())) put_through(mutation);
  print_table();
}

INSTANTIATE_TEST_SUITE_P(Schemas, Sweep,
                         testing::Values("shop", "analytics", "tenants", "zoo", "cabinet"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace pgmend::test
