// SPDX-License-Identifier: MIT
// What a report tells people to run is run, for each case: it repairs what it says, and no more is
// left than what needs people.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "case.hpp"
#include "model/lacking_consent.hpp"
#include "support/in_process.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

constexpr std::string_view k_hint = "\nhint: ";

class Remedies : public testing::TestWithParam<Case> {
 protected:
  Remedies() { std::filesystem::create_symlink(PGMEND_BINARY, m_programs.path("pgmend")); }

  void SetUp() override {
    if (is_too_old(m_loaded.database(), GetParam())) GTEST_SKIP() << "the server is too old";
    if (GetParam().expected_error()) GTEST_SKIP() << "the spec is refused";
  }

  /// The commands of the last hint, each as it stands.
  std::vector<std::string> commands() const {
    auto arguments = m_loaded.arguments();
    arguments.insert(arguments.begin(), "verify");
    RunOptions options;
    options.cwd = GetParam().folder();
    const auto out = run_pgmend(arguments, options).out;
    const auto begin = out.rfind(k_hint);
    if (begin == std::string::npos) return {};
    const auto line =
        out.substr(begin + k_hint.size(), out.find('\n', begin + 1) - begin - k_hint.size());
    std::vector<std::string> found;
    for (const auto part : text::split(line, ';')) {
      const auto command = part.find(": pgmend ");
      if (command == std::string_view::npos) continue;
      const auto words = part.substr(command + 2);
      found.emplace_back(words.substr(0, words.find(" (or: ")));
    }
    return found;
  }

  RunResult paste(const std::string& command) const {
    auto env = clean_environment();
    env["PATH"] = m_programs.path() + ":" + env["PATH"];
    return subprocess::run({.argv = {"/bin/sh", "-c", command},
                            .env = env,
                            .cwd = GetParam().folder(),
                            .timeout = std::chrono::seconds(60)});
  }

  /// What is still wrong and was not said to need people.
  static std::vector<std::string> left(const Report& report, const std::set<std::string>& yours) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < report.findings.size(); ++i)
      if (report.is_left(i) && !yours.contains(finding_line(report.findings[i])))
        lines.push_back(finding_line(report.findings[i]));
    return lines;
  }

  Report verify() const {
    return run_job(m_loaded.database(), m_loaded.expectation(), Job::verify);
  }

  void load() { m_loaded.load(); }

 private:
  LoadedCase m_loaded = LoadedCase(GetParam());
  TempFolder m_programs;
};

/// Of people: nothing else than that is left to do.
bool is_yours(const Finding& finding) {
  if (finding.outcome == Outcome::refused) return lacking_consents(finding).empty();
  return finding.judgement.consent == Consent::never;
}

TEST_P(Remedies, DoWhatTheySay) {
  ASSERT_NO_THROW(load());
  std::set<std::string> yours;
  const auto before = verify();
  for (const auto& finding : before.findings)
    if (is_yours(finding)) yours.insert(finding_line(finding));
  std::string told;
  // Rows that stand against a repair show only when it is begun.
  bool is_refused_by_rows = false;
  for (const auto& command : commands()) {
    const auto run = paste(command);
    told += "$ " + command + "\n" + run.out + run.err;
    EXPECT_NE(run.exit_code, 2) << told;
    is_refused_by_rows = is_refused_by_rows || run.out.find("not repaired: ") != std::string::npos;
  }
  if (is_refused_by_rows) return;
  EXPECT_EQ(left(verify(), yours), std::vector<std::string>()) << told;
}

std::vector<Case> some_cases() {
  constexpr std::size_t k_every = 20;
  std::vector<Case> some;
  const auto all = Case::all();
  for (std::size_t i = 0; i < all.size(); i += k_every) some.push_back(all[i]);
  return some;
}

/// All of them are put through it by hand.
INSTANTIATE_TEST_SUITE_P(Some, Remedies, testing::ValuesIn(some_cases()),
                         [](const auto& instance) { return instance.param.test_name(); });
INSTANTIATE_TEST_SUITE_P(All, Remedies, testing::ValuesIn(Case::all()),
                         [](const auto& instance) { return instance.param.test_name(); });

}  // namespace
}  // namespace pgmend::test
