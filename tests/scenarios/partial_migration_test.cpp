// SPDX-License-Identifier: MIT
// The seed's first scenario: the connection drops in mid-migration, one of two columns gets
// created, and Alembic comes to believe that all is done.
#include <gtest/gtest.h>

#include "shop.hpp"
#include "support/matchers.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {
namespace {

constexpr const char* k_no_column = "column api_keys.webhook_url does not exist";

class PartialMigration : public testing::Test {
 protected:
  /// At revision create_users, with rows; `upgrade head` is about to be run.
  void SetUp() override {
    m_shop.migrate({"upgrade", "create_users"});
    m_shop.load_rows();
    m_rows = m_shop.checksum();
  }

  /// From now on a session that has added webhook_headers is cut off before its next ALTER TABLE.
  void arm_the_cut() const {
    m_shop.database().exec(
        "CREATE FUNCTION cut() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'api_keys'::regclass "
        "           AND attname = 'webhook_headers') "
        "THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; END $$;"
        "CREATE EVENT TRIGGER cut ON ddl_command_start WHEN TAG IN ('ALTER TABLE') "
        "EXECUTE FUNCTION cut()");
  }

  void disarm_the_cut() const {
    m_shop.database().exec("DROP EVENT TRIGGER cut; DROP FUNCTION cut()");
  }

  /// What a deploy script does that runs `alembic upgrade head || alembic stamp head`.
  void fall_back_to_stamp() const { m_shop.migrate({"stamp", "head"}); }

  void expect_alembic_sees_nothing() const {
    const auto upgrade = m_shop.alembic({"upgrade", "head"});
    EXPECT_EQ(upgrade.exit_code, 0) << upgrade.err;
    EXPECT_TRUE(contains_not(upgrade.err, "Running upgrade"));
    EXPECT_TRUE(contains(m_shop.alembic({"current"}).out, "index_webhooks (head)"));
  }

  void expect_all_is_well() const {
    const auto app = m_shop.app();
    EXPECT_EQ(app.exit_code, 0) << app.err;
    EXPECT_TRUE(contains(app.out, "key 1: webhook None, headers {}"));
    EXPECT_EQ(m_shop.version(), "index_webhooks");
    EXPECT_EQ(m_shop.checksum(), m_rows);
    EXPECT_EQ(schema_text(m_shop.database()), dump_of_fresh_shop());
    EXPECT_TRUE(contains_not(m_shop.alembic({"upgrade", "head"}).err, "Running upgrade"));
  }

  void expect_second_ensure_changes_nothing() const {
    const auto before = m_shop.database().fingerprint();
    const auto second = m_shop.pgmend({"ensure"});
    EXPECT_EQ(second.exit_code, 0) << testing::PrintToString(second);
    EXPECT_TRUE(contains(second.out, "Schema is correct - no changes needed"));
    EXPECT_EQ(m_shop.database().fingerprint(), before);
  }

  Shop m_shop;
  std::string m_rows;
};

TEST_F(PartialMigration, ConnectionIsCutBetweenTwoColumns) {
  arm_the_cut();
  const auto upgrade = m_shop.alembic({"-x", "autocommit=yes", "upgrade", "head"});
  EXPECT_NE(upgrade.exit_code, 0);
  EXPECT_TRUE(contains(upgrade.err, "psycopg2.OperationalError"));  // the words vary
  disarm_the_cut();
  EXPECT_EQ(m_shop.missing_columns(), "webhook_url");
  EXPECT_EQ(m_shop.version(), "create_users");
  fall_back_to_stamp();

  expect_alembic_sees_nothing();
  const auto crash = m_shop.app();
  EXPECT_NE(crash.exit_code, 0);
  EXPECT_TRUE(contains(crash.err, k_no_column));

  const auto before = m_shop.database().fingerprint();
  const auto verify = m_shop.pgmend({"verify"});
  EXPECT_EQ(verify.exit_code, 1) << testing::PrintToString(verify);
  EXPECT_TRUE(contains_match(verify.out, "api_keys\\.webhook_url missing"));
  EXPECT_TRUE(contains_match(verify.out, "ix_api_keys_webhook_url missing"));
  EXPECT_TRUE(contains_match(verify.out, "uq_api_keys_user_instance missing"));
  EXPECT_TRUE(contains(verify.out, "Schema verification FAILED - 3 differences"));
  EXPECT_EQ(m_shop.database().fingerprint(), before);

  const auto ensure = m_shop.pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
  EXPECT_TRUE(contains_in_order(
      ensure.out, {"✓ api_keys.id exists", "✓ api_keys.webhook_headers exists",
                   "⚠ api_keys.webhook_url missing - adding now...",
                   "✓ api_keys.webhook_url added successfully", "ix_api_keys_webhook_url added",
                   "Schema fixed - 3 item(s) added"}));
  expect_all_is_well();
  expect_second_ensure_changes_nothing();
}

TEST_F(PartialMigration, OnlyOneColumnIsGoneAndTheRestOfTheMigrationsRan) {
  m_shop.database().exec("ALTER TABLE api_keys ADD webhook_url varchar(1024)");
  m_shop.migrate({"stamp", "add_webhook_fields"});
  m_shop.migrate({"upgrade", "head"});

  expect_alembic_sees_nothing();
  EXPECT_TRUE(contains(m_shop.app().err, "column api_keys.webhook_headers does not exist"));

  const auto verify = m_shop.pgmend({"verify"});
  EXPECT_EQ(verify.exit_code, 1) << testing::PrintToString(verify);
  EXPECT_TRUE(contains(verify.out, "Schema verification FAILED - 1 difference\n"));

  const auto ensure = m_shop.pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
  EXPECT_TRUE(contains(ensure.out, "Schema fixed - 1 item(s) added"));
  expect_all_is_well();
  expect_second_ensure_changes_nothing();
}

// The safe helper of the seed does not help: it runs only when Alembic thinks there is work.
TEST_F(PartialMigration, AnUpgradeThatIsRunAgainInsteadOfStampedNeedsNoPgmend) {
  arm_the_cut();
  EXPECT_NE(m_shop.alembic({"-x", "autocommit=yes", "upgrade", "head"}).exit_code, 0);
  disarm_the_cut();
  m_shop.migrate({"upgrade", "head"});
  expect_all_is_well();
  expect_second_ensure_changes_nothing();
}

}  // namespace
}  // namespace pgmend::test
