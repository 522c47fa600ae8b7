// SPDX-License-Identifier: MIT
// --format: every document of a real run is held against the description of its form.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli.hpp"
#include "util/subprocess.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* k_drift = "tables: {users: {columns: {id: int NOT NULL, age: int}}}\n";
constexpr const char* k_correct = "tables: {users: {columns: {id: int NOT NULL}}}\n";

struct Written {
  const char* format;
  const char* file;
  std::vector<std::string> check;  // the command that knows the form; empty: none does
};

const std::vector<Written>& all_written() {
  const std::string schemas = PGMEND_FORMAT_SCHEMAS;
  const auto validate = schemas + "/validate.py";
  static const std::vector<Written> all = {
      {"json", "r.json", {"python3", validate, PGMEND_REPORT_SCHEMA}},
      {"sarif", "r.sarif", {"python3", validate, schemas + "/sarif.schema.json"}},
      {"gitlab", "r.gitlab", {"python3", validate, schemas + "/gitlab.schema.json"}},
      {"junit", "r.xml", {"xmllint", "--noout", "--relaxng", schemas + "/junit.rng"}},
      {"github", "r.github", {}},
      {"markdown", "r.md", {}},
      {"sql", "r.sql", {}},
      {"text", "r.txt", {}},
      {"html", "r.html", {}}};
  return all;
}

class Formats : public CliTest {
 protected:
  /// All formats to files at once, each of them checked; the JSON report is returned.
  json documents(Arguments args, int exit_code, const std::string& url) const {
    std::vector<std::string> behind;
    if (const auto end = std::find(args.begin(), args.end(), "--"); end != args.end()) {
      behind.assign(end, args.end());
      args.erase(end, args.end());
    }
    for (const auto& [format, file, check] : all_written())
      args.insert(args.end(), {"--format", fmt::format("{}={}", format, file)});
    args.insert(args.end(), {"--database", url});
    args.insert(args.end(), behind.begin(), behind.end());
    const auto result = run_bare(args);
    EXPECT_EQ(result.exit_code, exit_code) << testing::PrintToString(result);
    for (const auto& written : all_written()) expect_valid(written);
    auto report = json::parse(folder().read("r.json"));
    EXPECT_EQ(report["exit_code"], exit_code);
    return report;
  }
  json documents(const Arguments& args, int exit_code) const {
    return documents(args, exit_code, db().url());
  }

  void expect_valid(const Written& written) const {
    EXPECT_NE(folder().read(written.file), "") << written.format;
    if (written.check.empty()) return;
    subprocess::Command command;
    command.argv = written.check;
    command.argv.push_back(folder().path(written.file));
    command.env = clean_environment();
    const auto checked = subprocess::run(command);
    EXPECT_EQ(checked.exit_code, 0)
        << testing::PrintToString(checked) << folder().read(written.file);
  }

  void migrations(const std::string& recorded) const {
    folder().write("alembic.ini", "[alembic]\nscript_location = migrations\n");
    const auto script = [&](const std::string& id, const std::string& down,
                            const std::string& body) {
      folder().write("migrations/versions/" + id + ".py",
                     fmt::format("from alembic import op\nimport sqlalchemy as sa\n"
                                 "revision = '{}'\ndown_revision = {}\n\n"
                                 "def upgrade():\n    {}\n",
                                 id, down, body));
    };
    script("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))");
    script("b2", "'a1'", "op.add_column('users', sa.Column('age', sa.Integer))");
    db().exec(
        "CREATE TABLE alembic_version (version_num text PRIMARY KEY);"
        "INSERT INTO alembic_version VALUES ('" +
        recorded + "')");
  }
};

TEST_F(Formats, Correct) {
  spec(k_correct);
  const auto report = documents({"verify"}, exit_correct);
  EXPECT_EQ(report["verdict"], "correct");
  EXPECT_EQ(report["counts"]["checked"], 2);
  EXPECT_EQ(folder().read("r.gitlab"), "[]\n");
  EXPECT_TRUE(folder().read("r.github").starts_with("::notice title=pgmend::verdict: correct"));
  EXPECT_TRUE(contains(folder().read("r.md"), "### ✅ pgmend: correct"));
}

TEST_F(Formats, DriftWithWhatWouldRepairIt) {
  spec(k_drift);
  const auto before = state();
  const auto report = documents({"verify"}, exit_drift);
  EXPECT_EQ(before, state());
  EXPECT_EQ(report["verdict"], "drift");
  const auto& finding = report["findings"].at(0);
  EXPECT_EQ(finding["id"], "column.missing");
  EXPECT_EQ(finding["outcome"], "open");
  EXPECT_EQ(finding["where"], json({{"file", "pgmend.yaml"}, {"line", 1}, {"column", 46}}));
  EXPECT_EQ(finding["statements"].at(0)["sql"],
            "ALTER TABLE \"public\".\"users\" ADD COLUMN \"age\" integer");
  EXPECT_EQ(finding["statements"].at(0)["lock"], "ACCESS EXCLUSIVE");
  EXPECT_TRUE(contains(folder().read("r.github"), "::error file=pgmend.yaml,line=1,col=46,"));
  EXPECT_TRUE(contains(folder().read("r.sql"), "ADD COLUMN \"age\" integer;"));
  EXPECT_TRUE(contains(folder().read("r.txt"), "users.age missing"));
}

TEST_F(Formats, Repaired) {
  spec(k_drift);
  const auto report = documents({"ensure"}, exit_correct);
  EXPECT_EQ(report["verdict"], "correct");
  EXPECT_EQ(report["findings"].at(0)["outcome"], "repaired");
  EXPECT_EQ(folder().read("r.gitlab"), "[]\n");
  EXPECT_TRUE(contains(folder().read("r.txt"), "users.age added successfully"));
}

TEST_F(Formats, RefusedForLackOfConsent) {
  spec("tables: {users: {columns: {id: bigint NOT NULL}}}");
  const auto report = documents({"ensure"}, exit_drift);
  EXPECT_EQ(report["verdict"], "drift");
  EXPECT_EQ(report["findings"].at(0)["id"], "column.type");
  EXPECT_EQ(report["findings"].at(0)["expected"], "bigint");
  EXPECT_EQ(report["findings"].at(0)["outcome"], "refused");
  EXPECT_EQ(report["findings"].at(0)["outcome_reason"], "needs consent: rewrite");
}

TEST_F(Formats, Failed) {
  spec(k_drift);
  db().exec(
      "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS "
      "$$BEGIN RAISE EXCEPTION 'not <today> & never'; END$$;"
      "CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('ALTER TABLE') "
      "EXECUTE FUNCTION no()");
  const auto report = documents({"ensure"}, exit_failed);
  EXPECT_EQ(report["verdict"], "drift");
  EXPECT_EQ(report["counts"]["failed"], 1);
  EXPECT_EQ(report["findings"].at(0)["outcome"], "failed");
  EXPECT_TRUE(contains(report["findings"].at(0)["outcome_reason"].get<std::string>(),
                       "not <today> & never"));
}

TEST_F(Formats, Pending) {
  spec(k_drift);
  migrations("a1");
  const auto report = documents({"ensure"}, exit_not_now);
  EXPECT_EQ(report["verdict"], "pending");
  EXPECT_EQ(report["standing"]["obstacle"], "pending");
  EXPECT_EQ(report["standing"]["ledgers"].at(0)["pending"].at(0)["id"], "b2");
  EXPECT_TRUE(contains(folder().read("r.github"), "title=pgmend%3A pending%3A 1 migration"));
}

TEST_F(Formats, Unclear) {
  spec(k_drift);
  migrations("zz");
  const auto report = documents({"verify"}, exit_not_now);
  EXPECT_EQ(report["verdict"], "unclear");
  EXPECT_EQ(report["standing"]["ledgers"].at(0)["unknown"].at(0), "zz");
}

TEST_F(Formats, TheRevisionThatLied) {
  spec(k_drift);
  migrations("b2");
  const auto report = documents({"verify"}, exit_drift);
  const auto& origin = report["findings"].at(0)["origin"];
  EXPECT_EQ(origin["revision"], "b2");
  EXPECT_EQ(origin["applied"], true);
  EXPECT_EQ(origin["where"]["file"], "migrations/versions/b2.py");
  const auto sarif = json::parse(folder().read("r.sarif"));
  EXPECT_EQ(sarif["runs"][0]["results"][0]["relatedLocations"][0]["physicalLocation"]
                 ["artifactLocation"]["uri"],
            "migrations/versions/b2.py");
}

TEST_F(Formats, Unconfirmed) {
  db().exec("ALTER TABLE users ADD CONSTRAINT positive CHECK (id > 0)");
  spec("tables: {users: {columns: {id: int NOT NULL}, constraints: {positive: CHECK (id > 0)}}}");
  auto holder = db().connect();
  holder.query("BEGIN");
  holder.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
  const auto report = documents({"verify"}, exit_unverified);
  EXPECT_EQ(report["verdict"], "unconfirmed");
  EXPECT_EQ(report["failure"], nullptr);
  EXPECT_TRUE(contains(folder().read("r.xml"), "<error type="));
}

TEST_F(Formats, ADatabaseThatIsNotThere) {
  spec(k_drift);
  const auto report = documents({"verify"}, exit_unverified, "postgresql://u:s3cret@127.0.0.1:1/x");
  EXPECT_EQ(report["verdict"], "unconfirmed");
  EXPECT_TRUE(contains(report["failure"]["message"].get<std::string>(), "Connection refused"));
  const auto sarif = json::parse(folder().read("r.sarif"));
  EXPECT_EQ(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
  EXPECT_TRUE(contains(folder().read("r.xml"), "<error type=\"run.failure\""));
}

TEST_F(Formats, ABadSpec) {
  spec("tables:\n  users:\n    colums: {}\n");
  const auto report = documents({"ensure"}, exit_usage);
  const auto& fault = report["failure"]["faults"].at(0);
  EXPECT_EQ(fault["where"]["line"], 3);
  EXPECT_TRUE(contains(folder().read("r.github"), "::error file=pgmend.yaml,line=3,"));
}

TEST_F(Formats, AMigrationThatFails) {
  spec(k_correct);
  const auto report = documents({"migrate", "--", "false"}, exit_failed);
  EXPECT_TRUE(contains(report["failure"]["message"].get<std::string>(), "Migrations failed"));
}

TEST_F(Formats, NamesThatMeanSomethingElsewhere) {
  spec(
      "tables:\n  \"a|b<c>&\":\n    columns:\n"
      "      \"x\\n::error::`y`\\\"%0A\": int\n      \"ü]](z) ]]> {0}\": int\n"
      "      \"\\u0001\": int\n");
  db().exec("CREATE TABLE \"a|b<c>&\" ()");
  const auto report = documents({"verify"}, exit_drift);
  EXPECT_EQ(report["findings"].at(0)["name"], "x\n::error::`y`\"%0A");
  EXPECT_EQ(report["findings"].at(1)["name"], "ü]](z) ]]> {0}");
  const auto commands = folder().read("r.github");
  for (const auto line : text::split(commands, '\n'))
    EXPECT_TRUE(line.empty() || line.starts_with("::error ")) << line;
  EXPECT_TRUE(contains(folder().read("r.md"), "| ❌ | \"a\\|b&#60;c&#62;&#38;\".\"x\\\\n::error::"));
}

TEST_F(Formats, NoPasswordIsInAny) {
  spec(k_drift);
  const auto url = text::replace_all(db().url(), "postgres@", "postgres:s3cret@");
  documents({"verify"}, exit_drift, url);
  for (const auto& written : all_written())
    EXPECT_TRUE(contains_not(folder().read(written.file), "s3cret")) << written.format;
  documents({"verify"}, exit_unverified, "postgresql://u:s3cret@127.0.0.1:1/x");
  for (const auto& written : all_written())
    EXPECT_TRUE(contains_not(folder().read(written.file), "s3cret")) << written.format;
}

class FormatOutput : public Formats {
 protected:
  FormatOutput() { spec(k_drift); }
  long entries() const {
    return std::distance(fs::directory_iterator(folder().path()), fs::directory_iterator());
  }
};

TEST_F(FormatOutput, WithFilesOnlyTheUsualReportIsOnStdout) {
  EXPECT_TRUE(contains(run({"verify", "--format", "json=r.json"}).out, "✗ users.age missing"));
  EXPECT_TRUE(contains(run({"plan", "--format", "json=r.json"}).out, "\\set ON_ERROR_STOP on"));
  EXPECT_EQ(entries(), 2);  // and nothing half-written beside them
}

TEST_F(FormatOutput, OneMayTakeStdout) {
  for (const auto* format : {"json", "json=-", "json="}) {
    const auto result = run({"verify", "--format", format});
    EXPECT_EQ(result.exit_code, exit_drift);
    EXPECT_EQ(json::parse(result.out)["verdict"], "drift");
    EXPECT_EQ(result.err, "");
  }
  EXPECT_EQ(json::parse(run({"plan", "--format", "json"}).out)["job"], "plan");
}

TEST_F(FormatOutput, WhatAMigrationSaysStaysOutOfADocument) {
  const auto result = run_bare({"migrate", "--format", "json", "--database", db().url(), "--", "sh",
                                "-c", "echo out; echo err >&2"});
  EXPECT_EQ(json::parse(result.out)["findings"].at(0)["outcome"], "repaired");
  EXPECT_TRUE(contains_in_order(result.err, {"Running sh", "out\n", "err\n"}));
}

TEST_F(FormatOutput, TheErrorIsOnStderrAndInTheDocument) {
  spec("tables: [");
  const auto result = run({"verify", "--format", "json"});
  EXPECT_EQ(result.exit_code, exit_usage);
  EXPECT_EQ(json::parse(result.out)["exit_code"], exit_usage);
  EXPECT_TRUE(contains(result.err, "pgmend.yaml:1"));
}

TEST_F(FormatOutput, AFileThatCannotBeWrittenIsFoundOutFirst) {
  const auto before = state();
  const auto missing = run({"ensure", "--format", "json=none/r.json"});
  EXPECT_EQ(missing.exit_code, exit_usage);
  EXPECT_TRUE(contains(missing.err, "none/r.json cannot be written: No such file or directory"));
  EXPECT_TRUE(contains(missing.err, "hint: there is no folder none; make it first: mkdir -p none"));
  const auto is_folder = run({"ensure", "--format", "json=."});
  EXPECT_EQ(is_folder.exit_code, exit_usage);
  EXPECT_TRUE(contains(is_folder.err, ". cannot be written: Is a directory"));
  EXPECT_EQ(before, state());
}

TEST_F(FormatOutput, WrongUse) {
  const auto both = run({"verify", "--format", "json", "--format", "sql"});
  EXPECT_EQ(both.exit_code, exit_usage);
  EXPECT_TRUE(contains(unwrapped(both.err), "json and sql cannot both go to stdout"));
  const auto same = run({"verify", "--format", "json=r", "--format", "sql=r"});
  EXPECT_TRUE(contains(unwrapped(same.err), "json and sql cannot both go to r"));
  const auto unknown = run({"verify", "--format", "xml"});
  EXPECT_EQ(unknown.exit_code, exit_usage);
  EXPECT_TRUE(contains(unwrapped(unknown.err), "`xml` is not one of text, sql, alembic, json, "));
  EXPECT_EQ(run({"snapshot", "--format", "json"}).exit_code, exit_usage);
}

TEST_F(FormatOutput, Diff) {
  folder().write("a.sql", "CREATE TABLE t (a int, b int);");
  folder().write("b.sql", "CREATE TABLE t (a int);");
  const auto result = run_bare({"diff", "a.sql", "b.sql", "--format", "json"});
  EXPECT_EQ(result.exit_code, exit_drift);
  const auto report = json::parse(result.out);
  EXPECT_EQ(report["job"], "diff");
  EXPECT_EQ(report["findings"].at(0)["name"], "b");
}

/// Each line of stderr.
std::vector<json> log_lines(const RunResult& result) {
  std::vector<json> lines;
  for (const auto line : text::split(result.err, '\n'))
    if (!line.empty()) lines.push_back(json::parse(line));
  return lines;
}

TEST_F(FormatOutput, TheLogCanBeLinesOfJson) {
  const auto result = run({"verify", "--log-format", "json", "--log-sql"});
  EXPECT_EQ(result.out, run({"verify"}).out);
  const auto lines = log_lines(result);
  ASSERT_GT(lines.size(), 5U);
  for (const auto& line : lines) {
    EXPECT_TRUE(contains_match(line["time"].get<std::string>(), R"(^20\d\d-.*T.*\.\d\d\dZ$)"));
    EXPECT_EQ(line["level"], "debug");
    EXPECT_EQ(line["message"], "sql");
    EXPECT_NE(line["sql"], "");
  }
}

TEST_F(FormatOutput, ErrorsAreInTheLogToo) {
  const auto result = run_bare(
      {"verify", "--log-format", "json", "--database", "postgresql://u:s3cret@127.0.0.1:1/x"});
  const auto lines = log_lines(result);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]["level"], "error");
  EXPECT_EQ(lines[0]["exit_code"], "3");
  EXPECT_TRUE(contains(lines[0]["message"].get<std::string>(), "Connection refused"));
  EXPECT_NE(lines[0]["hint"], "");
  EXPECT_TRUE(contains_not(result.err, "s3cret"));
  spec("tables:\n  users:\n    colums: {}\n    colmns: {}\n");
  EXPECT_GE(log_lines(run({"verify", "--log-format", "json"})).size(), 1U);
}

TEST_F(FormatOutput, StderrCanHoldOne) {
  const auto result = run({"verify", "--format", "text", "--format", "github=/dev/stderr"});
  EXPECT_TRUE(contains(result.out, "✗ users.age missing"));
  EXPECT_TRUE(result.err.starts_with("::error title=pgmend::verdict: drift")) << result.err;
}

TEST_F(FormatOutput, TheVerdictIsInTheFirstLineOfTextAndInItsLast) {
  for (const auto* command : {"verify", "ensure"}) {
    const auto out = run({command}).out;
    const auto text = text::trim(out);
    for (const auto line : {text.substr(0, text.find('\n')), text.substr(text.rfind('\n') + 1)}) {
      EXPECT_TRUE(line.starts_with("verdict: ")) << line;
      EXPECT_LT(text::width(line), 120U);
    }
  }
}

}  // namespace
}  // namespace pgmend::test
