// SPDX-License-Identifier: MIT
// Causes that are Alembic's own doing: the real one is run.
#include "cause.hpp"

namespace pgmend::test {
namespace {

constexpr auto k_early = R"py(
import os
from alembic import context
from sqlalchemy import create_engine, text
with create_engine(os.environ["DATABASE_URL"], future=True).connect() as connection:
    connection.execute(text("SELECT 1"))
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
)py";

constexpr auto k_async = R"py(
import asyncio, os
from alembic import context
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


def work(connection):
    connection.execute(text("SELECT 1"))
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def main():
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://")
    async with create_async_engine(url).connect() as connection:
        await connection.run_sync(work)


asyncio.run(main())
)py";

TEST_F(CauseTest, C01StampedAfterAFailedUpgrade) {
  ASSERT_EQ(alembic({"upgrade", "a1"}).exit_code, 0);
  ASSERT_EQ(alembic({"stamp", "head"}).exit_code, 0);
  expect_unchanged("C01", {"verify"},
                   {1,
                    "drift - the migrations say done, the schema says no: 2 differences",
                    {"Alembic says: c3 (head) is applied", "looks like a1, and claims c3",
                     "consequence: column users.name does not exist", "✗ users.name missing",
                     "from b2 (migrations/versions/b2.py:8), recorded as applied"}});
  expect_repaired(2);
}

TEST_F(CauseTest, C02AStatementBeforeConfigureSwallowsTheCommit) {
  env(k_early);
  ASSERT_EQ(alembic({"upgrade", "head"}).exit_code, 0);
  ASSERT_EQ(db().value("SELECT to_regclass('users')"), "");
  expect_unchanged(
      "C02", {"ensure"},
      {5,
       "pending - 3 migrations to run first: a1, b2, c3",
       {"there is no version table",
        "migrations/env.py:6 sends a statement before context.configure()", "commits nothing"}});
}

TEST_F(CauseTest, C03AnAsynchronousEngineClosedWithoutCommit) {
  env(k_async);
  const auto upgrade = alembic({"upgrade", "head"});
  ASSERT_EQ(upgrade.exit_code, 0) << upgrade.err;
  ASSERT_EQ(db().value("SELECT to_regclass('users')"), "");
  expect_unchanged("C03", {"ensure"},
                   {5,
                    "pending - 3 migrations to run first",
                    {"migrations/env.py:9 sends a statement before context.configure()"}});
}

TEST_F(CauseTest, C04AnAutocommitBlockCommitsTheFirstHalf) {
  ASSERT_EQ(alembic({"upgrade", "a1"}).exit_code, 0);
  exec("INSERT INTO users (email) VALUES ('a'), ('a')");
  revision("b2", "'a1'",
           {"op.add_column('users', sa.Column('name', sa.Text))",
            "with op.get_context().autocommit_block():",
            "    op.create_index('uq_email', 'users', ['email'], unique=True,",
            "                    postgresql_concurrently=True)"});
  ASSERT_NE(alembic({"upgrade", "head"}).exit_code, 0);
  ASSERT_EQ(db().value("SELECT version_num FROM alembic_version"), "a1");
  expect_unchanged("C04", {"ensure"},
                   {5,
                    "unclear - b2 is half-applied and not recorded",
                    {"b2: users.name, users.uq_email (INVALID) are there", "42701",
                     "drop that and upgrade again"}});
}

TEST_F(CauseTest, C05AnInvalidIndexIsSkippedByName) {
  revision("c3", "'b2'",
           {"with op.get_context().autocommit_block():",
            "    op.execute('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix_users_name'",
            "               ' ON users (name)')"});
  spec("tables: {users: {indexes: {ix_users_name: UNIQUE (name)}}}");
  ASSERT_EQ(alembic({"upgrade", "b2"}).exit_code, 0);
  exec("INSERT INTO users (email, name) VALUES ('a', 'x'), ('b', 'x')");
  ASSERT_NE(alembic({"upgrade", "head"}).exit_code, 0);
  exec("DELETE FROM users");
  ASSERT_EQ(alembic({"upgrade", "head"}).exit_code, 0);
  expect_unchanged("C05", {"verify"},
                   {1, "drift - the migrations say done", {"ix_users_name", "INVALID"}});
  const auto ensure = project().plain_pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
  EXPECT_EQ(db().value("SELECT indisvalid FROM pg_index WHERE indexrelid = "
                       "'ix_users_name'::regclass"),
            "t");
}

TEST_F(CauseTest, C11SeveralHeads) {
  revision("d4", "'b2'", {"op.add_column('users', sa.Column('city', sa.Text))"});
  spec("tables: {users: {columns: {name: TEXT, city: TEXT}}}");
  ASSERT_EQ(alembic({"upgrade", "heads"}).exit_code, 0);
  expect_unchanged("C11", {"verify"}, {0, "correct", {"Alembic says: c3 (head), d4 (head)"}});
  ASSERT_EQ(alembic({"downgrade", "b2"}).exit_code, 1);  // it has none
  exec("DELETE FROM alembic_version WHERE version_num = 'd4';ALTER TABLE users DROP city");
  expect_unchanged("C11", {"ensure"},
                   {5, "pending - 1 migration to run first: d4", {"c3 (head) is applied"}});
}

TEST_F(CauseTest, C20WithoutTransactionalDdl) {
  ASSERT_EQ(alembic({"upgrade", "a1"}).exit_code, 0);
  revision("b2", "'a1'",
           {"op.add_column('users', sa.Column('name', sa.Text))", "op.execute('COMMIT')",
            "op.execute('SELECT 1 / 0')"});
  ASSERT_NE(alembic({"upgrade", "head"}).exit_code, 0);
  expect_unchanged("C20", {"ensure"},
                   {5, "unclear - b2 is not recorded as applied", {"b2: users.name is there"}});
  exec("ALTER TABLE users DROP name");
  expect_unchanged("C20", {"ensure"}, {5, "pending - 2 migrations to run first: b2, c3", {}});
}

TEST_F(CauseTest, C21ATransactionForEachMigration) {
  revision("c3", "'b2'", {"op.execute('SELECT 1 / 0')"});
  env(R"py(
import os
from alembic import context
from sqlalchemy import create_engine
with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
)py");
  ASSERT_NE(alembic({"upgrade", "head"}).exit_code, 0);
  ASSERT_EQ(db().value("SELECT version_num FROM alembic_version"), "b2");
  expect_unchanged("C21", {"ensure"},
                   {5, "pending - 1 migration to run first: c3", {"b2 is applied"}});
}

}  // namespace
}  // namespace pgmend::test
