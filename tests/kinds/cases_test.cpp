// SPDX-License-Identifier: MIT
// Each case in five steps: load it; verify finds exactly what is expected and changes nothing;
// ensure with exactly the stated consent; the result equals a database made as it should be; a
// second ensure does nothing, and no row was lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "case.hpp"
#include "cli/exit_code.hpp"
#include "model/spec_error.hpp"
#include "rows.hpp"
#include "support/in_process.hpp"
#include "support/matchers.hpp"
#include "support/run.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {

namespace {

class Cases : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (is_too_old(database(), GetParam())) GTEST_SKIP() << "the server is too old";
  }

  RunResult pgmend(std::vector<std::string> arguments) const {
    for (const auto& word : m_loaded.arguments()) arguments.push_back(word);
    RunOptions options;
    options.cwd = GetParam().folder();
    return run_pgmend(arguments, options);
  }

  RunResult ensure() const {
    std::vector<std::string> arguments = {"ensure"};
    const auto flags = GetParam().ensure_flags();
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return pgmend(std::move(arguments));
  }

  void load() { m_loaded.load(); }

  void verify_finds_what_is_expected() const {
    const auto report = run_job(database(), m_loaded.expectation(), Job::verify);
    EXPECT_EQ(report.failure, "");
    EXPECT_THAT(finding_lines(report), testing::ElementsAreArray(GetParam().expected_findings()));
    EXPECT_EQ(cli::exit_code(report), verify_exit_code());
  }

  void verify_refuses_the_spec() const {
    EXPECT_THROW(run_job(database(), m_loaded.expectation(), Job::verify), SpecError);
    const auto run = pgmend({"verify"});
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(run);
    EXPECT_TRUE(contains(run.out + run.err, *GetParam().expected_error()));
  }

  int verify_exit_code() const {
    int code = 0;
    for (const auto& line : GetParam().expected_findings()) {
      if (line.starts_with("information ")) continue;
      code = line.starts_with("unconfirmed ") ? std::max(code, 3) : 1;
      if (code == 1) break;
    }
    return code;
  }

  void ensure_does_what_is_expected() const {
    const auto run = ensure();
    EXPECT_EQ(run.exit_code, GetParam().ensure_exit_code()) << testing::PrintToString(run);
    for (const auto& words : GetParam().ensure("says"))
      EXPECT_TRUE(contains(run.out + run.err, words));
  }

  void result_is_as_wanted() const {
    if (GetParam().has("check.sql")) {
      const auto answers = run_file(database(), GetParam().path("check.sql"));
      EXPECT_TRUE(contains(answers, "t"));
      EXPECT_TRUE(contains_not(answers, "f"));
    }
    if (!GetParam().has("wanted.sql") || something_stays() || !GetParam().ensure("leaves").empty())
      return;
    std::optional<Database> made;
    if (!m_loaded.wanted()) run_file(made.emplace(), GetParam().path("wanted.sql"));
    const auto& wanted = m_loaded.wanted() ? *m_loaded.wanted() : *made;
    // Two that are equal as they are need no reload, which takes its time.
    if (schema_text(database()) != schema_text(wanted)) {
      EXPECT_EQ(settled_schema_text(database()), settled_schema_text(wanted));
    }
  }

  /// Of a whole schema, what is extra or cannot be mended is left as it is, and so is what is the
  /// same in other words.
  bool something_stays() const {
    const auto findings = GetParam().expected_findings();
    const bool all_goes = !GetParam().ensure("drops").empty();
    return GetParam().is_complete() &&
           (GetParam().ensure_exit_code() != 0 || findings.empty() ||
            (!all_goes &&
             std::any_of(findings.begin(), findings.end(), [](const std::string& line) {
               return line.starts_with("information ");
             })));
  }

  /// A repair that failed may have tidied up after itself: then only the exit code must agree.
  void second_ensure_does_nothing() const {
    const auto before = database().fingerprint();
    const auto run = ensure();
    EXPECT_EQ(run.exit_code, GetParam().ensure_exit_code()) << testing::PrintToString(run);
    if (run.exit_code <= 3) {
      EXPECT_EQ(database().fingerprint(), before) << testing::PrintToString(run);
    }
  }

  const Database& database() const { return m_loaded.database(); }

 private:
  LoadedCase m_loaded = LoadedCase(GetParam());
};

}  // namespace

TEST_P(Cases, AreFoundAndMended) {
  ASSERT_NO_THROW(load());
  const auto before = database().fingerprint();
  if (GetParam().expected_error())
    verify_refuses_the_spec();
  else
    verify_finds_what_is_expected();
  EXPECT_EQ(database().fingerprint(), before) << "verify changed the catalogs";
  auto changed = GetParam().ensure("fills");
  for (const auto& dropped : GetParam().ensure("drops")) changed.push_back(dropped);
  const Rows rows(database(), changed);
  const auto digest = rows.digest();
  ensure_does_what_is_expected();
  result_is_as_wanted();
  second_ensure_does_nothing();
  EXPECT_EQ(rows.digest(), digest);
}

INSTANTIATE_TEST_SUITE_P(All, Cases, testing::ValuesIn(Case::all()),
                         [](const auto& instance) { return instance.param.test_name(); });

}  // namespace pgmend::test
