// SPDX-License-Identifier: MIT
// Somebody holds a table locked against readers: whatever else there is is verified all the same.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <deque>

#include "engine/inspect.hpp"
#include "fault/project.hpp"
#include "fault/session.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "kinds/kinds.hpp"
#include "support/matchers.hpp"
#include "support/schema_text.hpp"
#include "util/sql.hpp"

namespace pgmend::test {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr const char* k_sql = R"sql(
CREATE TABLE users (id bigint PRIMARY KEY, name text CHECK (name <> ''));
CREATE INDEX users_lower ON users (lower(name));
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX orders_user ON orders (user_id) WHERE user_id > 0;
CREATE VIEW names AS SELECT id, upper(name) AS name FROM users;
CREATE VIEW open_orders AS SELECT id FROM orders WHERE user_id IS NOT NULL;
)sql";

/// The program, with a lock file of the database as it was at first.
class HeldTable : public testing::Test {
 protected:
  HeldTable() : m_project(k_sql, "tables: {users: {columns: {id: bigint NOT NULL}}}\n") {
    const auto written = m_project.run({"snapshot"});
    EXPECT_EQ(written.exit_code, 0) << testing::PrintToString(written);
  }

  RunResult verify() const { return m_project.run({"verify", "-s", "schema.lock"}); }
  const Database& db() const { return m_project.db(); }
  const Project& project() const { return m_project; }

 private:
  Project m_project;
};

std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && (c != ' ' || (!out.empty() && out.back() != ' ')))
      out += c;
    else if (c == '\n' && !out.empty() && out.back() != ' ')
      out += ' ';
  return out;
}

}  // namespace

TEST_F(HeldTable, IsNamedWithItsHolderAndTheRestIsVerified) {
  Holder migration(db(), "migration");
  migration.begin("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
  const auto result = verify();
  EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains_in_order(
      said, {"users unconfirmed", "it is locked (ACCESS EXCLUSIVE, which blocks reads and writes)",
             fmt::format("by pid {} (migration), in its transaction for", migration.pid()),
             "LOCK TABLE users IN ACCESS EXCLUSIVE MODE",
             "hint: 5 objects that belong to it were not checked either; run again when"}));
  EXPECT_TRUE(contains(said, "names unconfirmed users, which it reads, is locked"));
  EXPECT_TRUE(contains_not(said, "missing"));
  EXPECT_TRUE(contains_not(said, "orders unconfirmed"));
  migration.end();
  EXPECT_EQ(verify().exit_code, 0);
}

TEST_F(HeldTable, DriftElsewhereIsFound) {
  db().exec("DROP INDEX orders_user; CREATE INDEX names_too ON users (name)");
  Holder migration(db());
  migration.begin("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
  const auto result = verify();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "orders.orders_user missing"));
  EXPECT_TRUE(contains(unwrapped(result.out), "users unconfirmed it is locked"));
}

TEST_F(HeldTable, ThatNobodyExpectsIsNoFindingUnlessItWouldBeDrift) {
  db().exec("CREATE TABLE notes (id int, CHECK (id > 0))");
  Holder holder(db());
  holder.begin("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE");
  EXPECT_EQ(verify().exit_code, 0);
  const auto strict = project().run({"verify", "-s", "schema.lock", "--strict"});
  EXPECT_EQ(strict.exit_code, 3) << testing::PrintToString(strict);
  EXPECT_TRUE(contains(unwrapped(strict.out), "notes unconfirmed it is not expected"));
}

TEST_F(HeldTable, EnsureRepairsTheRest) {
  db().exec("DROP INDEX orders_user");
  Holder holder(db());
  holder.begin("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
  const auto result = project().run({"ensure", "-s", "schema.lock"});
  EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "orders.orders_user added successfully"));
  holder.end();
  EXPECT_EQ(verify().exit_code, 0);
}

TEST_F(HeldTable, AWholeSchemaIsNotWrittenWithoutIt) {
  Holder holder(db(), "migration");
  holder.begin("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
  for (const auto* command : {"snapshot", "init"}) {
    const auto result = project().run({command, "-o", "-"});
    EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
    EXPECT_TRUE(contains_in_order(unwrapped(result.err), {"users is locked", "(migration)"}));
    EXPECT_EQ(result.out, "");
  }
}

// One after the other would be ten times lock_timeout.
TEST_F(HeldTable, ManyAreWaitedForOnce) {
  constexpr int k_tables = 10;
  for (int i = 0; i < k_tables; ++i)
    db().exec(fmt::format("CREATE TABLE many{0} (id int, CHECK (id > {0}))", i));
  project().run({"snapshot"});
  const auto before = Clock::now();
  EXPECT_EQ(verify().exit_code, 0);
  const auto alone = Clock::now() - before;
  std::deque<Holder> holders;
  for (int i = 0; i < k_tables; ++i)
    holders.emplace_back(db()).begin(fmt::format("LOCK TABLE many{} IN ACCESS EXCLUSIVE MODE", i));
  const auto started = Clock::now();
  const auto result = verify();
  EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
  EXPECT_LT(Clock::now() - started, 3 * alone + milliseconds(3000));
}

namespace {

/// Holds each table in turn, and reads.
class HeldInTurn : public testing::TestWithParam<const char*> {
 protected:
  HeldInTurn() {
    run_file(m_db, fmt::format("{}/schemas/{}.sql", PGMEND_SWEEP, GetParam()));
    m_db.exec(k_more);
  }

  engine::Inspection inspect(pg::Connection& connection) const {
    return engine::inspect_target(connection, kinds::all(), kinds::k_locked_along_query,
                                  engine::Selection::whole(), milliseconds(400));
  }

  std::vector<std::string> tables() const {
    std::vector<std::string> names;
    for (const auto& row :
         m_db.rows("SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace "
                   "n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') "
                   "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"))
      names.push_back(row.front());
    return names;
  }

  /// What is read is as it was, and what is not is covered.
  static void expect_rest(const Schema& all, const engine::Inspection& found) {
    EXPECT_LT(found.schema.objects().size(), all.objects().size());
    for (const auto& object : all.objects()) {
      const auto covered =
          std::any_of(found.unread.begin(), found.unread.end(),
                      [&](const engine::Unread& unread) { return unread.covers(object); });
      const auto* read = found.schema.find(*object.kind, object.name);
      EXPECT_EQ(read != nullptr, !covered) << object.kind->name << ' ' << display(object.name);
    }
  }

  const Database& db() const { return m_db; }

 private:
  // What is printed together with another relation.
  static constexpr const char* k_more = R"sql(
CREATE TABLE public.held (id int, CHECK (id > 0));
CREATE TABLE public.along (id int);
CREATE POLICY p ON public.along USING (id IN (SELECT id FROM public.held));
CREATE RULE r AS ON DELETE TO public.along DO ALSO DELETE FROM public.held;
CREATE VIEW public.v AS SELECT id FROM public.held;
CREATE VIEW public.vv AS SELECT id FROM public.v;
CREATE MATERIALIZED VIEW public.m AS SELECT id FROM public.held;
CREATE FUNCTION public.f() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM public.held; END;
CREATE FUNCTION public.g() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.held';
CREATE PUBLICATION held FOR TABLE public.held WHERE (id > 3), public.along;
)sql";

  Database m_db;
};

}  // namespace

TEST_P(HeldInTurn, EverythingElseIsReadAsItIs) {
  auto reader = db().connect();
  if (reader.server_major() < 15) GTEST_SKIP() << "publications have no conditions yet";
  const auto all = inspect(reader);
  ASSERT_TRUE(all.unread.empty());
  for (const auto& table : tables()) {
    SCOPED_TRACE(table);
    Holder holder(db());
    holder.begin("LOCK TABLE ONLY " + table + " IN ACCESS EXCLUSIVE MODE");
    const auto found = inspect(reader);
    if (!found.unread.empty()) expect_rest(all.schema, found);
    holder.end();
  }
}

TEST_P(HeldInTurn, WhatIsPrintedAlongIsNamedByItself) {
  auto reader = db().connect();
  if (reader.server_major() < 15) GTEST_SKIP() << "publications have no conditions yet";
  Holder holder(db());
  holder.begin("LOCK TABLE public.held IN ACCESS EXCLUSIVE MODE");
  const auto unread = inspect(reader).unread;
  holder.end();
  std::vector<std::string> along;
  const auto all = inspect(reader);
  for (const auto& object : all.schema.objects())
    if (std::any_of(unread.begin(), unread.end(),
                    [&](const engine::Unread& each) { return each.kind && each.covers(object); }))
      along.push_back(fmt::format("{} {}", object.kind->name, object.name.name));
  std::sort(along.begin(), along.end());
  EXPECT_EQ(along, (std::vector<std::string>{"function f()", "materialized_view m", "policy p",
                                             "publication held", "rule r", "view v"}));
}

INSTANTIATE_TEST_SUITE_P(Schemas, HeldInTurn, testing::Values("shop", "zoo"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace pgmend::test
