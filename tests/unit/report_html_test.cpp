// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "report/html.hpp"
#include "report_output.hpp"

namespace pgmend::report {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::HasSubstr;
using testing::Not;

std::string page(const Report& report) {
  Output output;
  HtmlReporter reporter(output.file());
  reporter.begin(report.subject);
  reporter.checked(report);
  reporter.end(report);
  return output.text();
}

Object column(const std::string& name, const std::string& type = "integer") {
  return object(kinds::k_column, {"public", "users", name}, {{"type", type}});
}

Report report_with(std::vector<Finding> findings) {
  Report report;
  report.subject.target = "shop on localhost";
  report.subject.source = "pgmend.yaml";
  report.findings = std::move(findings);
  return report;
}

std::string heading(std::string_view sign, std::string_view word) {
  return std::string("aria-hidden=\"true\">") + std::string(sign) + "</span> " + std::string(word) +
         "</h1>";
}

TEST(HtmlReport, SaysCorrectInItsHeading) {
  const auto html = page(report_with({}));
  EXPECT_THAT(html, HasSubstr(heading("✓", "Correct")));
  EXPECT_THAT(html, HasSubstr("All that is expected is there"));
}

TEST(HtmlReport, SaysDriftAndShowsTheFinding) {
  const auto html = page(report_with({missing(column("age"))}));
  EXPECT_THAT(html, HasSubstr(heading("≠", "Drift")));
  EXPECT_THAT(html, HasSubstr("<code>users.age</code> <span class=\"state\">missing</span>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">expected</th><td><code>integer</code></td>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">found</th><td><em>nothing</em></td>"));
}

TEST(HtmlReport, MarksWhereTwoSidesDiffer) {
  const auto found = different(column("age", "numeric(8)"), column("age", "numeric(6)"), "type",
                               {.consent = Consent::rewrite});
  const auto html = page(report_with({found}));
  EXPECT_THAT(html, HasSubstr("<code>numeric(<mark>8</mark>)</code>"));
  EXPECT_THAT(html, HasSubstr("<code>numeric(<mark>6</mark>)</code>"));
  EXPECT_THAT(html, HasSubstr("repaired only with --allow rewrite"));
}

TEST(HtmlReport, ShowsTheRepairWithItsLockAndPrice) {
  auto report = report_with({missing(column("age"))});
  report.plan = Plan({step("users", {0}, {action("ALTER TABLE users", "ADD COLUMN age integer")})});
  const auto html = page(report);
  EXPECT_THAT(html, HasSubstr("<pre><code>ALTER TABLE users ADD COLUMN age integer;</code></pre>\n"
                              "<p class=\"price\">ACCESS EXCLUSIVE lock, which blocks reads and "
                              "writes; catalog only</p>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#f0\">users.age</a> missing"));
}

TEST(HtmlReport, SaysWhatWasRepairedAndWhatWasNot) {
  auto report = report_with(
      {with_outcome(missing(column("age")), Outcome::repaired),
       with_outcome(missing(column("size")), Outcome::failed, "disk full", "make room")});
  report.subject.job = Job::ensure;
  report.repairs_tried = true;
  const auto html = page(report);
  EXPECT_THAT(html, HasSubstr(heading("✗", "Failed")));
  EXPECT_THAT(html, HasSubstr("1 difference left, 1 item(s) added"));
  EXPECT_THAT(html, HasSubstr("✓ repaired"));
  EXPECT_THAT(html, HasSubstr("<dd>not repaired: disk full</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>hint</dt><dd>make room</dd>"));
  report.findings.pop_back();
  EXPECT_THAT(page(report), HasSubstr(heading("✓", "Repaired")));
}

TEST(HtmlReport, TellsHowARunEndedEarly) {
  auto report = report_with({});
  report.failure = "the connection was lost";
  report.failure_hint = "run again";
  EXPECT_THAT(page(report), HasSubstr(heading("?", "Not verified")));
  EXPECT_THAT(page(report), HasSubstr("<p class=\"failure\">the connection was lost</p>"));
  report.repairs_tried = true;
  EXPECT_THAT(page(report), HasSubstr(heading("✗", "Failed")));
  report.interrupted = true;
  EXPECT_THAT(page(report), HasSubstr(heading("!", "Interrupted")));
}

TEST(HtmlReport, ObstaclesHaveTheirOwnVerdicts) {
  auto report = report_with({});
  report.standing.obstacle = Standing::Obstacle::pending;
  report.standing.reason = "2 migrations are still to run";
  report.standing.ledgers.emplace_back().tool = "Alembic";
  report.standing.remedy = "run alembic upgrade head";
  const auto html = page(report);
  EXPECT_THAT(html, HasSubstr(heading("…", "Pending")));
  EXPECT_THAT(html, HasSubstr("<dt>Alembic says</dt>"));
  EXPECT_THAT(html, HasSubstr("<dt>Remedy</dt><dd>run alembic upgrade head</dd>"));
  report.standing.obstacle = Standing::Obstacle::unclear;
  EXPECT_THAT(page(report), HasSubstr(heading("?", "Unclear")));
}

TEST(HtmlReport, WhatOnlyFollowsIsFolded) {
  auto table = missing(object(kinds::k_table, {"public", "", "users"}));
  auto follows = missing(column("age"));
  follows.consequence = true;
  const auto html = page(report_with({table, follows}));
  EXPECT_THAT(html, HasSubstr("<summary>1 finding that only follows from this</summary>"));
  EXPECT_THAT(html, HasSubstr("<p class=\"lead\">1 difference</p>"));
  EXPECT_THAT(html, Not(HasSubstr("difference</li>")));
}

TEST(HtmlReport, NamesOriginAndWhatWasNotCompared) {
  auto found = missing(column("age"));
  found.origin = Origin{"Alembic", "add_age", {"versions/2.py", 14, 1}, true, true};
  auto report = report_with({found});
  report.unmodelled = {{"operators", 3}};
  report.checked = checked({{&kinds::k_column, {"public", "users", "id"}}});
  const auto html = page(report);
  EXPECT_THAT(html, HasSubstr("from add_age (versions/2.py:14"));
  EXPECT_THAT(html, HasSubstr("<li>3 operators</li>"));
  EXPECT_THAT(html, HasSubstr("<li>users.id</li>"));
}

TEST(HtmlReport, NamesCannotWriteMarkup) {
  auto report = report_with({missing(column("<script>alert('1')</script>"))});
  report.subject.target = "\"><img src=x>";
  const auto html = page(report);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
}

}  // namespace
}  // namespace pgmend::report
