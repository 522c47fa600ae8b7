// SPDX-License-Identifier: MIT
// What a kind renders must read back as the object that it was rendered from: each object of each
// case is dropped and created again by its own statement, and all of them are declared by their own
// definitions.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "case.hpp"
#include "engine/compare.hpp"
#include "engine/inspect.hpp"
#include "in_process.hpp"
#include "kinds/kinds.hpp"
#include "pg/transaction.hpp"
#include "programs.hpp"
#include "support/database.hpp"
#include "util/sql.hpp"

namespace pgmend::test {

namespace {

using engine::Scope;

class RoundTrip : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override { run_file(m_database, GetParam().path("actual.sql")); }

  const Database& database() const { return m_database; }

  Schema everything() const {
    auto connection = m_database.connect();
    const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
    return engine::inspect(connection, kinds::all(), Scope{});
  }

 private:
  Database m_database;
};

std::string drop_statement(const Object& object) {
  const auto relation = sql::quote_qualified(object.name.schema, object.name.relation);
  const auto name = sql::quote_ident(object.name.name);
  if (object.kind == &kinds::k_column)
    return fmt::format("ALTER TABLE {} DROP COLUMN {} CASCADE", relation, name);
  if (object.kind == &kinds::k_index)
    return "DROP INDEX " + sql::quote_qualified(object.name.schema, object.name.name);
  return fmt::format("ALTER TABLE {} DROP CONSTRAINT {} CASCADE", relation, name);
}

/// What a fresh object is not: the statement cannot bring it back.
bool is_damaged(const Object& object) {
  for (std::size_t i = 0; i < object.values.size(); ++i)
    if (object.kind->attributes[i].name == "state" && object.values[i].is_present())
      return object.values[i].text() != "validated" && object.values[i].text() != "valid";
  return false;
}

/// A partition has its parent's columns and constraints, which cannot be dropped from it alone.
bool is_partition(pg::Connection& connection, const Object& object) {
  const auto result = connection.query(
      "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
      "c.relnamespace WHERE n.nspname = $1 AND c.relname = $2 AND (c.relispartition OR EXISTS "
      "(SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid))",
      {object.name.schema, object.name.group()});
  return result.rows() > 0;
}

void expect_round_trip(pg::Connection& connection, const Object& object) {
  SCOPED_TRACE(fmt::format("{} {}", object.kind->name, display(object.name)));
  const pg::Transaction transaction(connection, pg::Transaction::Mode::read_write, {});
  if (is_partition(connection, object)) return;
  connection.query(drop_statement(object));
  const auto statement = object.kind->statement(object, {});
  ASSERT_NO_THROW(connection.query(statement)) << statement;
  const auto read = engine::inspect(connection, kinds::all(), Scope{});
  const auto* found = read.find(*object.kind, object.name);
  ASSERT_NE(found, nullptr) << statement;
  for (std::size_t i = 0; i < object.values.size(); ++i)
    if (object.kind->attributes[i].form != Attribute::Form::directive) {
      EXPECT_EQ(found->values[i].text(), object.values[i].text()) << statement;
    }
}

Declared declared_by_itself(const Object& object) {
  Declared declared;
  declared.section = object.kind->section;
  declared.name = object.name;
  declared.parts["definition"] = {object.kind->definition(object), {}};
  return declared;
}

/// What `pgmend init` would write.
Declarations declared_as_it_is(const Schema& schema) {
  Declarations declarations;
  declarations.search_path = {"public"};
  for (const auto& object : schema.objects()) {
    if (!object.name.relation.empty()) continue;
    Declarations::Relation relation;
    relation.self.section = object.kind->section;
    relation.self.name = object.name;
    for (const auto* part : schema.of_relation(object.name.schema, object.name.name))
      if (!part->name.relation.empty() && part->kind->definition)
        relation.parts.push_back(declared_by_itself(*part));
    declarations.relations.push_back(std::move(relation));
  }
  return declarations;
}

}  // namespace

TEST_P(RoundTrip, AStatementMakesTheSameObject) {
  auto connection = database().connect();
  for (const auto& object : everything().objects())
    if (!object.name.relation.empty() && !is_damaged(object)) expect_round_trip(connection, object);
}

TEST_P(RoundTrip, ADatabaseDeclaredAsItIsIsCorrect) {
  const auto schema = everything();
  const auto report = run_job(database(), declared_as_it_is(schema), Job::verify);
  EXPECT_EQ(report.failure, "");
  std::vector<std::string> lines;
  for (const auto& finding : report.findings)
    if (finding.judgement.sort != Sort::broken) lines.push_back(finding_line(finding));
  EXPECT_THAT(lines, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, RoundTrip, testing::ValuesIn(Case::all()),
                         [](const auto& info) { return info.param.test_name(); });

}  // namespace pgmend::test
