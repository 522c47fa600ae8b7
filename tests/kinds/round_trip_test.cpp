// SPDX-License-Identifier: MIT
// What a kind renders must read back as the object that it was rendered from: each object of each
// case is dropped and created again by its own statement, and all of them are declared as init
// writes them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "app/expected/schema_source.hpp"
#include "app/jobs/init.hpp"
#include "case.hpp"
#include "engine/compare.hpp"
#include "engine/inspect.hpp"
#include "kinds/kinds.hpp"
#include "pg/transaction.hpp"
#include "support/database.hpp"
#include "support/in_process.hpp"
#include "support/schema_text.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

using engine::Scope;

class RoundTrip : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (is_too_old(m_database, GetParam())) GTEST_SKIP() << "the server is too old";
    run_file(m_database, GetParam().path(GetParam().is_complete() ? "wanted.sql" : "actual.sql"));
  }

  const Database& database() const { return m_database; }

  Schema everything() const {
    auto connection = m_database.connect();
    const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
    return engine::inspect(connection, kinds::all(), Scope{});
  }

 private:
  Database m_database;
};

/// A concurrent drop refuses transactions. What is neither an object's own nor a table's drop takes
/// nothing along.
void drop(pg::Connection& connection, const Object& object) {
  for (const auto& sql : object.kind->drop(object).stages.front().sql()) {
    const bool cascades = sql.starts_with("DROP ") || sql.starts_with("ALTER TABLE ");
    connection.query(text::replace_all(sql, "CONCURRENTLY ", "") + (cascades ? " CASCADE" : ""));
  }
}

/// One whose sequence has another name than the server would give it, or is none that serial makes.
bool has_odd_sequence(const Object& column) {
  if (!column.has("sequence_name")) return false;
  const auto usual = fmt::format("{}_{}_seq", column.name.relation, column.name.name);
  return column.text("sequence_name").find(usual) == std::string::npos ||
         (column.has("serial") && !column.has("not_null")) || column.has("sequence_persistence");
}

bool has_any(const Object& object, std::initializer_list<std::string_view> attributes) {
  return std::any_of(attributes.begin(), attributes.end(), [&](std::string_view attribute) {
    return object.kind->find_attribute(attribute) && object.has(attribute);
  });
}

/// What takes more than its one statement to be as it was.
bool is_made_in_steps(const Object& object) {
  if (object.kind != &kinds::k_column &&
      has_any(object, {"defaults", "column_settings", "cluster", "statistics"}))
    return true;
  if (object.kind == &kinds::k_statistics && object.has("target")) return true;
  const bool is_column = object.kind == &kinds::k_column;
  return (is_column && (object.has("sequence_options") || object.has("sequence_type") ||
                        object.has("other_sequence_type") || object.has("not_valid") ||
                        has_odd_sequence(object))) ||
         (object.kind == &kinds::k_trigger && object.has("on_partitions")) ||
         object.kind == &kinds::k_table || object.kind == &kinds::k_operator_family ||
         object.kind == &kinds::k_text_search_configuration;
}

/// What a fresh object is not: the statement cannot bring it back.
bool is_damaged(const Object& object) {
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const auto name = object.kind->attributes[i].name;
    if ((name == "state" || name == "enabled") && object.values[i].is_present() &&
        object.values[i].text() != "validated" && object.values[i].text() != "valid" &&
        object.values[i].text() != "enabled")
      return true;
  }
  return false;
}

/// What a partition has from its parent cannot be dropped, nor can a column of a partition key, nor
/// one that a type prescribes.
bool can_drop(pg::Connection& connection, const Object& object) {
  pg::Savepoint attempt(connection);
  try {
    drop(connection, object);
  } catch (const pg::Error& error) {
    EXPECT_TRUE(error.is("42P16") || error.is("2BP01") || error.is("42809")) << error.what();
    return false;
  }
  attempt.release();
  return true;
}

/// Creates it by its own statement, and reads it back.
std::optional<Object> created(pg::Connection& connection, const Object& object) {
  const auto statement = object.kind->statement(object, {});
  try {
    connection.query(statement);
  } catch (const pg::Error& error) {
    ADD_FAILURE() << error.what() << "\n" << statement;
    return std::nullopt;
  }
  const auto read = engine::inspect(connection, kinds::all(), Scope{});
  const auto* found = read.find(*object.kind, object.name);
  EXPECT_NE(found, nullptr) << statement;
  return found ? std::optional(*found) : std::nullopt;
}

void expect_equal(const Object& before, const Object& after, bool with_texts) {
  for (std::size_t i = 0; i < before.values.size(); ++i) {
    const auto& attribute = before.kind->attributes[i];
    if (attribute.form == Attribute::Form::directive) continue;
    if (attribute.form == Attribute::Form::text && !with_texts) continue;
    EXPECT_EQ(after.values[i].text(), before.values[i].text())
        << attribute.name << " of " << before.kind->statement(before, {});
  }
}

/// Texts may be spelled otherwise after the first round (IN, BETWEEN), and must stay so then.
void expect_round_trip(pg::Connection& connection, const Object& object) {
  SCOPED_TRACE(fmt::format("{} {}", object.kind->name, display(object.name)));
  const pg::Transaction transaction(connection, pg::Transaction::Mode::read_write, {});
  if (!can_drop(connection, object)) return;
  const auto first = created(connection, object);
  if (!first) return;
  expect_equal(object, *first, false);
  if (engine::equal(object, *first)) return;
  ASSERT_TRUE(can_drop(connection, *first));
  if (const auto second = created(connection, *first)) expect_equal(*first, *second, true);
}

/// What `pgmend init` writes, read again.
app::Expectation declared_as_it_is(const Database& database) {
  auto target =
      app::open_target({.parameters = database.parameters(), .origin = "", .notes = {}}, {});
  const TempFolder folder;
  const auto file = folder.write("pgmend.yaml", app::draft_spec(target, {}).yaml);
  return app::load_expectation({.sources = {file}});
}

/// Neither bigserial nor identity can say of its sequence that it is none of bigint. A serial
/// column that allows NULL, or has another type, is declared by its default.
bool is_beyond_words(const Finding& finding) {
  if (!finding.attribute) return false;
  const auto attribute = finding.kind->attributes[*finding.attribute].name;
  return attribute == "sequence_type" ||
         (finding.judgement.weight == Weight::information &&
          (attribute == "serial" || attribute == "default" || attribute == "other_sequence_type"));
}

}  // namespace

TEST_P(RoundTrip, AStatementMakesTheSameObject) {
  auto connection = database().connect();
  const auto schema = everything();
  for (const auto& object : schema.objects())
    if (!is_made_in_steps(object) && object.kind->drop && !is_damaged(object))
      expect_round_trip(connection, object);
}

TEST_P(RoundTrip, ADatabaseDeclaredAsItIsIsCorrect) {
  const auto schema = everything();
  if (std::none_of(schema.objects().begin(), schema.objects().end(),
                   [](const Object& object) { return object.kind == &kinds::k_table; }))
    GTEST_SKIP() << "init has nothing to write";
  const auto report = run_job(database(), declared_as_it_is(database()), Job::verify);
  EXPECT_EQ(report.failure, "");
  std::vector<std::string> lines;
  for (const auto& finding : report.findings)
    if (finding.judgement.sort != Sort::broken && !is_beyond_words(finding))
      lines.push_back(finding_line(finding));
  EXPECT_THAT(lines, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, RoundTrip, testing::ValuesIn(Case::all()),
                         [](const auto& instance) { return instance.param.test_name(); });

}  // namespace pgmend::test
