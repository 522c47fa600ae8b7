// SPDX-License-Identifier: MIT
// What a plan says of its statements must be so: the lock that it declares is the strongest that
// the server takes on any table that was there before, and what costs "catalog only" writes no new
// file.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>

#include "case.hpp"
#include "model/spec_error.hpp"
#include "pg/transaction.hpp"
#include "support/database.hpp"
#include "support/in_process.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {

namespace {

constexpr std::string_view k_tables =
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v', 'S') AND n.nspname NOT LIKE 'pg\\_%' "
    "AND n.nspname <> 'information_schema'";

using Files = std::map<std::string, std::string>;

Lock lock_of(std::string_view mode) {
  constexpr std::array<std::string_view, 9> k_modes = {"",
                                                       "AccessShareLock",
                                                       "RowShareLock",
                                                       "RowExclusiveLock",
                                                       "ShareUpdateExclusiveLock",
                                                       "ShareLock",
                                                       "ShareRowExclusiveLock",
                                                       "ExclusiveLock",
                                                       "AccessExclusiveLock"};
  const auto* found = std::find(k_modes.begin(), k_modes.end(), mode);
  return static_cast<Lock>(found - k_modes.begin());
}

/// The file of each table, by its oid; none if it is empty or a sequence, for then a new one costs
/// nothing.
Files files(pg::Connection& connection) {
  const auto result = connection.query(fmt::format(
      "SELECT c.oid, CASE WHEN c.relkind <> 'S' AND "
      "pg_catalog.pg_relation_size(c.oid) > 0 THEN pg_catalog.pg_relation_filenode(c.oid) END {}",
      k_tables));
  Files found;
  for (int row = 0; row < result.rows(); ++row)
    found[std::string(result.get(row, 0))] = std::string(result.get(row, 1));
  return found;
}

void expect_same_files(const Files& before, const Files& after) {
  for (const auto& [oid, file] : before)
    if (!file.empty() && after.contains(oid)) {
      EXPECT_EQ(after.at(oid), file) << "a table was rewritten";
    }
}

Lock strongest_lock(pg::Connection& connection, const Files& tables) {
  const auto result = connection.query(
      "SELECT relation, mode FROM pg_catalog.pg_locks "
      "WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'relation' AND granted "
      // For that of nextval('s') nobody waits.
      "AND NOT (mode = 'AccessShareLock' AND relation IN (SELECT oid FROM pg_catalog.pg_class "
      "WHERE relkind = 'S'))");
  auto strongest = Lock::none;
  for (int row = 0; row < result.rows(); ++row)
    if (tables.contains(std::string(result.get(row, 0))))
      strongest = std::max(strongest, lock_of(result.get(row, 1)));
  return strongest;
}

class Locks : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (is_too_old(m_database, GetParam())) GTEST_SKIP() << "the server is too old";
    if (GetParam().expected_error()) GTEST_SKIP() << "there is no plan";
    run_file(m_database, GetParam().path("actual.sql"));
    if (GetParam().has("data.sql")) run_file(m_database, GetParam().path("data.sql"));
  }

  /// What is not expected stays, unless the rest cannot be repaired beside it.
  Plan plan() const {
    std::set<Consent> consents = {Consent::add, Consent::restore, Consent::alter, Consent::replace,
                                  Consent::rewrite};
    for (const auto& flag : GetParam().ensure_flags())
      if (flag.find(",drop") != std::string::npos) consents.insert(Consent::drop);
    return run_job(m_database, expectation_of(GetParam()), Job::plan, consents).plan;
  }

  pg::Connection connect() const { return m_database.connect(); }

 private:
  Database m_database;
};

/// Runs one range of rows, and moves `last` to its end. False if there is none left.
bool run_range(pg::Connection& connection, const Stage& stage, std::optional<std::string>& last) {
  const auto before = files(connection);
  pg::Transaction transaction(connection, pg::Transaction::Mode::read_write, {});
  const auto end = connection.query(stage.statements.at(0), {last});
  if (end.rows() == 0) return false;
  const std::string upto(end.get(0, 0));
  connection.query(stage.statements.at(1), {last, upto});
  EXPECT_EQ(to_string(strongest_lock(connection, before)), to_string(stage.lock));
  transaction.commit();
  last = upto;
  return true;
}

void run_batches(pg::Connection& connection, const Stage& stage) {
  const auto before = files(connection);
  std::optional<std::string> last;
  while (run_range(connection, stage, last)) continue;
  EXPECT_EQ(connection.query(stage.statements.at(2)).rows(), 0) << "rows were left out";
  expect_same_files(before, files(connection));
}

struct Done {
  long long rows = 0;
  Lock taken = Lock::none;
};

Done run_statements(pg::Connection& connection, const Stage& stage, const Files& tables,
                    bool to_keep) {
  const auto mode = stage.form == Stage::Form::precondition
                        ? pg::Transaction::Mode::read_only_snapshot
                        : pg::Transaction::Mode::read_write;
  pg::Transaction transaction(connection, mode, {.lock_timeout = std::chrono::milliseconds(200)});
  Done done;
  for (const auto& statement : stage.sql()) done.rows += connection.query(statement).rows();
  done.taken = strongest_lock(connection, tables);
  if (to_keep) transaction.commit();
  return done;
}

/// A lock that the server lets go of within its statement is told by those it has to wait for.
bool waits_for_readers(pg::Connection& connection, const Stage& stage, const Files& tables) {
  auto reader = connection.another();
  const pg::Transaction reading(reader, pg::Transaction::Mode::read_write, {});
  const auto all = reader.query(
      fmt::format("SELECT c.oid::regclass AS name {} AND c.relkind IN ('r', 'p')", k_tables));
  for (int row = 0; row < all.rows(); ++row)
    reader.query("LOCK TABLE " + all.str(row, "name") + " IN ACCESS SHARE MODE");
  try {
    run_statements(connection, stage, tables, false);
  } catch (const pg::Error& error) {
    return error.is_lock_conflict();
  }
  return false;
}

/// Runs a stage that may stand in a transaction. False if there is no more for it to do.
bool run_in_transaction(pg::Connection& connection, const Stage& stage) {
  const auto before = files(connection);
  const bool is_brief = stage.lock == Lock::access_exclusive &&
                        run_statements(connection, stage, before, false).taken < stage.lock &&
                        waits_for_readers(connection, stage, before);
  const auto done = run_statements(connection, stage, before, true);
  if (stage.form == Stage::Form::precondition) {
    EXPECT_LE(done.taken, stage.lock);
  } else if (!is_brief) {
    EXPECT_EQ(to_string(done.taken), to_string(stage.lock));
  }
  if (stage.cost != Cost::rewrite) expect_same_files(before, files(connection));
  return done.rows > 0;
}

/// False if the step must end here.
bool run_stage(pg::Connection& connection, const Stage& stage) {
  SCOPED_TRACE(fmt::format("{}", fmt::join(stage.sql(), ";\n")));
  switch (stage.form) {
    case Stage::Form::alone:
      for (const auto& statement : stage.sql()) connection.query(statement);
      return true;
    case Stage::Form::batches:
      run_batches(connection, stage);
      return true;
    case Stage::Form::precondition:
      return !run_in_transaction(connection, stage);
    case Stage::Form::transaction:
      run_in_transaction(connection, stage);
      return true;
  }
  return true;
}

}  // namespace

TEST_P(Locks, AreAsDeclared) {
  auto connection = connect();
  const auto planned = plan();
  for (const auto& step : planned.steps()) {
    const auto& stages = step.recipe.stages;
    try {
      std::all_of(stages.begin(), stages.end(),
                  [&](const Stage& stage) { return run_stage(connection, stage); });
    } catch (const pg::Error& error) {
      EXPECT_NE(GetParam().ensure_exit_code(), 0) << error.what();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Locks, testing::ValuesIn(Case::all()),
                         [](const auto& instance) { return instance.param.test_name(); });

}  // namespace pgmend::test
