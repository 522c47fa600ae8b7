// SPDX-License-Identifier: MIT
// Names are data: whatever one holds, it begins no line, colours nothing and ends no cell, in all
// forms of a report.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "app/output/formats.hpp"
#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "report/progress_log.hpp"
#include "report_output.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::HasSubstr;
using testing::Not;

const std::string k_name = "x\nBEGINS\r\x1b[31m\x07 |` --> <b>*_@you\xE2\x80\xAE";

/// The name wherever one may get to: as a name, in SQL, and in the words of others.
Report report_about(const std::string& name) {
  Report report;
  report.subject = {.job = Job::plan,
                    .target = name + " on localhost",
                    .origin = name,
                    .source = name + ".yaml",
                    .notes = {"a note on " + name}};
  auto lost = missing(object(kinds::k_column, {name, name, name}, {{"type", "integer"}}));
  lost.judgement.reason = "because of " + name;
  lost.judgement.hint = "look at " + text::visible(name);
  lost.where = {name, 7, 3};
  lost.origin = Origin{.tool = "Alembic", .revision = name, .where = {name, 1, 1}};
  auto other = missing(object(kinds::k_index, {"public", "users", name}, {}));
  other.outcome = Outcome::refused;
  other.outcome_text = "there is " + name;
  report.findings = {lost, other};
  Ledger ledger;
  ledger.tool = "Alembic";
  ledger.table = name;
  ledger.recorded = {name};
  report.standing.ledgers = {ledger};
  report.standing.evidence = {"seen: " + name};
  report.notes = {"noted: " + name};
  const auto quoted = sql::quote_ident(name);
  Stage stage;
  stage.statements = {"ALTER TABLE t ADD " + quoted + " int"};
  Step step;
  step.findings = {0};
  step.recipe.stages = {stage};
  report.plan = Plan({step});
  return report;
}

std::string told(const app::Format& format, const Report& report) {
  if (format.render)
    return format.render({.report = report, .exit_code = 1, .faults = {}, .version = "1"});
  const Output output;
  const auto reporter = format.follow(output.file(), {}, Detail::verbose);
  reporter->begin(report.subject);
  reporter->checked(report);
  for (const auto& finding : report.findings) {
    reporter->mending(finding);
    reporter->mended(finding);
  }
  reporter->end(report);
  return output.text();
}

/// Nothing in it but lines of text.
void expect_harmless(const std::string& text, std::string_view where) {
  EXPECT_EQ(text, text::visible_lines(text)) << where;
  for (const auto line : text::split(text, '\n'))
    EXPECT_FALSE(text::trim(line).starts_with("BEGINS")) << where << ": " << line;
}

TEST(OddNames, AreDataInEveryForm) {
  const auto report = report_about(k_name);
  for (const auto& format : app::formats()) {
    const auto text = told(format, report);
    expect_harmless(text, format.name);
    EXPECT_THAT(text, HasSubstr("BEGINS")) << format.name;
    const bool has_markup = format.name == "html" || format.name == "junit";
    if (has_markup) {
      EXPECT_THAT(text, Not(HasSubstr("<b>*"))) << format.name;
    }
  }
}

TEST(OddNames, EndNoCellAndNoFenceOfMarkdown) {
  const auto report = told(*app::find_format("markdown"), report_about(k_name));
  for (const auto line : text::split(report, '\n')) {
    if (!line.starts_with("| ")) continue;
    EXPECT_THAT(std::string(line), Not(HasSubstr(" |`"))) << line;
  }
}

TEST(OddNames, AreExactInJson) {
  const auto report = report_about(k_name);
  const auto json = nlohmann::json::parse(told(*app::find_format("json"), report));
  EXPECT_EQ(json["findings"][0]["name"], k_name);
  EXPECT_EQ(json["findings"][0]["statements"][0]["sql"],
            "ALTER TABLE t ADD " + sql::quote_ident(k_name) + " int");
}

TEST(OddNames, BytesThatAreNoTextHarmNoForm) {
  using namespace std::string_literals;
  auto report = report_about("a\0\xff\xc3z\nBEGINS"s);
  report.plan = {};  // SQL is as exact as it can be
  for (const auto& format : app::formats()) expect_harmless(told(format, report), format.name);
}

TEST(OddNames, AreDataInProgress) {
  testing::internal::CaptureStderr();
  report::ProgressLog(std::chrono::milliseconds(0)).say("building " + k_name);
  const auto text = testing::internal::GetCapturedStderr();
  expect_harmless(text, "progress");
  EXPECT_THAT(text, HasSubstr("BEGINS"));
}

/// A script runs as it stands, whatever the names are.
TEST(OddNames, StayTheSameInAScript) {
  const auto script = told(*app::find_format("sql"), report_about("two\nlines"));
  EXPECT_THAT(script, HasSubstr("ALTER TABLE t ADD U&\"two\\000Alines\" int;\n"));
}

}  // namespace
}  // namespace pgmend
