// SPDX-License-Identifier: MIT
// The C++ API against a real server. Only public headers, and what tests need.
#include <gmock/gmock.h>

#include <pgmend/pgmend.hpp>
#include <thread>

#include "support/database.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ApiTest : public testing::Test {
 protected:
  ApiTest() {
    db.exec(
        "CREATE TABLE users (id int PRIMARY KEY);"
        "CREATE TABLE api_keys (id int PRIMARY KEY, user_id int NOT NULL, instance_id text);"
        "INSERT INTO users VALUES (1); INSERT INTO api_keys VALUES (1, 1, 'one')");
    options.database = db.url();
  }

  std::string columns() const {
    return db.value(
        "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY "
        "attnum) FROM pg_attribute WHERE attrelid = 'api_keys'::regclass AND attnum > 0");
  }

  Database db;
  api::Options options;
};

api::Error error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const api::Error& error) {
    return error;
  }
  throw std::logic_error("no error was thrown");
}

TEST_F(ApiTest, EnsuresOneColumn) {
  const auto first = api::ensure_column("api_keys", "webhook_url", "VARCHAR(1024)", options);
  EXPECT_TRUE(first.is_correct());
  ASSERT_EQ(1U, first.findings.size());
  const auto& finding = first.findings.front();
  EXPECT_EQ("column", finding.kind);
  EXPECT_EQ("api_keys.webhook_url", finding.name);
  EXPECT_EQ("public", finding.schema);
  EXPECT_EQ("api_keys", finding.relation);
  EXPECT_EQ(api::Sort::missing, finding.sort);
  EXPECT_EQ(api::Outcome::repaired, finding.outcome);
  EXPECT_EQ(1U, first.count(api::Outcome::repaired));
  EXPECT_THAT(finding.sql, ElementsAre(HasSubstr("ADD COLUMN \"webhook_url\"")));
  EXPECT_EQ("id integer, user_id integer, instance_id text, webhook_url character varying(1024)",
            columns());

  const auto second = api::ensure_column("api_keys", "webhook_url", "VARCHAR(1024)", options);
  EXPECT_TRUE(second.is_correct());
  EXPECT_THAT(second.findings, IsEmpty());
}

TEST_F(ApiTest, EnsuresOneIndexAndOneConstraint) {
  EXPECT_TRUE(api::ensure_index("api_keys", "ix_instance", "(instance_id)", options).is_correct());
  EXPECT_TRUE(api::ensure_constraint("public.api_keys", "fk_user",
                                     "FOREIGN KEY (user_id) REFERENCES users (id)", options)
                  .is_correct());
  EXPECT_EQ("1", db.value("SELECT count(*) FROM pg_index WHERE indexrelid = "
                          "'ix_instance'::regclass AND indisvalid"));
  EXPECT_EQ("t", db.value("SELECT convalidated FROM pg_constraint WHERE conname = 'fk_user'"));
}

TEST_F(ApiTest, VerifyChangesNothingAndSaysHowItWouldBeRepaired) {
  const auto before = db.fingerprint();
  api::Spec spec;
  spec.table("api_keys").column("webhook_url", "text").column("user_id", "bigint NOT NULL");
  const auto report = api::verify(spec, options);
  EXPECT_EQ(before, db.fingerprint());
  EXPECT_EQ(api::Verdict::drift, report.verdict);
  EXPECT_EQ(2U, report.open_drift);
  ASSERT_EQ(2U, report.findings.size());
  EXPECT_THAT(report.database, HasSubstr(db.name()));
  EXPECT_EQ("a spec in code", report.source);
  for (const auto& finding : report.findings) {
    EXPECT_THAT(finding.file, HasSubstr("api_test.cpp"));
    EXPECT_GT(finding.line, 0);
    if (finding.sort == api::Sort::missing) {
      EXPECT_THAT(finding.sql, ElementsAre(HasSubstr("ADD COLUMN \"webhook_url\" text")));
      continue;
    }
    EXPECT_EQ("type", finding.attribute);
    EXPECT_EQ("bigint", finding.expected);
    EXPECT_EQ("integer", finding.actual);
    EXPECT_EQ(api::Consent::rewrite, finding.consent);
    EXPECT_EQ(api::Outcome::refused, finding.outcome);
    EXPECT_THAT(finding.hint, HasSubstr("--allow rewrite"));
  }
}

TEST_F(ApiTest, WhatNeedsConsentIsDoneWithIt) {
  api::Spec spec;
  spec.table("api_keys").column("user_id", "bigint NOT NULL");
  EXPECT_FALSE(api::ensure(spec, options).is_correct());
  EXPECT_THAT(columns(), HasSubstr("user_id integer"));
  options.allow = {api::Consent::rewrite};
  EXPECT_TRUE(api::ensure(spec, options).is_correct());
  EXPECT_THAT(columns(), HasSubstr("user_id bigint"));
}

TEST_F(ApiTest, DryRunChangesNothing) {
  const auto before = db.fingerprint();
  options.dry_run = true;
  const auto report = api::ensure_column("api_keys", "webhook_url", "text", options);
  EXPECT_EQ(before, db.fingerprint());
  EXPECT_EQ(api::Verdict::drift, report.verdict);
}

TEST_F(ApiTest, ExistingRowsAreFilled) {
  api::Spec spec;
  spec.table("api_keys").column("level", "int NOT NULL", "7");
  EXPECT_TRUE(api::ensure(spec, options).is_correct());
  EXPECT_EQ("7", db.value("SELECT level FROM api_keys"));
}

TEST_F(ApiTest, ATableIsCreatedOnlyWhenAskedFor) {
  api::Spec spec;
  spec.table("hooks").column("id", "int").constraint("hooks_pkey", "PRIMARY KEY (id)");
  EXPECT_EQ(api::Verdict::drift, api::ensure(spec, options).verdict);
  EXPECT_EQ("", db.value("SELECT to_regclass('hooks')"));
  spec.table("hooks").create_if_missing();
  EXPECT_TRUE(api::ensure(spec, options).is_correct());
  EXPECT_EQ("hooks", db.value("SELECT to_regclass('hooks')"));
}

TEST_F(ApiTest, ComparesWithAnotherDatabase) {
  const Database other;
  other.exec("CREATE TABLE users (id int PRIMARY KEY, email text)");
  options.tables = {"users"};
  const auto report = api::verify(api::Source{other.url()}, options);
  ASSERT_EQ(1U, report.findings.size());
  EXPECT_EQ("users.email", report.findings.front().name);
}

TEST_F(ApiTest, HearsWhatARepairWaitsFor) {
  auto holder = db.connect();
  holder.query("BEGIN");
  holder.query("LOCK TABLE api_keys IN ACCESS SHARE MODE");
  std::vector<std::string> heard;
  options.patience = std::chrono::milliseconds(300);
  options.progress = [&](const std::string& text) { heard.push_back(text); };
  const auto report = api::ensure_column("api_keys", "webhook_url", "text", options);
  EXPECT_FALSE(report.is_correct());
  EXPECT_TRUE(report.gave_up_on_lock);
  EXPECT_EQ(1U, report.count(api::Outcome::failed));
  EXPECT_FALSE(heard.empty());
}

TEST_F(ApiTest, ThreadsDoNotDisturbEachOther) {
  std::vector<std::thread> threads;
  std::atomic<int> correct = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      const auto name = "column_" + std::to_string(i);
      correct += api::ensure_column("api_keys", name, "int", options).is_correct() ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(4, correct);
  EXPECT_EQ("4", db.value("SELECT count(*) FROM pg_attribute WHERE attname LIKE 'column\\__'"));
}

// What is wrong

TEST_F(ApiTest, ADefinitionThatIsRefusedNamesThePlaceInTheCode) {
  const auto before = db.fingerprint();
  const auto error = error_of([&] { api::ensure_column("api_keys", "x", "varchr(10)", options); });
  const int line = __LINE__ - 1;
  EXPECT_EQ(before, db.fingerprint());
  EXPECT_EQ(api::Error::Reason::usage, error.reason());
  ASSERT_EQ(1U, error.faults().size());
  EXPECT_THAT(error.faults().front().file, HasSubstr("api_test.cpp"));
  EXPECT_EQ(line, error.faults().front().line);
  EXPECT_THAT(error.what(), HasSubstr("varchr"));
}

TEST_F(ApiTest, EveryFaultOfASpecIsNamed) {
  api::Spec spec;
  spec.table("api_keys").column("a", "int").column("a", "text").column("", "int").index("i", " ");
  spec.table("public.api_keys");
  spec.table("");
  const auto error = error_of([&] { api::verify(spec, options); });
  EXPECT_EQ(api::Error::Reason::usage, error.reason());
  EXPECT_TRUE(contains_in_order(
      error.what(), {"`a` is declared twice", "a name is empty", "a definition is empty",
                     "`public.api_keys` is declared twice", "the name of a table is empty"}));
}

TEST_F(ApiTest, AnEmptySpecWouldVerifyAnything) {
  const auto error = error_of([&] { api::verify(api::Spec{}, options); });
  EXPECT_EQ(api::Error::Reason::usage, error.reason());
  EXPECT_THAT(error.what(), HasSubstr("names nothing to check"));
  EXPECT_FALSE(error.hint().empty());
}

TEST_F(ApiTest, AServerThatIsNotThere) {
  options.database = "postgresql://app:secret@127.0.0.1:1/shop";
  const auto error = error_of([&] { api::ensure_column("t", "c", "int", options); });
  EXPECT_EQ(api::Error::Reason::unverified, error.reason());
  EXPECT_THAT(error.what(), HasSubstr("127.0.0.1"));
  EXPECT_TRUE(contains_not(error.what(), "secret"));
  EXPECT_FALSE(error.hint().empty());
}

TEST_F(ApiTest, AUrlThatIsNone) {
  options.database = "mysql://localhost/shop";
  EXPECT_EQ(api::Error::Reason::usage,
            error_of([&] { api::ensure_column("t", "c", "int", options); }).reason());
}

TEST_F(ApiTest, ASourceThatIsNotThere) {
  const auto error = error_of([&] { api::verify(api::Source{"/no/such.yaml"}, options); });
  EXPECT_EQ(api::Error::Reason::usage, error.reason());
  EXPECT_THAT(error.faults().front().file, HasSubstr("no/such.yaml"));
}

}  // namespace
}  // namespace pgmend::test
