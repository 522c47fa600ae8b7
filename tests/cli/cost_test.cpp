// SPDX-License-Identifier: MIT
// What a run costs, in numbers that are the same on every machine: statements, round trips, bytes.
// How long they take, bench/ measures.
#include <fmt/format.h>

#include <atomic>
#include <utility>

#include "cli/cli.hpp"
#include "support/proxy.hpp"

namespace pgmend::test {

namespace {

constexpr int k_few = 30;
constexpr int k_many = 300;

/// Tables of 16 columns and 6 indexes, with a check and a foreign key; views, enums, triggers.
std::string script(int tables) {
  std::string sql =
      "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";
  for (int i = 0; i < tables; ++i) {
    if (i % 10 == 0) sql += fmt::format("CREATE TYPE state_{} AS ENUM ('new', 'done');", i / 10);
    sql += fmt::format(
        "CREATE TABLE t{} (id bigint PRIMARY KEY, state state_{} DEFAULT 'new', "
        "parent_id bigint REFERENCES t{} (id), amount numeric(12,2) DEFAULT 0 "
        "NOT NULL CHECK (amount >= 0)",
        i, i / 10, i / 2);
    for (int c = 4; c < 16; ++c) sql += fmt::format(", c{} text DEFAULT 'none'", c);
    sql += ");";
    sql += fmt::format(
        "CREATE INDEX t{0}_a ON t{0} (lower(c4));"
        "CREATE UNIQUE INDEX t{0}_b ON t{0} (c5) WHERE amount > 0;"
        "CREATE INDEX t{0}_c ON t{0} (c6, c7 DESC);"
        "CREATE INDEX t{0}_d ON t{0} (c8); CREATE INDEX t{0}_e ON t{0} (c9);",
        i);
    if (i % 10 == 0)
      sql += fmt::format(
          "CREATE VIEW v{0} AS SELECT id, amount * 2 AS twice FROM t{0};"
          "CREATE TRIGGER touch BEFORE UPDATE ON t{0} "
          "FOR EACH ROW EXECUTE FUNCTION touch();",
          i);
  }
  return sql;
}

/// A database of so many tables, and its lock file.
class Whole {
 public:
  explicit Whole(int tables) {
    m_db.exec(script(tables));
    const auto result = run_pgmend({"snapshot", "-d", m_db.url(), "-o", lock()});
    EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  }

  const Database& db() const { return m_db; }

  /// Through a proxy.
  void run(const Proxy& proxy, Arguments arguments, int expected_exit) const {
    arguments.insert(arguments.end(), {"-d", proxy.url(), "-s", lock()});
    const auto result = run_pgmend(arguments, {.env = {{"XDG_CACHE_HOME", m_folder.path()}}});
    EXPECT_EQ(result.exit_code, expected_exit) << testing::PrintToString(result);
  }

 private:
  std::string lock() const { return m_folder.path() + "/whole.lock"; }

  Database m_db;
  TempFolder m_folder;
};

/// Each of the first so many tables lacks four columns, and has a row.
void damage(const Database& db, int tables) {
  for (int i = 0; i < tables; ++i)
    db.exec(
        fmt::format("INSERT INTO t{0} (id) VALUES (1);"
                    "ALTER TABLE t{0} DROP c12, DROP c13, DROP c14, DROP c15;",
                    i));
}

struct Counts {
  int statements = 0;
  int trips = 0;
  long long bytes = 0;
};

Counts counts_of(const Proxy& proxy) {
  return {proxy.count(), proxy.trips(), proxy.bytes()};
}

Counts of_verify(int tables) {
  const Whole whole(tables);
  const Proxy proxy(whole.db(), {});
  whole.run(proxy, {"verify", "--no-cache"}, exit_correct);
  return counts_of(proxy);
}

Counts of_plan(int damaged) {
  const Whole whole(k_few);
  damage(whole.db(), damaged);
  const Proxy proxy(whole.db(), {});
  whole.run(proxy, {"plan"}, exit_drift);
  return counts_of(proxy);
}

/// Empty copies of tables that a run makes to try things on.
int twins_of(const Whole& whole, Arguments arguments) {
  std::atomic<int> twins = 0;
  const Proxy proxy(whole.db(), {.before = [&](const Proxy::Statement& statement) {
                      if (statement.sql.starts_with("CREATE TABLE \"pg_temp\"")) ++twins;
                      return Proxy::Answer::pass;
                    }});
  whole.run(proxy, std::move(arguments), exit_drift);
  return twins;
}

/// Whether a verify of one column looks through the columns of all tables, and what it says.
std::pair<bool, std::string> look_at_one_column(const Database& db, int expected_exit) {
  TempFolder folder;
  folder.write("pgmend.yaml", "tables: {items: {columns: {id: bigint}}}\n");
  std::atomic<bool> looks_through_all = false;
  const Proxy proxy(db, {.before = [&](const Proxy::Statement& statement) {
                      if (contains(statement.sql, "SELECT attrelid AS oid"))
                        looks_through_all = true;
                      return Proxy::Answer::pass;
                    }});
  const auto result = run_pgmend({"verify", "-d", proxy.url()}, {.cwd = folder.path()});
  EXPECT_EQ(result.exit_code, expected_exit) << testing::PrintToString(result);
  return {looks_through_all, result.out};
}

}  // namespace

TEST(Cost, OfAVerifyInStatementsAndRoundTripsIsTheSameWhateverTheSize) {
  const auto few = of_verify(k_few);
  const auto many = of_verify(k_many);
  EXPECT_EQ(few.statements, many.statements);
  EXPECT_EQ(few.trips, many.trips);
  EXPECT_LE(many.statements, 40);
  EXPECT_LE(many.trips, 8);
  EXPECT_LE((many.bytes - few.bytes) / (k_many - k_few), 5000) << "bytes for one more table";
  EXPECT_GE((many.bytes - few.bytes) / (k_many - k_few), 500) << "it is not read at all";
}

TEST(Cost, OfLookingAgainIsLittle) {
  const Whole whole(k_many);
  const Proxy proxy(whole.db(), {});
  whole.run(proxy, {"verify"}, exit_correct);
  const auto first = counts_of(proxy);
  whole.run(proxy, {"verify"}, exit_correct);
  EXPECT_LE(proxy.bytes() - first.bytes, 40000) << "of " << first.bytes;
  EXPECT_LE(proxy.trips() - first.trips, 6);
  EXPECT_LE(proxy.count() - first.statements, 15);
}

TEST(Cost, OfAFewObjectsIsNoLookAtAllColumnsUnlessSomethingIsWrong) {
  const Database usual;
  usual.exec(
      "CREATE TABLE items (id bigint); "
      "CREATE TABLE alembic_version (version_num text);"
      "INSERT INTO alembic_version VALUES ('abc')");
  const auto [looks_at_usual, of_usual] = look_at_one_column(usual, exit_correct);
  EXPECT_FALSE(looks_at_usual);
  EXPECT_TRUE(contains(of_usual, "abc is applied")) << of_usual;

  const Database unusual;
  unusual.exec(
      "CREATE TABLE items (id bigint); CREATE TABLE our_version (version_num text);"
      "INSERT INTO our_version VALUES ('abc')");
  EXPECT_FALSE(look_at_one_column(unusual, exit_correct).first);
  unusual.exec("ALTER TABLE items DROP COLUMN id");
  const auto [looks_again, of_wrong] = look_at_one_column(unusual, exit_drift);
  EXPECT_TRUE(looks_again);
  EXPECT_TRUE(contains(of_wrong, "abc is applied")) << of_wrong;
}

/// How often this run reads the whole schema.
int readings_of(const Whole& whole, Arguments arguments, int expected_exit) {
  std::atomic<int> readings = 0;
  const auto count = [&](const Proxy::Statement& statement) {
    if (contains(statement.sql, "pg_catalog.pg_get_partkeydef") &&
        !contains(statement.sql, "h.inhrelid = ANY ("))  // which narrows it to some
      ++readings;
    return Proxy::Answer::pass;
  };
  const Proxy proxy(whole.db(), {.before = count});
  whole.run(proxy, std::move(arguments), expected_exit);
  return readings;
}

TEST(Cost, OfADifferenceIsNoSecondReadingWhileNothingChanges) {
  const Whole whole(k_many);
  damage(whole.db(), 1);
  EXPECT_EQ(readings_of(whole, {"verify"}, exit_drift), 1);
  EXPECT_EQ(readings_of(whole, {"verify", "--no-cache"}, exit_drift), 2);
  EXPECT_EQ(readings_of(whole, {"ensure"}, exit_correct), 2) << "before the repair, and after it";
}

TEST(Cost, OfAPlanInRoundTripsIsTheSameHoweverMuchIsMissing) {
  const auto few = of_plan(5);
  const auto many = of_plan(25);
  EXPECT_EQ(few.trips, many.trips);
  EXPECT_LE((many.statements - few.statements) / 20, 20) << "statements for one more table";
}

/// What tells whether it would rewrite its table is tried on an empty twin, which takes WAL.
TEST(Cost, OfAPlanIsOneTwinForAllThatAreAlike) {
  const Whole whole(k_few);
  damage(whole.db(), 20);
  EXPECT_EQ(twins_of(whole, {"plan"}), 1);
}

/// Whatever the names of the tables, of their indexes and of their constraints.
TEST(Cost, OfTypesThatDifferIsOneTwinForAllThatAreAlike) {
  const Whole whole(k_few);
  for (int i = 0; i < 20; ++i)
    whole.db().exec(fmt::format("ALTER TABLE t{} ALTER c11 TYPE varchar(10)", i));
  whole.db().exec("ALTER TABLE t21 ALTER c11 DROP DEFAULT, ALTER c11 TYPE int USING NULL");
  EXPECT_EQ(twins_of(whole, {"plan", "--allow", "alter,rewrite"}), 3)
      << "for every ten tables with an enum of their own, and for t21";
}

TEST(Cost, OfARepairIsOneAlterTableForAllColumnsOfATable) {
  constexpr int k_damaged = 20;
  const Whole whole(k_few);
  damage(whole.db(), k_damaged);
  std::atomic<int> alters = 0;
  const Proxy proxy(whole.db(), {.before = [&](const Proxy::Statement& statement) {
                      if (statement.sql.starts_with("ALTER TABLE \"public\"")) ++alters;
                      return Proxy::Answer::pass;
                    }});
  whole.run(proxy, {"ensure"}, exit_correct);
  EXPECT_EQ(alters, k_damaged);
  const auto before = of_plan(k_damaged);
  // The repair itself is five; how much is read back together depends on the time.
  EXPECT_LE((proxy.count() - before.statements) / k_damaged, 20) << "statements for each table";
  EXPECT_LE((proxy.trips() - before.trips) / k_damaged, 8) << "round trips for each table";
}

}  // namespace pgmend::test
