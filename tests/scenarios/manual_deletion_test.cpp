// SPDX-License-Identifier: MIT
// The seed's second scenario: someone drops a column by hand, Alembic has no idea.
#include <gtest/gtest.h>

#include "shop.hpp"
#include "support/matchers.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {
namespace {

class ManualDeletion : public testing::Test {
 protected:
  void SetUp() override {
    m_shop.migrate({"upgrade", "head"});
    m_shop.load_rows();
    m_rows = m_shop.checksum();
    // Its partial index goes with the column, in silence.
    m_shop.database().exec("ALTER TABLE api_keys DROP COLUMN webhook_url");
  }

  void expect_found_and_mended() const {
    EXPECT_TRUE(contains_not(m_shop.migrate({"upgrade", "head"}).err, "Running upgrade"));
    EXPECT_TRUE(contains(m_shop.migrate({"current"}).out, "(head)"));

    const auto verify = m_shop.pgmend({"verify"});
    EXPECT_EQ(verify.exit_code, 1) << testing::PrintToString(verify);
    EXPECT_TRUE(contains(verify.out, "Schema verification FAILED - 2 differences"));
    EXPECT_TRUE(contains(verify.out, "to repair it run:"));
    EXPECT_EQ(m_shop.missing_columns(), "webhook_url");

    const auto fix = m_shop.pgmend({"verify", "--fix"});
    EXPECT_EQ(fix.exit_code, 0) << testing::PrintToString(fix);
    EXPECT_TRUE(contains(fix.out, "Schema fixed - 2 item(s) added"));

    EXPECT_EQ(m_shop.pgmend({"verify"}).exit_code, 0);
    EXPECT_EQ(m_shop.version(), "index_webhooks");
    EXPECT_EQ(m_shop.checksum(), m_rows);
    EXPECT_EQ(schema_text(m_shop.database()), dump_of_fresh_shop());
  }

  Shop m_shop;
  std::string m_rows;
};

TEST_F(ManualDeletion, IsFixedByVerifyFix) {
  EXPECT_TRUE(contains(m_shop.app().err, "column api_keys.webhook_url does not exist"));
  expect_found_and_mended();
  EXPECT_EQ(m_shop.app().exit_code, 0);
}

TEST_F(ManualDeletion, TheApplicationsUrlIsUnderstood) {
  EXPECT_TRUE(contains(m_shop.application_url(), "postgresql+asyncpg://"));
  const auto verify = m_shop.pgmend({"verify"});
  EXPECT_TRUE(contains(verify.out, "database: " + m_shop.database().name() + " on "));
  EXPECT_TRUE(contains(verify.out, "from DATABASE_URL in"));
  EXPECT_EQ(verify.exit_code, 1);
}

TEST_F(ManualDeletion, TheUrlIsFoundInAlembicIni) {
  m_shop.move_url_to_alembic_ini();
  expect_found_and_mended();
  EXPECT_TRUE(contains(m_shop.pgmend({"verify"}).out, "sqlalchemy.url in alembic.ini"));
}

TEST_F(ManualDeletion, TheUrlIsFoundInDotEnv) {
  const auto url = m_shop.application_url();
  m_shop.move_url_to_alembic_ini();
  m_shop.folder().write("alembic.ini", "[alembic]\nsqlalchemy.url = driver://user:pass@host/db\n");
  m_shop.folder().write(".env", "DATABASE_URL=" + url + "\n");
  const auto fix = m_shop.pgmend({"ensure"});
  EXPECT_EQ(fix.exit_code, 0) << testing::PrintToString(fix);
  EXPECT_TRUE(contains(fix.out, "DATABASE_URL in .env"));
}

}  // namespace
}  // namespace pgmend::test
