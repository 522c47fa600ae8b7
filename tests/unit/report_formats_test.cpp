// SPDX-License-Identifier: MIT
// What each format does to words that mean something in it. That the documents are valid as a
// whole, tests/cli/formats_test.cpp sees.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "model/document.hpp"
#include "report/github.hpp"
#include "report/gitlab.hpp"
#include "report/issues.hpp"
#include "report/json.hpp"
#include "report/junit.hpp"
#include "report/markdown.hpp"
#include "report/sarif.hpp"
#include "util/text.hpp"

namespace pgmend::report {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using nlohmann::json;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

Finding missing_column(const std::string& name) {
  auto finding = missing(object(kinds::k_column, {"public", "users", name}, {{"type", "integer"}}));
  finding.where = {"pgmend.yaml", 7, 3};
  return finding;
}

Document document(std::vector<Finding> findings) {
  Document made;
  made.report.subject.source = "pgmend.yaml";
  made.report.findings = std::move(findings);
  made.exit_code = 1;
  made.version = "1.2.3";
  return made;
}

Document failed(const std::string& failure, const std::string& hint = "") {
  auto made = document({});
  made.report.failure = failure;
  made.report.failure_hint = hint;
  made.exit_code = 3;
  return made;
}

/// The second line; the first is the verdict.
std::string annotation(const Document& document) {
  const auto all = github(document);
  return std::string(text::split(all, '\n').at(1));
}

TEST(GitHub, PointsAtTheLine) {
  EXPECT_EQ(annotation(document({missing_column("age")})),
            "::error file=pgmend.yaml,line=7,col=3,title=pgmend%3A users.age missing::"
            "expected: integer");
}

TEST(GitHub, WhatHasNoTextSaysItsTitle) {
  auto known = missing_column("age");
  known.expected = nullptr;
  EXPECT_THAT(annotation(document({known})), EndsWith("missing::users.age missing"));
}

TEST(GitHub, NothingBreaksOutOfALine) {
  auto finding = missing_column("a\n::error::b\r%0A,c:d");
  finding.judgement.reason = "100%, or\nless: ::warning::x";
  finding.judgement.hint = "one\n::two";
  finding.where.file = "a,b:c%.yaml";
  const auto made = document({finding});
  EXPECT_EQ(annotation(made),
            "::error file=a%2Cb%3Ac%25.yaml,line=7,col=3,"
            "title=pgmend%3A users.\"a\\n%3A%3Aerror%3A%3Ab\\r%250A%2Cc%3Ad\" missing::"
            "expected: integer%0A100%25, or\\nless: ::warning::x%0Ahint: one%0A::two");
  const auto lines = github(made);
  EXPECT_EQ(text::split(lines, '\n').size(), 3U);
}

TEST(GitHub, LevelsAreThoseOfTheFindings) {
  auto information = missing_column("a");
  information.judgement.weight = Weight::information;
  auto unconfirmed = missing_column("b");
  unconfirmed.judgement.weight = Weight::unconfirmed;
  const auto all = github(document({information, unconfirmed}));
  EXPECT_THAT(all, HasSubstr("\n::notice file=pgmend.yaml"));
  EXPECT_THAT(all, HasSubstr("\n::warning file=pgmend.yaml"));
  EXPECT_THAT(all, HasSubstr("title=pgmend%3A users.b unconfirmed::"));
}

TEST(GitHub, WhatWasRepairedIsANotice) {
  EXPECT_THAT(annotation(document({with_outcome(missing_column("a"), Outcome::repaired)})),
              EndsWith("title=pgmend%3A users.a missing::expected: integer%0Aadded successfully"));
}

TEST(GitLab, HoldsWhatIsOpen) {
  const auto list = json::parse(gitlab(
      document({missing_column("a b"), with_outcome(missing_column("c"), Outcome::repaired)})));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["description"], "users.\"a b\" missing; expected: integer");
  EXPECT_EQ(list[0]["check_name"], "column.missing");
  EXPECT_EQ(list[0]["location"]["lines"]["begin"], 7);
  EXPECT_EQ(gitlab(document({})), "[]\n");
}

TEST(GitLab, AFingerprintIsOfTheFindingAndNotOfItsLine) {
  const auto fingerprint = [](const Finding& finding) {
    return json::parse(gitlab(document({finding})))[0]["fingerprint"].get<std::string>();
  };
  auto moved = missing_column("a");
  moved.where.line = 99;
  moved.judgement.reason = "in other words";
  EXPECT_EQ(fingerprint(missing_column("a")), fingerprint(moved));
  EXPECT_NE(fingerprint(missing_column("a")), fingerprint(missing_column("b")));
  auto elsewhere = missing_column("a");
  elsewhere.name.relation = "user";
  elsewhere.name.name = "sa";
  EXPECT_NE(fingerprint(missing_column("a")), fingerprint(elsewhere));
}

TEST(Markdown, NothingIsMarkup) {
  auto finding = missing_column("a|b`c\n<img>*d*&amp;_e_ @all f_g");
  const auto all = markdown(document({finding}));
  EXPECT_THAT(all, HasSubstr("\n| ❌ | users.\"a\\|b\\`c\\\\n&#60;img&#62;\\*d\\*&#38;amp;\\_e\\_ "
                             "@<!-- -->all f_g\" missing | pgmend.yaml:7:3 |\n"));
  EXPECT_THAT(all, Not(HasSubstr("<img>")));
}

TEST(Markdown, NothingClosesAFence) {
  auto finding = missing_column("a");
  finding.judgement.hint = "x\n```\n# y";
  EXPECT_THAT(markdown(document({finding})),
              HasSubstr("````text\nexpected: integer\nhint: x\n```\n# y\n````\n"));
}

TEST(Markdown, StaysWithinAComment) {
  std::vector<Finding> many;
  for (int i = 0; i < 5000; ++i) many.push_back(missing_column("column" + std::to_string(i)));
  const auto all = markdown(document(many));
  EXPECT_LT(all.size(), 65536U);
  EXPECT_THAT(all, HasSubstr(" more\n"));
  EXPECT_THAT(all, EndsWith("</details>\n"));
}

TEST(JUnit, NamesAreSpelledAndAttributesKeepTheirLines) {
  auto made = document({missing_column("a\n<c>\x01")});
  made.report.subject.source = "b\nd";
  const auto all = junit(made);
  EXPECT_THAT(all, HasSubstr("name=\"users.&quot;a\\n&lt;c&gt;\\x01&quot;\""));
  EXPECT_THAT(all, HasSubstr("value=\"b&#10;d\""));
}

TEST(JUnit, OneCaseForEachObject) {
  const auto column = object(kinds::k_column, {"public", "users", "age"}, {{"type", "integer"}});
  auto made = document({different(column, column, "type", {.reason = "one"}),
                        different(column, column, "default", {.reason = "two"})});
  made.report.checked = checked({{&kinds::k_column, {"public", "users", "id"}},
                                 {&kinds::k_column, {"public", "users", "age"}}});
  const auto all = junit(made);
  EXPECT_THAT(all, HasSubstr("name=\"users\" timestamp="));
  EXPECT_THAT(all, HasSubstr("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\""));
  EXPECT_THAT(all, HasSubstr("message=\"users.age type different; users.age default different\""));
}

TEST(JUnit, WhatIsNotKnownIsAnErrorAndWhatFollowsIsSkipped) {
  auto unconfirmed = missing_column("a");
  unconfirmed.judgement.weight = Weight::unconfirmed;
  auto follows = missing_column("b");
  follows.consequence = true;
  const auto all = junit(document({unconfirmed, follows}));
  EXPECT_THAT(all, HasSubstr("tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"1\""));
  EXPECT_THAT(all, HasSubstr("<error type=\"column.missing\" message=\"users.a unconfirmed\""));
}

json run_of(const Document& document) {
  return json::parse(sarif(document))["runs"][0];
}

TEST(Sarif, PathsAreUris) {
  auto finding = missing_column("a");
  const auto uri = [&](const std::string& file) {
    finding.where.file = file;
    return run_of(document(
        {finding}))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
  };
  EXPECT_EQ(uri("../a b/ü#.yaml"), "../a%20b/%C3%BC%23.yaml");
  EXPECT_EQ(uri("/srv/a:b"), "file:///srv/a%3Ab");
}

TEST(Sarif, MessagesHoldNoPlaceholderAndNoLink) {
  auto finding = missing_column("a");
  finding.judgement.reason = "'{1}'::int[](x) {} {a}";
  EXPECT_EQ(run_of(document({finding}))["results"][0]["message"]["text"],
            "users.a missing\nexpected: integer\n'{{1}}'::int[] (x) {} {a}");
}

TEST(Sarif, TheMigrationIsPointedAtWhereNothingIsDeclared) {
  auto finding = missing_column("a");
  finding.origin = Origin{"Alembic", "b2", {"migrations/b2.py", 12, 0}, true, true};
  const auto both = run_of(document({finding}))["results"][0];
  EXPECT_EQ(both["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 12);
  finding.where = {};
  const auto one = run_of(document({finding}))["results"][0];
  EXPECT_FALSE(one.contains("relatedLocations"));
  EXPECT_EQ(one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "migrations/b2.py");
}

TEST(Sarif, RulesStandOnce) {
  const auto run = run_of(document({missing_column("a"), missing_column("b")}));
  ASSERT_EQ(run["tool"]["driver"]["rules"].size(), 1U);
  EXPECT_EQ(run["results"][1]["ruleIndex"], 0);
  EXPECT_THAT(run["tool"]["driver"]["rules"][0]["help"]["text"].get<std::string>(),
              HasSubstr("pgmend explain column.missing"));
}

TEST(Failure, IsInEveryFormat) {
  auto made = failed("no <connection>", "look & see");
  const auto run = run_of(made);
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], false);
  EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
            "no <connection>\nhint: look & see");
  EXPECT_THAT(junit(made), HasSubstr("errors=\"1\""));
  EXPECT_THAT(junit(made), HasSubstr("message=\"no &lt;connection&gt;\""));
  EXPECT_THAT(github(made), HasSubstr("\n::error title=pgmend%3A no <connection>::hint: look"));
  EXPECT_EQ(json::parse(gitlab(made))[0]["severity"], "blocker");
  EXPECT_THAT(markdown(made), HasSubstr("no &#60;connection&#62;"));
  EXPECT_EQ(json::parse(report::json(made))["failure"]["hint"], "look & see");
}

TEST(Failure, FaultsOfTheSpecPointAtTheirLines) {
  auto made = failed("pgmend.yaml:3: bad");
  made.faults = {{{"pgmend.yaml", 3, 5}, "users.age", "no such type", "see \\dT"},
                 {{"pgmend.yaml", 4, 0}, "", "also bad", ""}};
  EXPECT_THAT(github(made), HasSubstr("file=pgmend.yaml,line=3,col=5,"
                                      "title=pgmend%3A users.age%3A no such type::hint: see \\dT"));
  EXPECT_EQ(json::parse(gitlab(made)).size(), 2U);
  EXPECT_EQ(json::parse(report::json(made))["failure"]["faults"][1]["where"]["line"], 4);
}

TEST(Json, BytesThatAreNoTextAreReplaced) {
  const auto all = json::parse(report::json(document({missing_column("caf\xE9")})));
  EXPECT_EQ(all["findings"][0]["name"], "caf\xEF\xBF\xBD");
}

}  // namespace
}  // namespace pgmend::report
