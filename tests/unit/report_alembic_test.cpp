// SPDX-License-Identifier: MIT
// What a revision says. That it does what ensure does, tests/projects/alembic_revision_test.cpp
// sees.
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "report/alembic.hpp"
#include "report/alembic/column_type.hpp"
#include "report/alembic/operations.hpp"
#include "report/alembic/python.hpp"
#include "util/text.hpp"

namespace pgmend::report {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::HasSubstr;
using testing::Not;
using testing::Optional;
using testing::StartsWith;

const auto k_alter = std::string("ALTER TABLE \"public\".\"users\"");

Object column(const std::string& name, Texts values = {{"type", "integer"}}) {
  return object(kinds::k_column, {"public", "users", name}, values);
}

Stage stage(Stage::Form form, std::vector<std::string> statements, Lock lock, Cost cost) {
  Stage made;
  made.form = form;
  made.statements = std::move(statements);
  made.lock = lock;
  made.cost = cost;
  return made;
}

Document plan_of(std::vector<Finding> findings, std::vector<Step> steps) {
  Document document;
  document.version = "1.2.3";
  auto& report = document.report;
  report.subject.job = Job::plan;
  report.subject.source = "schema.sql";
  report.findings = std::move(findings);
  report.plan = Plan(std::move(steps));
  report.standing.ledgers.emplace_back();
  auto& ledger = report.standing.ledgers.front();
  ledger.tool = "Alembic";
  ledger.scripts = "migrations/versions";
  ledger.heads = {"a1"};
  return document;
}

Document one(const Finding& finding, std::vector<Stage> stages) {
  return plan_of({finding}, {step(finding.name.relation, {0}, std::move(stages))});
}

std::string upgrade(const Document& document) {
  const auto text = alembic(document);
  const auto begin = text.find("def upgrade():\n");
  return text.substr(begin, text.find("\n\ndef downgrade") - begin);
}

using revision::operation;

/// "op.x(a, b)"; empty if there is none.
std::string said(const Finding& finding, const std::string& statement) {
  const auto made = operation(finding, statement);
  return made ? made->name + "(" + text::join(made->arguments, ", ") + ")" : "";
}

TEST(AlembicReport, IsARevision) {
  const auto text =
      alembic(one(missing(column("age")), {action(k_alter, "ADD COLUMN \"age\" integer")}));
  EXPECT_THAT(text, StartsWith("\"\"\"What the migrations lack: users.age\n\nRevision ID: "));
  EXPECT_THAT(text, HasSubstr("\nRevises: a1\nCreate Date: 1970-01-01 00:00:00+00:00\n"));
  EXPECT_THAT(text, HasSubstr("\ndown_revision = \"a1\"\nbranch_labels = None\n"));
  EXPECT_THAT(text,
              HasSubstr("\n\ndef upgrade():\n"
                        "    # users.age missing\n"
                        "    op.execute(\"SET LOCAL lock_timeout = '1s'\")\n"
                        "    if lacks(COLUMN, relation='\"public\".\"users\"', name=\"age\"):\n"
                        "        op.add_column(\n"
                        "            \"users\",\n"
                        "            sa.Column(\"age\", sa.Integer(), nullable=True),\n"
                        "            schema=\"public\",\n"
                        "        )\n"
                        "\n"
                        "    op.execute(\"SET LOCAL lock_timeout TO DEFAULT\")\n"
                        "\n\ndef downgrade():\n"));
  EXPECT_THAT(text, HasSubstr("\nCOLUMN = \"\"\"\n    SELECT 1 FROM pg_attribute"));
  EXPECT_THAT(text, Not(HasSubstr("refuse_if")));
  EXPECT_THAT(text, Not(HasSubstr("dialects")));
}

TEST(AlembicReport, TheSameChangesAreTheSameRevision) {
  auto document = one(missing(column("age")), {action(k_alter, "ADD COLUMN \"age\" integer")});
  const auto id = [&] {
    const auto text = alembic(document);
    return text.substr(text.find("\nrevision = ") + 13, 12);
  };
  const auto first = id();
  document.started += std::chrono::hours(5);
  EXPECT_EQ(id(), first);
  document.report.standing.ledgers.front().heads = {"b2"};
  EXPECT_NE(id(), first);
  document.report.standing.ledgers.front().heads = {};
  EXPECT_THAT(alembic(document), HasSubstr("\ndown_revision = None\n"));
}

TEST(AlembicReport, AnOperationIsTakenOnlyWhereItSaysTheSame) {
  const auto age = missing(column("age", {{"type", "integer"}, {"not_null", "NOT NULL"}}));
  EXPECT_EQ(said(age, k_alter + " ADD COLUMN \"age\" integer NOT NULL"),
            "op.add_column(\"users\", sa.Column(\"age\", sa.Integer(), nullable=False), "
            "schema=\"public\")");
  EXPECT_EQ(said(age, k_alter + " ADD COLUMN \"age\" integer NOT NULL NO INHERIT"), "");
  EXPECT_EQ(said(age, k_alter + " ALTER COLUMN \"age\" SET NOT NULL"),
            "op.alter_column(\"users\", \"age\", nullable=False, schema=\"public\")");
  EXPECT_EQ(said(missing(column("m", {{"type", "mood"}})), k_alter + " ADD COLUMN \"m\" mood"), "");
  const auto note = missing(column("note", {{"type", "text"}, {"default", "':x'::text"}}));
  EXPECT_EQ(
      said(note, k_alter + " ALTER COLUMN \"note\" SET DEFAULT ':x'::text"),
      "op.alter_column(\"users\", \"note\", server_default=sa.text(\"'\\\\:x'\\\\:\\\\:text\"), "
      "schema=\"public\")");
}

TEST(AlembicReport, OperationsOfIndexes) {
  const auto index = missing(object(kinds::k_index, {"public", "users", "ix"},
                                    {{"method", "btree"},
                                     {"unique", "UNIQUE"},
                                     {"keys", "{age,\"lower(name)\",\"\\\"Odd\\\"\"}"},
                                     {"predicate", "(age > 3)"}}));
  const std::string begin =
      "CREATE UNIQUE INDEX CONCURRENTLY \"ix\" ON \"public\".\"users\" USING ";
  const std::string keys = "btree (age, lower(name), \"Odd\") WHERE (age > 3)";
  EXPECT_EQ(
      said(index, begin + keys),
      "op.create_index(op.f(\"ix\"), \"users\", [\"age\", sa.text(\"lower(name)\"), \"Odd\"], "
      "unique=True, schema=\"public\", postgresql_where=sa.text(\"(age > 3)\"), "
      "postgresql_concurrently=True)");
  EXPECT_EQ(said(index, begin + keys + " TABLESPACE x"), "");
}

TEST(AlembicReport, OperationsOfConstraints) {
  const auto check =
      missing(object(kinds::k_check, {"public", "users", "ck"}, {{"expression", "(age > 0)"}}));
  EXPECT_EQ(said(check, k_alter + " ADD CONSTRAINT \"ck\" CHECK ((age > 0)) NOT VALID"),
            "op.create_check_constraint(op.f(\"ck\"), \"users\", sa.text(\"(age > 0)\"), "
            "schema=\"public\", postgresql_not_valid=True)");
  const auto key = missing(object(kinds::k_foreign_key, {"public", "users", "fk"},
                                  {{"columns", "{team}"},
                                   {"parent", "\"other\".\"Teams\""},
                                   {"parent_columns", "{id}"},
                                   {"on_delete", "SET NULL"},
                                   {"deferrable", "DEFERRABLE INITIALLY DEFERRED"}}));
  EXPECT_EQ(said(key, k_alter + " ADD CONSTRAINT \"fk\" FOREIGN KEY (team) REFERENCES "
                                "\"other\".\"Teams\" (id) ON DELETE SET NULL DEFERRABLE INITIALLY "
                                "DEFERRED"),
            "op.create_foreign_key(op.f(\"fk\"), \"users\", \"Teams\", [\"team\"], [\"id\"], "
            "source_schema=\"public\", referent_schema=\"other\", ondelete=\"SET NULL\", "
            "deferrable=True, initially=\"DEFERRED\")");
  auto extra = check;
  extra.actual = std::exchange(extra.expected, nullptr);
  EXPECT_EQ(said(extra, k_alter + " DROP CONSTRAINT \"ck\""),
            "op.drop_constraint(op.f(\"ck\"), \"users\", schema=\"public\")");
}

TEST(AlembicReport, WhatTakesLongIsByItself) {
  const auto check =
      missing(object(kinds::k_check, {"public", "users", "ck"}, {{"expression", "age > 0"}}));
  auto look = stage(Stage::Form::precondition, {"SELECT 1"}, Lock::access_share, Cost::scan);
  look.refusal = "{} row(s) violate it";
  const auto text =
      upgrade(one(check, {look,
                          stage(Stage::Form::transaction,
                                {k_alter + " ADD CONSTRAINT \"ck\" CHECK (age > 0) NOT VALID"},
                                Lock::access_exclusive, Cost::catalog),
                          stage(Stage::Form::transaction, {k_alter + " VALIDATE CONSTRAINT \"ck\""},
                                Lock::share_update_exclusive, Cost::scan)}));
  EXPECT_THAT(
      text,
      HasSubstr("    if lacks(VALIDATED, relation='\"public\".\"users\"', name=\"ck\"):\n"
                "        with op.get_context().autocommit_block():\n"
                "            refuse_if(\"SELECT 1\", \"{} row(s) violate it\")\n"
                "        if lacks(CONSTRAINT, relation='\"public\".\"users\"', name=\"ck\"):\n"
                "            op.execute(\"SET LOCAL lock_timeout = '1s'\")\n"
                "            op.create_check_constraint(\n"));
  EXPECT_THAT(text, HasSubstr("        with op.get_context().autocommit_block():\n"
                              "            op.execute('ALTER TABLE \"public\".\"users\" VALIDATE "
                              "CONSTRAINT \"ck\"')\n"));
}

TEST(AlembicReport, WhatABuildLeftBehindGoesFirst) {
  const auto index = missing(
      object(kinds::k_index, {"public", "users", "ix"}, {{"method", "btree"}, {"keys", "{a}"}}));
  auto build = stage(Stage::Form::alone, {"CREATE INDEX CONCURRENTLY x"},
                     Lock::share_update_exclusive, Cost::build);
  build.undo = "DROP INDEX CONCURRENTLY IF EXISTS x";
  EXPECT_THAT(upgrade(one(index, {build})),
              HasSubstr("    if lacks(INDEX, name='\"public\".\"ix\"'):\n"
                        "        with op.get_context().autocommit_block():\n"
                        "            op.execute(\"DROP INDEX CONCURRENTLY IF EXISTS x\")\n"
                        "            op.execute(\"CREATE INDEX CONCURRENTLY x\")\n"));
}

TEST(AlembicReport, AColumnThatIsFilledGoesOnByItsMark) {
  const auto text = upgrade(one(
      missing(column("token")),
      {stage(Stage::Form::transaction, {"ADD", "MARK"}, Lock::access_exclusive, Cost::catalog),
       stage(Stage::Form::batches, {"next", "fill", "left"}, Lock::row_exclusive, Cost::rows),
       stage(Stage::Form::transaction, {"UNMARK"}, Lock::share_update_exclusive, Cost::catalog)}));
  EXPECT_THAT(text, HasSubstr("        op.execute(\"MARK\")\n"
                              "    if has(FILLING, relation='\"public\".\"users\"', "
                              "name=\"token\"):\n"
                              "        with op.get_context().autocommit_block():\n"
                              "            op.execute(\n"
                              "                \"\"\"DO $pgmend$\n"));
  EXPECT_THAT(text, HasSubstr("        op.execute(\"UNMARK\")\n"));
}

// One that was there before has no mark.
TEST(AlembicReport, ANotNullIsAskedForBeforeItsRowsAreFilled) {
  auto finding = missing(column("age", {{"type", "integer"}, {"not_null", "NOT NULL"}}));
  finding.attribute = kinds::k_column.attribute_position("not_null");
  const auto text = upgrade(
      one(finding,
          {stage(Stage::Form::batches, {"next", "fill", "left"}, Lock::row_exclusive, Cost::rows),
           stage(Stage::Form::transaction, {k_alter + " ALTER COLUMN \"age\" SET NOT NULL"},
                 Lock::access_exclusive, Cost::catalog)}));
  EXPECT_THAT(text, HasSubstr("    if lacks(NOT_NULL, relation='\"public\".\"users\"', "
                              "name=\"age\"):\n"
                              "        with op.get_context().autocommit_block():\n"
                              "            op.execute(\n"));
  EXPECT_THAT(text, Not(HasSubstr("FILLING")));
  EXPECT_THAT(text, HasSubstr("        op.alter_column(\"users\", \"age\", nullable=False, "));
}

TEST(AlembicReport, RoutinesAreAskedForByTheirTypes) {
  const auto asked = [](const std::string& name) {
    return upgrade(one(missing(object(kinds::k_function, {"public", "", name})),
                       {stage(Stage::Form::transaction, {"CREATE"}, Lock::none, Cost::catalog)}));
  };
  EXPECT_THAT(asked("f(integer, character varying)"),
              HasSubstr("name=\"f\", arguments=\"{integer,character varying}\"):"));
  EXPECT_THAT(asked("f()"), HasSubstr("name=\"f\", arguments=\"{}\"):"));
  EXPECT_THAT(asked("a \"b\"((\"x,y\".z)"), HasSubstr("name='a \"b\"(', arguments="));
}

TEST(AlembicReport, RolesMayBeMissingElsewhere) {
  const auto view = missing(object(kinds::k_view, {"public", "", "v"}));
  EXPECT_THAT(upgrade(one(view, {stage(Stage::Form::transaction,
                                       {"CREATE VIEW v", "GRANT SELECT ON v TO \"the \"\"app\""},
                                       Lock::none, Cost::catalog)})),
              HasSubstr("        op.execute(\"CREATE VIEW v\")\n"
                        "        if has(ROLE, name='the \"app'):\n"
                        "            op.execute('GRANT SELECT ON v TO \"the \"\"app\"')\n"));
}

TEST(AlembicReport, StatesOfOneDatabaseAndWhatIsNotPlannedStayOutside) {
  auto behind = missing(column("id"));
  behind.attribute = kinds::k_column.attribute_position("sequence");
  auto refused = with_outcome(missing(column("b")), Outcome::refused, "needs consent: alter",
                              "run with --allow alter");
  const auto text =
      upgrade(plan_of({behind, refused}, {step("users", {0},
                                               {stage(Stage::Form::transaction, {"SELECT setval()"},
                                                      Lock::row_exclusive, Cost::catalog)})}));
  EXPECT_THAT(text, Not(HasSubstr("setval")));
  EXPECT_THAT(text, HasSubstr("# not in this revision: it is the state of one database"));
  EXPECT_THAT(text, HasSubstr("    # not in this revision: users.b missing\n"
                              "    #   needs consent: alter\n"));
}

TEST(AlembicReport, NamesBreakOutOfNothing) {
  const std::string name = "a\"\"\"\nimport os\\";
  const auto text =
      alembic(one(missing(column(name)),
                  {action(k_alter, "ADD COLUMN \"a\"\"\"\"\"\"\nimport os\\\" integer")}));
  for (const auto line : text::split(text, '\n')) EXPECT_FALSE(line.starts_with("import os"));
  EXPECT_THAT(text,
              StartsWith("\"\"\"What the migrations lack: users.'a''''''\\\\nimport os\\\\'\n"));
  EXPECT_THAT(text, HasSubstr("\n    # users.\"a\"\"\"\"\"\"\\nimport os\\\" missing\n"));
  EXPECT_THAT(text, HasSubstr("sa.Column(\"a\\\"\\\"\\\"\\nimport os\\\\\", sa.Integer()"));
}

TEST(AlembicReport, Refusals) {
  const auto why = [](const Document& document) {
    const auto unwritten = no_alembic(document);
    return unwritten ? unwritten->why : "";
  };
  const auto document = one(missing(column("a")), {action(k_alter, "ADD COLUMN \"a\" integer")});
  EXPECT_EQ(why(document), "");
  auto other = document;
  other.report.subject.source = "alembic:api/alembic.ini";
  EXPECT_THAT(why(other), HasSubstr("what the migrations make already"));
  other.report.subject.source = "alembic: + more.sql";
  EXPECT_EQ(why(other), "");
  other = document;
  other.report.standing.ledgers.clear();
  EXPECT_THAT(why(other), HasSubstr("no migration scripts were found"));
  other = document;
  other.report.standing.ledgers.front().heads = {"b", "c"};
  EXPECT_THAT(why(other), HasSubstr("2 heads (b, c)"));
  other.head = "c";
  EXPECT_EQ(why(other), "");
  EXPECT_THAT(alembic(other), HasSubstr("\ndown_revision = \"c\"\n"));
  other.head = "a";
  EXPECT_THAT(why(other), HasSubstr("a is no head of migrations/versions"));
  other.report.standing.ledgers.front().faults = {"b.py:3: no Python"};
  EXPECT_THAT(why(other), HasSubstr("b.py:3: no Python"));
  other = document;
  other.report.subject.job = Job::diff;
  EXPECT_THAT(why(other), HasSubstr("diff"));
  auto behind = missing(column("id"));
  behind.attribute = kinds::k_column.attribute_position("sequence");
  EXPECT_THAT(why(one(behind, {action(k_alter, "x")})), HasSubstr("state of this database alone"));
  other = document;
  other.report.plan = {};
  EXPECT_THAT(why(other), HasSubstr("nothing is planned"));
  other.report.findings.clear();
  EXPECT_THAT(why(other), HasSubstr("nothing to repair"));
  other.report.failure = "connection lost";
  EXPECT_EQ(why(other), "connection lost");
}

TEST(Python, TextsAreWhatTheyWere) {
  EXPECT_EQ(python::literal("plain"), "\"plain\"");
  EXPECT_EQ(python::literal("\"t\""), "'\"t\"'");
  EXPECT_EQ(python::literal("it's \"t\""), "\"it's \\\"t\\\"\"");
  EXPECT_EQ(python::literal("a\\b\n\t\x1b\u202e"), "\"a\\\\b\\n\\t\\x1b\\u202e\"");
  EXPECT_EQ(python::for_text("'x'::text"), "'x'::text");
  EXPECT_EQ(python::for_text("x = ':y' || 'z'::text"), "x = '\\:y' || 'z'\\:\\:text");
  EXPECT_EQ(python::for_text("E'\\:'"), "E'\\\\:'");
  EXPECT_EQ(python::call_with_text("f", "a \"\n\"\"\"b\"", 0),
            "f(\n    \"\"\"a \"\n\\\"\\\"\"b\\\"\"\"\"\n)\n");
}

TEST(Python, LinesAreAsWideAsFormattersTakeThem) {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "it's \"word\" ";
  for (const auto& text :
       {python::call_with_text("op.execute", words, 8),
        python::call(
            "op.f",
            {python::literal("a"), "sa.Column(" + python::literal("b") + ", " +
                                       python::literal(std::string(60, 'c')) + ", nullable=True)"},
            8)})
    for (const auto line : text::split(text, '\n')) EXPECT_LE(line.size(), python::k_columns);
}

TEST(Python, TypesOfColumns) {
  EXPECT_THAT(python::column_type("character varying(20)"), Optional(std::string("sa.String(20)")));
  EXPECT_THAT(python::column_type("numeric(10,2)"), Optional(std::string("sa.Numeric(10, 2)")));
  EXPECT_THAT(python::column_type("timestamp(3) with time zone"),
              Optional(std::string("postgresql.TIMESTAMP(timezone=True, precision=3)")));
  EXPECT_THAT(python::column_type("text[]"), Optional(std::string("postgresql.ARRAY(sa.Text())")));
  for (const auto* type :
       {"mood", "numeric(10,-2)", "character varying(x)", "interval(3)", "\"char\""})
    EXPECT_EQ(python::column_type(type), std::nullopt) << type;
}

}  // namespace
}  // namespace pgmend::report
