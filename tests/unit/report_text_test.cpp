// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "report/text.hpp"
#include "report/words.hpp"
#include "report_output.hpp"
#include "util/text.hpp"

namespace pgmend::report {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::HasSubstr;
using testing::Not;

constexpr terminal::Style k_ascii = {.color = false, .unicode = false, .is_terminal = false};
constexpr terminal::Style k_unicode = {.color = false, .unicode = true, .is_terminal = false};
constexpr terminal::Style k_narrow = {.columns = 80};
constexpr terminal::Style k_color = {.color = true, .unicode = true, .is_terminal = false};

/// What the reporter writes when a run goes as the report says.
std::string told(const Report& report, terminal::Style style = k_ascii,
                 Detail detail = Detail::normal) {
  Output output;
  TextReporter reporter(output.file(), style, detail);
  reporter.begin(report.subject);
  reporter.checked(report);
  for (const auto& finding : report.findings) {
    if (finding.outcome != Outcome::repaired && finding.outcome != Outcome::failed) continue;
    auto before = finding;
    before.outcome = Outcome::open;
    reporter.mending(before);
    reporter.mended(finding);
  }
  reporter.end(report);
  return output.text();
}

/// Only what stands at the end.
std::string closing(const Report& report, terminal::Style style = k_ascii) {
  return told(report, style, Detail::quiet);
}

Object column(const std::string& name, const Texts& values = {{"type", "integer"}}) {
  return object(kinds::k_column, {"public", "users", name}, values);
}

Object index(const std::string& name) {
  return object(kinds::k_index, {"public", "users", name}, {{"method", "btree"}, {"keys", "{a}"}});
}

Report report(Job job, std::vector<Finding> findings = {}) {
  Report made;
  made.subject.job = job;
  made.subject.target = "shop on localhost";
  made.subject.origin = "DATABASE_URL";
  made.subject.source = "pgmend.yaml";
  Names names = {{&kinds::k_table, {"public", "", "users"}},
                 {&kinds::k_column, {"public", "users", "id"}}};
  for (const auto& finding : findings) names.emplace_back(finding.kind, finding.name);
  made.checked = checked(names);
  made.findings = std::move(findings);
  return made;
}

Finding invalid(const std::string& name) {
  return different(index(name), index(name), "state",
                   {.sort = Sort::broken, .consent = Consent::restore});
}

// The whole of it

TEST(TextReport, OfACorrectSchema) {
  EXPECT_EQ(told(report(Job::verify)),
            "verdict: correct - all that is expected is there\n"
            "============================================================\n"
            "Verifying Database Schema\n"
            "============================================================\n"
            "database: shop on localhost (from DATABASE_URL)\n"
            "expected: pgmend.yaml\n"
            "\n"
            "Checking users table...\n"
            "  ok users.id exists\n"
            "\n"
            "============================================================\n"
            "Schema is correct - no changes needed\n"
            "============================================================\n"
            "verdict: correct - all that is expected is there\n");
}

TEST(TextReport, OfARepair) {
  const auto text =
      told(report(Job::ensure, {with_outcome(missing(column("age")), Outcome::repaired)}));
  EXPECT_THAT(text, HasSubstr("Ensuring Database Schema\n"));
  EXPECT_THAT(text, HasSubstr("  !! users.age missing - adding now...\n"
                              "      expected: integer\n"
                              "  ok users.age added successfully\n"));
  EXPECT_THAT(text, HasSubstr("\nSchema fixed - 1 item(s) added\n"));
}

TEST(TextReport, OfDrift) {
  auto finding = different(column("age"), column("age", {{"type", "text"}}), "type",
                           {.sort = Sort::different, .consent = Consent::rewrite});
  finding.judgement.reason = "the reason";
  finding.judgement.hint = "the hint";
  EXPECT_THAT(told(report(Job::verify, {finding})), HasSubstr("  XX users.age type different\n"
                                                              "      expected: integer\n"
                                                              "      found:    text\n"
                                                              "      the reason\n"
                                                              "      hint: the hint\n"));
}

TEST(TextReport, SaysWhatIsWrong) {
  const auto said = [](const Finding& finding) { return told(report(Job::verify, {finding})); };
  EXPECT_THAT(said(missing(index("ix"))), HasSubstr("  XX index users.ix missing\n"));
  EXPECT_THAT(said(invalid("ix")), HasSubstr("  XX index users.ix broken\n"));
  EXPECT_THAT(said(different(column("a", {{"not_null", "NOT NULL"}}), column("a"), "not_null",
                             {.sort = Sort::missing})),
              HasSubstr("  XX users.a NOT NULL missing\n      expected: NOT NULL\n      found:    "
                        "nothing\n"));
}

TEST(TextReport, NotesAndDoubtsHaveMarksOfTheirOwn) {
  auto note = missing(index("ix"));
  note.judgement = {.sort = Sort::missing, .weight = Weight::information, .reason = "why"};
  EXPECT_THAT(told(report(Job::verify, {note})),
              HasSubstr("  -- index users.ix: note\n      why\n"));
  note.judgement.weight = Weight::unconfirmed;
  EXPECT_THAT(told(report(Job::verify, {note})),
              HasSubstr("  !! index users.ix unconfirmed\n      why\n"));
}

TEST(TextReport, TheOutcomesHintGoesBeforeTheJudgements) {
  auto finding = with_outcome(missing(column("a")), Outcome::refused, "needs consent", "allow it");
  finding.judgement.hint = "another";
  const auto text = told(report(Job::ensure, {finding}));
  EXPECT_THAT(text, HasSubstr("  XX users.a missing\n      expected: integer\n      needs "
                              "consent\n      hint: allow it\n"));
  EXPECT_THAT(text, Not(HasSubstr("another")));
}

TEST(TextReport, NamesOtherKinds) {
  EXPECT_EQ(object_words(kinds::k_column, {"public", "users", "id"}), "users.id");
  EXPECT_EQ(object_words(kinds::k_table, {"public", "", "users"}), "users");
  EXPECT_EQ(object_words(kinds::k_foreign_key, {"app", "users", "k"}), "foreign key app.users.k");
}

TEST(TextReport, HasATitleForEachJob) {
  EXPECT_THAT(told(report(Job::verify)), HasSubstr("\nVerifying Database Schema\n"));
  EXPECT_THAT(told(report(Job::ensure)), HasSubstr("\nEnsuring Database Schema\n"));
  EXPECT_THAT(told(report(Job::plan)), HasSubstr("\nPlanning Schema Repairs\n"));
}

TEST(TextReport, ShowsTheNotesOfTheSubject) {
  auto noted = report(Job::verify);
  noted.subject.notes = {"the server is a standby: read-only"};
  EXPECT_THAT(told(noted), HasSubstr("note:     the server is a standby: read-only\n"));
}

// Repairs

TEST(TextReport, SaysWhatWasDone) {
  const auto changed = different(column("a"), column("a", {{"type", "text"}}), "type",
                                 {.sort = Sort::different, .consent = Consent::rewrite});
  const auto text = told(report(Job::ensure, {with_outcome(missing(column("b")), Outcome::repaired),
                                              with_outcome(missing(column("c")), Outcome::repaired),
                                              with_outcome(invalid("ix"), Outcome::repaired),
                                              with_outcome(changed, Outcome::repaired)}));
  EXPECT_THAT(text, HasSubstr("  !! index users.ix broken - repairing now...\n"));
  EXPECT_THAT(text, HasSubstr("  ok index users.ix repaired successfully\n"));
  EXPECT_THAT(text, HasSubstr("  !! users.a type different - changing now...\n"));
  EXPECT_THAT(text, HasSubstr("  ok users.a type changed successfully\n"));
  EXPECT_THAT(text, HasSubstr("Schema fixed - 2 item(s) added, 1 item(s) changed, 1 item(s) "
                              "repaired\n"));
}

TEST(TextReport, SaysWhatFailed) {
  auto failed =
      report(Job::ensure,
             {with_outcome(missing(column("a")), Outcome::failed, "the server says no", "ask it")});
  failed.repairs_tried = true;
  EXPECT_THAT(told(failed), HasSubstr("  XX users.a not repaired: the server says no\n"
                                      "      hint: ask it\n"));
}

TEST(TextReport, ADryRunShowsTheStatements) {
  auto dry = report(Job::ensure, {missing(column("a"))});
  dry.subject.dry_run = true;
  Stage query;
  query.form = Stage::Form::precondition;
  query.statements = {"SELECT 1"};
  dry.plan = Plan({step("users", {0}, {query, action("ALTER TABLE users", "ADD COLUMN a")})});
  const auto text = told(dry);
  EXPECT_THAT(text, HasSubstr("  XX users.a missing\n"));
  EXPECT_THAT(
      text,
      HasSubstr("\n\nWould run:\n"
                "  ALTER TABLE users ADD COLUMN a;\n"
                "      (ACCESS EXCLUSIVE lock, which blocks reads and writes; catalog only)\n"));
  EXPECT_THAT(text, Not(HasSubstr("SELECT 1")));
}

TEST(TextReport, NoLockIsSaidPlainly) {
  auto dry = report(Job::ensure);
  dry.subject.dry_run = true;
  auto create = action("CREATE TABLE t", "()");
  create.lock = Lock::none;
  dry.plan = Plan({step("t", {}, {create})});
  EXPECT_THAT(told(dry), HasSubstr("      (no lock; catalog only)\n"));
}

/// What comes on stderr.
std::string logged(Detail detail, std::chrono::milliseconds log_every) {
  Output output;
  TextReporter reporter(output.file(), k_ascii, detail, log_every);
  testing::internal::CaptureStderr();
  reporter.progress("building index, 10 %");
  reporter.progress("building index, 20 %");
  return testing::internal::GetCapturedStderr();
}

TEST(TextReport, ALogHearsOfWhatTakesLong) {
  EXPECT_EQ(logged(Detail::normal, std::chrono::milliseconds(0)),
            "pgmend: building index, 10 %\npgmend: building index, 20 %\n");
  EXPECT_EQ(logged(Detail::normal, std::chrono::hours(1)), "") << "not yet";
  EXPECT_EQ(logged(Detail::quiet, std::chrono::milliseconds(0)), "");
}

// Closings

TEST(Closing, Correct) {
  EXPECT_EQ(closing(report(Job::ensure)), "Schema is correct - no changes needed\n");
}

TEST(Closing, Fixed) {
  EXPECT_EQ(closing(report(Job::ensure, {with_outcome(missing(column("a")), Outcome::repaired)})),
            "Schema fixed - 1 item(s) added\n");
}

TEST(Closing, MendedBySomebodyElse) {
  EXPECT_EQ(closing(report(Job::ensure, {with_outcome(missing(column("a")), Outcome::gone)})),
            "Schema is correct - no changes needed\n");
}

TEST(Closing, Drift) {
  EXPECT_EQ(closing(report(Job::verify, {missing(column("a"))})),
            "Schema verification FAILED - 1 difference\n"
            "hint: to repair it run: pgmend ensure (or: pgmend verify --fix)\n");
  EXPECT_THAT(closing(report(Job::verify, {missing(column("a")), missing(column("b"))})),
              HasSubstr("FAILED - 2 differences\n"));
}

TEST(Closing, DriftInADryRun) {
  auto dry = report(Job::ensure, {missing(column("a"))});
  dry.subject.dry_run = true;
  EXPECT_EQ(closing(dry),
            "Schema verification FAILED - 1 difference\n"
            "hint: this was a dry run; to repair it run: pgmend ensure\n");
}

TEST(Closing, DriftThatIsAllRefused) {
  EXPECT_EQ(closing(report(Job::ensure, {with_outcome(missing(column("a")), Outcome::refused)})),
            "Schema verification FAILED - 1 difference\n"
            "hint: none of this is repaired without you; run without --quiet to see why\n");
}

/// What verify offers is the command of this run: the same source, filters and database.
TEST(Closing, DriftNamesTheWholeCommand) {
  auto found = report(Job::verify, {missing(column("a"))});
  found.subject.invocation.options = " --schema alembic: --table users";
  EXPECT_THAT(closing(found), HasSubstr("pgmend ensure --schema alembic: --table users\n"));
}

Finding with_consent(Finding finding, Consent consent) {
  finding.judgement.consent = consent;
  return finding;
}

TEST(Closing, DriftIsToldApartByWhatItTakes) {
  const auto extra = [] {
    auto made = missing(column("d"));
    made.judgement.sort = Sort::extra;
    return with_consent(made, Consent::drop);
  }();
  EXPECT_EQ(closing(report(Job::verify, {missing(column("a")),
                                         with_consent(missing(column("b")), Consent::rewrite),
                                         with_consent(missing(column("c")), Consent::alter), extra,
                                         with_consent(missing(column("e")), Consent::never)})),
            "Schema verification FAILED - 5 differences\n"
            "hint: 1 is repaired by: pgmend ensure; 2 need consent: "
            "pgmend ensure --allow alter,rewrite; 1 is not expected; to remove it, with what "
            "it holds: pgmend ensure --allow drop; 1 needs you: see what is said of it\n");
}

/// Nothing was tried and failed: it only has to be allowed.
TEST(Closing, WhatLacksConsentIsNoFailure) {
  auto refused = with_outcome(missing(column("a")), Outcome::refused);
  refused.outcome_text = "needs consent: alter";
  auto found =
      report(Job::ensure, {refused, with_outcome(missing(column("b")), Outcome::repaired)});
  found.repairs_tried = true;
  found.subject.invocation.allowed = {"replace"};
  EXPECT_EQ(closing(found),
            "Schema still differs - 1 item left, 1 item(s) added\n"
            "hint: to repair it run: pgmend ensure --allow alter,replace\n");
}

TEST(Closing, APasswordIsNotInTheCommand) {
  auto found = report(Job::verify, {missing(column("a"))});
  found.subject.invocation.options = " --database postgresql://app@db/shop";
  found.subject.invocation.lacks_password = true;
  EXPECT_THAT(closing(found), HasSubstr("password is left out: give it in PGPASSWORD"));
}

TEST(Closing, DriftThatIsNotOurs) {
  auto table = missing(object(kinds::k_table, {"public", "", "users"}));
  table.judgement.consent = Consent::never;
  auto column_of_it = missing(column("a"));
  column_of_it.consequence = true;
  EXPECT_EQ(closing(report(Job::verify, {table, column_of_it})),
            "Schema verification FAILED - 1 difference\n"
            "hint: none of this is for pgmend to repair; run without --quiet to see why\n");
}

TEST(Closing, Failed) {
  auto failed = report(Job::ensure, {with_outcome(missing(column("a")), Outcome::failed),
                                     with_outcome(missing(column("b")), Outcome::repaired)});
  failed.repairs_tried = true;
  EXPECT_EQ(closing(failed),
            "Failed to fix schema issues - 1 item left, 1 item(s) added\n"
            "hint: run without --quiet to see why; mend them and run the same command again\n");
}

TEST(Closing, Unconfirmed) {
  auto doubt = missing(index("ix"));
  doubt.judgement.weight = Weight::unconfirmed;
  EXPECT_EQ(closing(report(Job::verify, {doubt})),
            "Could not verify schema - some of it is unconfirmed\n"
            "hint: what was checked is correct; the rest is marked above with the reason\n");
}

TEST(Closing, Interrupted) {
  auto stopped = report(Job::ensure, {missing(column("a"))});
  stopped.interrupted = true;
  EXPECT_EQ(closing(stopped),
            "Interrupted - nothing was changed\n"
            "hint: run the same command again to finish\n");
  stopped.repairs_tried = true;
  EXPECT_EQ(closing(stopped),
            "Interrupted - what is done stays done\n"
            "hint: run the same command again to finish\n");
}

TEST(Closing, Failure) {
  auto lost = report(Job::verify);
  lost.failure = "connection lost";
  lost.failure_hint = "look at the server";
  EXPECT_EQ(closing(lost), "Could not verify schema - connection lost\nhint: look at the server\n");
  lost.repairs_tried = true;
  EXPECT_EQ(closing(lost),
            "Failed to fix schema issues - connection lost\nhint: look at the server\n");
}

TEST(Closing, WithoutABeginningHasNoRules) {
  Output output;
  TextReporter reporter(output.file(), k_ascii, Detail::normal);
  Report lost;
  lost.failure = "no route to host";
  reporter.end(lost);
  EXPECT_EQ(output.text(), "Could not verify schema - no route to host\n");
}

// Detail

Report of_many_relations(int number, std::vector<Finding> findings = {}) {
  auto made = report(Job::verify);
  Names names;
  for (int i = 1; i <= number; ++i) {
    const auto name = "t" + std::to_string(i);
    names.emplace_back(&kinds::k_table, Name{"public", "", name});
    names.emplace_back(&kinds::k_column, Name{"public", name, "a"});
  }
  made.checked = checked(names);
  made.findings = std::move(findings);
  return made;
}

TEST(Detail, FewRelationsAreShownInFull) {
  const auto text = told(of_many_relations(4));
  EXPECT_THAT(text, HasSubstr("\nChecking t4 table...\n  ok t4.a exists\n"));
  EXPECT_THAT(text, Not(HasSubstr("correct (")));
}

TEST(Detail, ManyRelationsTakeALineEach) {
  const auto text = told(of_many_relations(5));
  EXPECT_THAT(text, HasSubstr("\nok t1 correct (2 items)\nok t2 correct (2 items)\n"));
  EXPECT_THAT(text, Not(HasSubstr("Checking")));
}

TEST(Detail, OfManyTheWrongOnesAreShown) {
  const auto wrong = object(kinds::k_column, {"public", "t3", "b"}, {{"type", "text"}});
  const auto text = told(of_many_relations(5, {missing(wrong)}));
  EXPECT_THAT(text, HasSubstr("ok t2 correct (2 items)\n"
                              "\nChecking t3 table...\n  ok 2 items correct\n  XX t3.b missing\n"
                              "      expected: text\n"
                              "ok t4 correct (2 items)\n"));
}

TEST(Detail, VerboseShowsAll) {
  const auto text = told(of_many_relations(5), k_ascii, Detail::verbose);
  EXPECT_THAT(text, HasSubstr("\nChecking t5 table...\n  ok t5.a exists\n"));
}

TEST(Detail, QuietIsTheVerdictOnly) {
  EXPECT_EQ(told(of_many_relations(5), k_ascii, Detail::quiet),
            "Schema is correct - no changes needed\n");
}

TEST(Detail, ConsequencesAreForTheVerbose) {
  const auto table = missing(object(kinds::k_table, {"public", "", "users"}));
  auto consequence = missing(column("a"));
  consequence.consequence = true;
  const auto both = report(Job::verify, {table, consequence});
  EXPECT_THAT(told(both), Not(HasSubstr("users.a missing")));
  EXPECT_THAT(told(both), HasSubstr("  XX users missing\n"));
  EXPECT_THAT(told(both, k_ascii, Detail::verbose), HasSubstr("  XX users.a missing\n"));
}

TEST(Detail, ATableAloneExists) {
  auto alone = report(Job::verify);
  alone.checked = checked({{&kinds::k_table, {"public", "", "users"}}});
  EXPECT_THAT(told(alone), HasSubstr("Checking users table...\n  ok users exists\n"));
}

// Style

TEST(Style, UnicodeMarks) {
  const auto text = told(report(Job::verify, {missing(column("a"))}), k_unicode);
  EXPECT_THAT(text, HasSubstr("  ✓ users.id exists\n"));
  EXPECT_THAT(text, HasSubstr("  ✗ users.a missing\n"));
  EXPECT_THAT(text, HasSubstr("\n❌ Schema verification FAILED"));
  EXPECT_EQ(closing(report(Job::verify), k_unicode), "✅ Schema is correct - no changes needed\n");
}

TEST(Style, AsciiIsAscii) {
  auto all = report(Job::ensure, {with_outcome(missing(column("a")), Outcome::repaired),
                                  with_outcome(missing(column("b")), Outcome::failed, "x", "y"),
                                  with_outcome(missing(column("c")), Outcome::refused, "x", "y")});
  for (const char c : told(all, k_ascii, Detail::verbose))
    ASSERT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << static_cast<int>(c);
}

TEST(Style, Colours) {
  const auto text = told(report(Job::verify, {missing(column("a"))}), k_color);
  EXPECT_THAT(text, HasSubstr("\033[1mVerifying Database Schema\033[0m\n"));
  EXPECT_THAT(text, HasSubstr("  \033[32m✓\033[0m users.id exists\n"));
  EXPECT_THAT(text, HasSubstr("  \033[31m✗\033[0m users.a missing\n"));
  EXPECT_THAT(text, HasSubstr("\033[31m❌ Schema verification FAILED - 1 difference\033[0m\n"));
  EXPECT_EQ(closing(report(Job::verify), k_color),
            "\033[32m✅ Schema is correct - no changes needed\033[0m\n");
}

TEST(Style, ColourIsAllThatColourAdds) {
  const auto drift = report(Job::verify, {missing(column("a"))});
  EXPECT_EQ(without_color(told(drift, k_color)), told(drift, k_unicode));
}

// Width

std::string long_words() {
  std::string out;
  for (int i = 0; i < 40; ++i) out += i == 0 ? "words" : " words";
  return out;
}

TEST(Width, NoLineIsWiderThan80Columns) {
  auto finding = different(column("a", {{"default", long_words()}}),
                           column("a", {{"default", long_words() + '.'}}), "default",
                           {.sort = Sort::different, .reason = long_words(), .hint = long_words()});
  auto failed = with_outcome(missing(column("b")), Outcome::failed, long_words(), long_words());
  auto all = report(Job::ensure, {with_outcome(finding, Outcome::refused, long_words()), failed});
  all.subject.target = long_words();
  all.subject.source = long_words();
  all.subject.notes = {long_words()};
  all.subject.dry_run = true;
  auto build = action("", "CREATE INDEX CONCURRENTLY");
  build.lock = Lock::share_update_exclusive;
  build.cost = Cost::build;
  all.plan = Plan({step("users", {0}, {build})});
  const auto text = told(all, k_narrow);
  for (const auto line : text::split(text, '\n')) EXPECT_LE(text::width(line), 80U) << line;
  EXPECT_THAT(told(all), HasSubstr("note:     " + long_words() + "\n"));
  auto lost = report(Job::verify);
  lost.failure = long_words();
  lost.failure_hint = long_words();
  const auto end = closing(lost, k_narrow);
  for (const auto line : text::split(end, '\n')) EXPECT_LE(text::width(line), 80U) << line;
}

TEST(Width, LaterLinesOfAValueStandUnderTheFirst) {
  const auto finding = different(column("a", {{"default", long_words()}}), column("a"), "default",
                                 {.sort = Sort::missing});
  EXPECT_THAT(told(report(Job::verify, {finding}), k_narrow),
              testing::ContainsRegex("      expected: words words[^\n]*\n                words"));
}

TEST(Progress, IsForTerminalsOnly) {
  testing::internal::CaptureStderr();
  Output output;
  TextReporter reporter(output.file(), k_ascii, Detail::normal);
  reporter.progress("waiting for a lock");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(output.text(), "");
}

TEST(Progress, IsTakenAwayBeforeTheNextLine) {
  testing::internal::CaptureStderr();
  Output output;
  auto style = k_ascii;
  style.is_terminal = true;
  TextReporter reporter(output.file(), style, Detail::normal);
  reporter.progress("waiting for a lock");
  reporter.end({});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "  waiting for a lock\r\033[2K\r");
}

}  // namespace
}  // namespace pgmend::report
