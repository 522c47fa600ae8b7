// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "report/sql.hpp"
#include "report_output.hpp"
#include "util/text.hpp"

namespace pgmend::report {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string script(const Report& report) {
  Output output;
  SqlReporter reporter(output.file());
  reporter.begin(report.subject);
  reporter.checked(report);
  reporter.end(report);
  return output.text();
}

Object column(const std::string& name) {
  return object(kinds::k_column, {"public", "users", name}, {{"type", "integer"}});
}

Report plan_of(std::vector<Finding> findings, std::vector<Step> steps) {
  Report report;
  report.subject.target = "shop on localhost";
  report.subject.source = "pgmend.yaml";
  report.findings = std::move(findings);
  report.plan = Plan(std::move(steps));
  return report;
}

Stage stage(Stage::Form form, std::vector<std::string> statements) {
  Stage made;
  made.form = form;
  made.statements = std::move(statements);
  return made;
}

TEST(SqlReport, IsAScript) {
  EXPECT_EQ(script(plan_of({missing(column("a")), missing(column("b"))},
                           {step("users", {0, 1}, {action("ALTER TABLE users", "ADD a, ADD b")})})),
            "-- pgmend plan for shop on localhost\n"
            "-- expected: pgmend.yaml\n"
            "-- for psql, which stops at the first statement that fails:\n"
            "\\set ON_ERROR_STOP on\n"
            "\n"
            "-- users.a missing\n"
            "-- users.b missing\n"
            "-- ACCESS EXCLUSIVE lock, which blocks reads and writes; catalog only\n"
            "BEGIN;\n"
            "SET LOCAL lock_timeout = '1s';\n"
            "ALTER TABLE users ADD a, ADD b;\n"
            "COMMIT;\n"
            "\n"
            "-- 2 repairs planned in 1 step; nothing was changed\n");
}

TEST(SqlReport, StatementsThatStandAlone) {
  auto build = stage(Stage::Form::alone, {"CREATE INDEX CONCURRENTLY i ON t (a)"});
  build.lock = Lock::share_update_exclusive;
  build.cost = Cost::build;
  const auto text = script(plan_of({missing(column("a"))}, {step("users", {0}, {build})}));
  EXPECT_THAT(text, HasSubstr("CREATE INDEX CONCURRENTLY i ON t (a);\n\n"));
  EXPECT_THAT(text, Not(HasSubstr("BEGIN")));
}

TEST(SqlReport, PreconditionsFailIfTheyDoNotHold) {
  auto none = stage(Stage::Form::precondition, {"SELECT count(*) FROM t WHERE a = 'x'"});
  none.refusal = "{} row(s), 100 % of them";
  const auto text = script(plan_of({missing(column("a"))}, {step("users", {0}, {none})}));
  EXPECT_THAT(text, HasSubstr("DO $pgmend$\n"
                              "DECLARE found text;\n"
                              "BEGIN\n"
                              "  EXECUTE 'SELECT count(*) FROM t WHERE a = ''x''' INTO found;\n"
                              "  IF found IS NOT NULL THEN\n"
                              "    RAISE EXCEPTION '% row(s), 100 %% of them', found;\n"
                              "  END IF;\n"
                              "END\n"
                              "$pgmend$;\n"));
}

TEST(SqlReport, BatchesAreALoop) {
  const auto batches = stage(Stage::Form::batches, {"SELECT upto FROM t WHERE a > '$pgmend$'",
                                                    "UPDATE t SET a = 1", "SELECT 1 FROM t"});
  const auto text = script(plan_of({missing(column("a"))}, {step("users", {0}, {batches})}));
  EXPECT_THAT(text, HasSubstr("DO $pgmend_$\n"
                              "DECLARE\n"
                              "  after text[];\n"
                              "  upto text[];\n"
                              "  is_left text;\n"
                              "BEGIN\n"
                              "  LOOP\n"
                              "    after := NULL;\n"
                              "    LOOP\n"
                              "      EXECUTE 'SELECT upto FROM t WHERE a > ''$pgmend$''' INTO upto "
                              "USING after;\n"
                              "      EXIT WHEN upto IS NULL;\n"
                              "      EXECUTE 'UPDATE t SET a = 1' USING after, upto;\n"
                              "      COMMIT;\n"
                              "      after := upto;\n"
                              "    END LOOP;\n"
                              "    EXECUTE 'SELECT 1 FROM t' INTO is_left;\n"
                              "    EXIT WHEN is_left IS NULL;\n"
                              "    PERFORM pg_catalog.pg_sleep(1);\n"
                              "  END LOOP;\n"
                              "END\n"
                              "$pgmend_$;\n"));
}

TEST(SqlReport, NoLockIsSaidPlainly) {
  auto create = stage(Stage::Form::transaction, {"CREATE TABLE t ()"});
  create.lock = Lock::none;
  EXPECT_THAT(script(plan_of({missing(column("a"))}, {step("users", {0}, {create})})),
              HasSubstr("-- no lock; catalog only\nBEGIN;\n"));
}

TEST(SqlReport, SaysWhatIsNotPlanned) {
  auto note = missing(column("b"));
  note.judgement.weight = Weight::information;
  note.judgement.reason = "why";
  EXPECT_THAT(script(plan_of({with_outcome(missing(column("a")), Outcome::refused,
                                           "needs consent: alter", "run with --allow alter"),
                              note},
                             {})),
              HasSubstr("\n-- users.a missing: not planned\n"
                        "--   needs consent: alter\n"
                        "--   run with --allow alter\n"
                        "\n-- users.b missing: nothing to do\n"
                        "--   why\n"));
}

TEST(SqlReport, Closings) {
  EXPECT_THAT(script(plan_of({}, {})), EndsWith("-- Schema is correct - no changes needed\n"));
  auto report = plan_of({missing(column("a"))}, {});
  report.findings[0].judgement.weight = Weight::unconfirmed;
  EXPECT_THAT(script(report), EndsWith("-- no drift found, but not all could be checked\n"));
  report.interrupted = true;
  EXPECT_THAT(script(report), EndsWith("-- interrupted - nothing was changed\n"));
  report.interrupted = false;
  report.failure = "connection lost";
  report.failure_hint = "look at the server";
  EXPECT_THAT(script(report),
              EndsWith("-- could not plan: connection lost\n-- hint: look at the server\n"));
}

TEST(SqlReport, WhatIsRefusedIsNotCountedAsPlanned) {
  EXPECT_THAT(
      script(plan_of({with_outcome(missing(column("a")), Outcome::refused), missing(column("b"))},
                     {step("users", {1}, {action("ALTER TABLE users", "ADD b")})})),
      EndsWith("-- 1 repair planned in 1 step; nothing was changed\n"));
}

TEST(SqlReport, NothingBreaksOutOfAComment) {
  // psql ends a comment at a line feed and at a carriage return.
  for (const auto* name : {"a\nDROP TABLE t;", "a\rDROP TABLE t;", "a\r\nDROP TABLE t;"}) {
    auto text =
        script(plan_of({with_outcome(missing(column(name)), Outcome::refused, name, name)}, {}));
    text = text::replace_all(text, "\r", "\n");
    for (const auto line : text::split(text, '\n'))
      EXPECT_TRUE(line.empty() || line.starts_with("--") || line.starts_with("\\set ")) << line;
  }
}

}  // namespace
}  // namespace pgmend::report
