// SPDX-License-Identifier: MIT
// Models against migrations: what Alembic's own check compares, and what it does not.
#include <gtest/gtest.h>

#include "project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {
namespace {

constexpr auto k_models = "sqlalchemy:bookshop.models:Base";

class ModelsAndMigrations : public testing::Test {
 protected:
  /// A further revision of the bookshop, which the models know nothing of.
  void migrate_further(const std::string& sql) {
    m_project.folder().write("migrations/versions/0004_further.py",
                             "from alembic import op\nrevision = '0004'\ndown_revision = '0003'\n"
                             "def upgrade():\n    op.execute(\"\"\"" +
                                 sql + "\"\"\")\n");
  }

  RunResult diff() { return m_project.pgmend({"diff", "alembic:", k_models}); }

  Project m_project = Project({.folder = "examples/bookshop"});
};

TEST_F(ModelsAndMigrations, AgreeInTheExample) {
  const auto result = diff();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

TEST_F(ModelsAndMigrations, WhatAlembicDoesNotCompare) {
  migrate_further(R"py(
    ALTER TABLE books DROP CONSTRAINT books_price_check,
      ADD CONSTRAINT books_price_check CHECK (price > 0);
    ALTER TABLE order_items ALTER quantity SET DEFAULT 2;
    DROP INDEX orders_open_idx;
    CREATE INDEX orders_open_idx ON orders (placed_at) WHERE state = 'paid';
    DROP INDEX books_title_key_idx;
    CREATE INDEX books_title_key_idx ON books USING hash (title_key);
    ALTER TYPE order_state RENAME VALUE 'sent' TO 'shipped';
    ALTER TABLE orders DISABLE TRIGGER orders_changed;
    CREATE TRIGGER unknown BEFORE DELETE ON books FOR EACH ROW EXECUTE FUNCTION set_changed_at();
    ALTER TABLE order_items DROP CONSTRAINT order_items_quantity_check,
      ADD CONSTRAINT order_items_quantity_check CHECK (quantity > 0) NOT VALID;
  )py");
  const auto result = m_project.pgmend({"diff", k_models, "alembic:"});
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  for (const auto* difference :
       {"check constraint books.books_price_check expression different",
        "order_items.quantity default different",
        "index orders.orders_open_idx predicate different",
        "index books.books_title_key_idx method different",
        "enum type order_state labels different", "trigger orders.orders_changed",
        "trigger books.unknown", "check constraint order_items.order_items_quantity_check"})
    EXPECT_TRUE(contains(result.out, difference));
  EXPECT_TRUE(contains(result.out, "NOT VALID"));
  EXPECT_TRUE(contains(result.out, "8 differences"));
}

// A column that only the models have: the image holds two releases.
TEST_F(ModelsAndMigrations, ReleasesThatDoNotGoTogether) {
  auto models = m_project.folder().read("bookshop/models.py");
  const std::string line = "    note = Column(String(1000))\n";
  models.insert(models.find(line), "    voucher = Column(Text)\n");
  m_project.folder().write("bookshop/models.py", models);
  const auto result = diff();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "orders.voucher"));
  EXPECT_TRUE(contains(result.out, "1 difference"));
}

// create_all() of an older release, and then `alembic stamp head`.
TEST_F(ModelsAndMigrations, CreateAllAndStampOfALaterRelease) {
  m_project.folder().write("make.py",
                           "import os, sqlalchemy\nfrom bookshop.models import Base\n"
                           "Base.metadata.create_all(sqlalchemy.create_engine("
                           "os.environ['DATABASE_URL']))\n");
  m_project.must_run({"make.py"});
  migrate_further("ALTER TABLE orders ADD voucher text, ADD gift boolean NOT NULL DEFAULT false");
  m_project.must_run({"-m", "alembic", "stamp", "head"});
  const auto result = m_project.pgmend({"verify", "--schema", "alembic:"});
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "orders.voucher missing"));
  EXPECT_TRUE(contains(result.out, "orders.gift missing"));
  EXPECT_TRUE(contains(result.out, "2 differences"));
}

// A failed CREATE INDEX CONCURRENTLY leaves an index that every later run takes for done.
TEST_F(ModelsAndMigrations, AnInvalidIndexIsNoIndex) {
  m_project.must_run({"-m", "alembic", "upgrade", "head"});
  m_project.database().exec(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_open_idx'::regclass");
  const auto result = m_project.pgmend({"verify", "--schema", k_models});
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "orders.orders_open_idx"));
}

}  // namespace
}  // namespace pgmend::test
