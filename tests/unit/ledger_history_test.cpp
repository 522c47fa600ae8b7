// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "ledger/alembic_history.hpp"

namespace pgmend::ledger {
namespace {

using Texts = std::vector<std::string>;

AlembicScripts chain() {
  AlembicScripts scripts;
  scripts.folder = "db/versions";
  std::string parent;
  for (const auto* id : {"a1", "b2", "c3"}) {
    Script script;
    script.revision = {id, "", parent.empty() ? Texts{} : Texts{parent}, {}, {}, {id, 1, 0}};
    scripts.scripts.push_back(script);
    parent = id;
  }
  return scripts;
}

Ledger table(const std::string& name, const Texts& rows, const std::string& tool = "Alembic") {
  Ledger ledger;
  ledger.tool = tool;
  ledger.table = name;
  ledger.recorded = rows;
  ledger.total = static_cast<long long>(rows.size());
  return ledger;
}

/// The first ledger, after the history was held against all of them.
Ledger held(std::vector<Ledger> ledgers, const std::optional<std::string>& named = {},
            AlembicScripts scripts = chain()) {
  AlembicHistory(std::move(scripts), named).hold(ledgers);
  return ledgers.front();
}

Texts pending(const Ledger& ledger) {
  Texts ids;
  for (const auto& revision : ledger.pending) ids.push_back(revision.id);
  return ids;
}

TEST(AlembicHistory, WhatIsRecordedIsHeldAgainstTheScripts) {
  const auto ledger = held({table("alembic_version", {"b2"})});
  EXPECT_EQ(ledger.heads, Texts{"c3"});
  EXPECT_EQ(pending(ledger), Texts{"c3"});
  EXPECT_EQ(ledger.scripts, "db/versions");
  EXPECT_EQ(ledger.claim(), "b2");
  const auto done = held({table("alembic_version", {"c3"})});
  EXPECT_EQ(pending(done), Texts{});
  EXPECT_EQ(done.claim(), "c3 (head)");
}

TEST(AlembicHistory, WithoutAVersionTableAllIsPending) {
  const auto ledger = held({table("flyway_schema_history", {"1"}, "Flyway")});
  EXPECT_EQ(ledger.tool, "Alembic");
  EXPECT_EQ(ledger.table, "");
  EXPECT_EQ(pending(ledger), (Texts{"a1", "b2", "c3"}));
}

TEST(AlembicHistory, AnEmptyVersionTableRecordsNothing) {
  const auto ledger = held({table("alembic_version", {})});
  EXPECT_EQ(ledger.table, "alembic_version");
  EXPECT_EQ(ledger.claim(), "nothing");
  EXPECT_EQ(pending(ledger), (Texts{"a1", "b2", "c3"}));
}

TEST(AlembicHistory, ARevisionThatNoScriptHasIsUnknown) {
  const auto ledger = held({table("alembic_version", {"zz"})});
  EXPECT_EQ(ledger.unknown, Texts{"zz"});
  EXPECT_EQ(ledger.faults, Texts{});
}

// Whatever an unknown revision rests on has run. What follows a row that is known has not, or that
// row would be another.
TEST(AlembicHistory, WhatAnUnknownRevisionMayRestOnIsNotPending) {
  EXPECT_EQ(pending(held({table("alembic_version", {"zz"})})), Texts{});
  EXPECT_EQ(pending(held({table("alembic_version", {"a1", "zz"})})), (Texts{"b2", "c3"}));
}

TEST(AlembicHistory, AnotherApplicationsTableIsNotOurs) {
  const auto ledger =
      held({table("billing.alembic_version", {"zz"}), table("app.alembic_version", {"b2"})});
  EXPECT_EQ(ledger.table, "app.alembic_version");
  EXPECT_EQ(ledger.faults, Texts{});
}

TEST(AlembicHistory, TwoTablesThatCouldBeItAreAFault) {
  const auto ledger =
      held({table("alembic_version", {"a1"}), table("app.alembic_version", {"c3"})});
  EXPECT_EQ(ledger.faults, Texts{"there is more than one version table: alembic_version says a1, "
                                 "app.alembic_version says c3; name yours with --version-table"});
  // Whoever names one has said which.
  const std::vector<Ledger> both = {table("alembic_version", {"a1"}),
                                    table("app.alembic_version", {"c3"})};
  EXPECT_EQ(held(both, "app.alembic_version").faults, Texts{});
  EXPECT_EQ(held(both, "app.alembic_version").table, "app.alembic_version");
  EXPECT_EQ(held(both, "public.alembic_version").table, "alembic_version");
}

// What is recorded, and what the user named, say more than where it stands.
TEST(AlembicHistory, OfSeveralTenantsTheOneThatIsLookedAtIsChosen) {
  const auto chosen = [](std::vector<Ledger> ledgers, std::optional<std::string> named = {}) {
    AlembicHistory(chain(), std::move(named)).hold(ledgers, {"t2*"});
    return ledgers.front();
  };
  const auto tenant =
      chosen({table("t1.alembic_version", {"c3"}), table("t2.alembic_version", {"b2"}),
              table("alembic_version", {"c3"})});
  EXPECT_EQ(tenant.table, "t2.alembic_version");
  EXPECT_EQ(tenant.faults, Texts{});
  const std::vector<Ledger> others = {table("t2.alembic_version", {"zz"}),
                                      table("app.alembic_version", {"b2"})};
  EXPECT_EQ(chosen(others).table, "app.alembic_version");
  EXPECT_EQ(chosen({table("t2.alembic_version", {"b2"}), table("app.alembic_version", {"b2"})},
                   "app.alembic_version")
                .table,
            "app.alembic_version");
}

TEST(AlembicHistory, ATableThatIsNamedAndNotThereIsNone) {
  EXPECT_EQ(held({table("alembic_version", {"c3"})}, "history").table, "");
}

TEST(AlembicHistory, EnvTellsTheTableUnlessTheUserDoes) {
  const std::vector<Ledger> both = {table("alembic_version", {"a1"}), table("app.history", {"c3"})};
  auto scripts = chain();
  scripts.version_table = "history";
  EXPECT_EQ(held(both, {}, scripts).table, "app.history");
  EXPECT_EQ(held(both, "alembic_version", scripts).table, "alembic_version");
  scripts.version_table.reset();
  scripts.version_table_schema = "app";
  EXPECT_EQ(
      held({table("alembic_version", {"a1"}), table("app.alembic_version", {"a1"})}, {}, scripts)
          .table,
      "app.alembic_version");
}

TEST(AlembicHistory, AmongSeveralTablesTheOneThatCannotBeReadSaysNothing) {
  auto unread = table("app.alembic_version", {});
  unread.is_unread = true;
  const auto faults = held({table("alembic_version", {}), unread}).faults;
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults.front().find("app.alembic_version is not readable"), std::string::npos)
      << faults.front();
}

// All would seem to be pending.
TEST(AlembicHistory, ATableThatCannotBeReadIsAFault) {
  auto unread = table("alembic_version", {});
  unread.is_unread = true;
  unread.notes = {"alembic_version cannot be read: no right"};
  const auto ledger = held({unread});
  EXPECT_EQ(ledger.faults, Texts{"alembic_version cannot be read: no right"});
  EXPECT_EQ(pending(ledger), Texts{});
  EXPECT_EQ(ledger.notes, Texts{});
}

// What is missing from the chain may be in the file that cannot be read: one fault is enough.
TEST(AlembicHistory, AFileThatCannotBeReadIsTheFaultAndNotTheHoleItLeaves) {
  auto scripts = chain();
  scripts.scripts.erase(scripts.scripts.begin());
  EXPECT_EQ(held({}, {}, scripts).faults,
            Texts{"b2:1: revision b2 comes after a1, which no file has"});
  scripts.faults = {"a1.py:3: a bracket that is not closed"};
  EXPECT_EQ(held({}, {}, scripts).faults, Texts{"a1.py:3: a bracket that is not closed"});
}

TEST(AlembicHistory, WhatARevisionDropsAgainItDidNotMake) {
  auto scripts = chain();
  scripts.scripts[0].deeds.deeds = {{Deed::Sort::makes, "users", "", 3},
                                    {Deed::Sort::makes, "scratch", "", 4},
                                    {Deed::Sort::drops, "scratch", "", 5}};
  const AlembicHistory history(scripts, std::nullopt);
  const auto made = history.made_by("a1");
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].table, "users");
  EXPECT_TRUE(history.made_by("zz").empty());
}

Finding missing(const std::string& table, const std::string& name) {
  Finding finding;
  finding.name = {"public", table, name};
  finding.judgement.sort = Sort::missing;
  return finding;
}

// PostgreSQL made up its name, so no script has to hold it, but one has to make such a thing.
TEST(AlembicHistory, AConstraintWithoutANameIsOfTheRevisionThatMakesOne) {
  auto scripts = chain();
  scripts.scripts[0].deeds = read_deeds(
      read_python("op.create_table('users', sa.Column('id', sa.Integer, primary_key=True))\n"));
  scripts.scripts[1].deeds = read_deeds(read_python(
      "op.execute('ALTER TABLE users ADD CHECK (id > 0)')\n"
      "op.add_column('users', sa.Column('boss', sa.Integer, sa.ForeignKey('users.id')))\n"));
  const AlembicHistory history(scripts, std::nullopt);
  const auto origin = [&](const std::string& name) {
    const auto found = history.origin_of(missing("users", name), {});
    return found ? found->revision : "";
  };
  EXPECT_EQ(origin("users_pkey"), "a1");
  EXPECT_EQ(origin("users_boss_fkey"), "b2");
  EXPECT_EQ(origin("users_id_check"), "b2");
  EXPECT_EQ(origin("users_name_key"), "");
  EXPECT_EQ(origin("ix_users_mail"), "");
  EXPECT_EQ(origin("users_excl"), "");
  scripts.scripts[2].deeds =
      read_deeds(read_python("op.add_column('users', sa.Column('mail', sa.Text, index=True))\n"));
  const AlembicHistory indexed(scripts, std::nullopt);
  EXPECT_EQ(indexed.origin_of(missing("users", "ix_users_mail"), {})->revision, "c3");
  EXPECT_EQ(indexed.origin_of(missing("", "users_id_seq"), {})->revision, "a1");
  EXPECT_FALSE(indexed.origin_of(missing("", "orders_id_seq"), {}));
}

}  // namespace
}  // namespace pgmend::ledger
