// SPDX-License-Identifier: MIT
// A migration's CREATE INDEX CONCURRENTLY fails and leaves an INVALID index, which its IF NOT
// EXISTS then takes for done.
#include <gtest/gtest.h>

#include <regex>

#include "shop.hpp"
#include "support/matchers.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {
namespace {

constexpr const char* k_index_state =
    "SELECT CASE WHEN i.indisvalid THEN 'valid' ELSE 'INVALID' END FROM pg_index i "
    "WHERE i.indexrelid = to_regclass('uq_api_keys_user_instance')";

class InvalidIndex : public testing::Test {
 protected:
  void SetUp() override {
    m_shop.migrate({"upgrade", "add_webhook_fields"});
    m_shop.load_rows();
    // Two keys stand twice, one of them three times; neither NULL nor an inactive one counts.
    m_shop.database().exec(
        "INSERT INTO api_keys (user_id, instance_id) VALUES (7, 'twice'), (7, 'twice'), "
        "(8, 'thrice'), (8, 'thrice'), (8, 'thrice'), (9, NULL), (9, NULL);"
        "INSERT INTO api_keys (user_id, instance_id, is_active) VALUES (9, 'old', false), "
        "(9, 'old', false)");
    const auto failed = m_shop.alembic({"upgrade", "head"});
    EXPECT_NE(failed.exit_code, 0);
    EXPECT_TRUE(contains(failed.err, "could not create unique index"));
    EXPECT_EQ(state(), "INVALID");
    const auto again = m_shop.migrate({"upgrade", "head"});
    EXPECT_TRUE(contains(again.err, "Running upgrade add_webhook_fields -> index_webhooks"));
    EXPECT_EQ(m_shop.version(), "index_webhooks");
    EXPECT_EQ(state(), "INVALID");
  }

  std::string state() const { return m_shop.database().value(k_index_state); }

  void remove_duplicates() const {
    m_shop.database().exec(
        "DELETE FROM api_keys a USING api_keys b WHERE a.user_id = b.user_id AND "
        "a.instance_id = b.instance_id AND a.is_active AND b.is_active AND a.id > b.id");
  }

  /// The report breaks long lines.
  static std::string unbroken(const std::string& report) {
    return std::regex_replace(report, std::regex("\\s+"), " ");
  }

  /// The query of the hint.
  static std::string query_of(const std::string& report) {
    std::smatch match;
    const std::regex query("SELECT user_id.* HAVING count\\(\\*\\) > 1");
    const auto text = unbroken(report);
    return std::regex_search(text, match, query) ? match.str() : "";
  }

  Shop m_shop;
};

TEST_F(InvalidIndex, IsCalledBroken) {
  const auto verify = m_shop.pgmend({"verify"});
  EXPECT_EQ(verify.exit_code, 1) << testing::PrintToString(verify);
  EXPECT_TRUE(contains(verify.out, "uq_api_keys_user_instance broken"));
  EXPECT_TRUE(contains(verify.out, "INVALID"));
  EXPECT_TRUE(contains(verify.out, "Schema verification FAILED - 1 difference\n"));
}

TEST_F(InvalidIndex, IsNotTouchedWhileThereAreDuplicates) {
  const auto before = m_shop.database().fingerprint();
  for (int run = 1; run <= 2; ++run) {
    const auto ensure = m_shop.pgmend({"ensure"});
    EXPECT_EQ(ensure.exit_code, 1) << testing::PrintToString(ensure);
    EXPECT_TRUE(contains(unbroken(ensure.out), "2 key(s) stand in more than one row"));
    const auto query = query_of(ensure.out);
    ASSERT_FALSE(query.empty()) << ensure.out;
    const Database::Rows expected = {{"7", "twice", "2"}, {"8", "thrice", "3"}};
    EXPECT_EQ(m_shop.database().rows(query + " ORDER BY 1"), expected) << query;
    EXPECT_TRUE(contains_not(ensure.out, "Schema fixed"));
    EXPECT_EQ(state(), "INVALID");
    EXPECT_EQ(m_shop.database().fingerprint(), before);
  }
}

TEST_F(InvalidIndex, IsRebuiltWhenTheDuplicatesAreGone) {
  remove_duplicates();
  const auto rows = m_shop.checksum();
  const auto ensure = m_shop.pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
  EXPECT_TRUE(contains_in_order(ensure.out, {"uq_api_keys_user_instance broken - repairing now...",
                                             "uq_api_keys_user_instance repaired successfully",
                                             "Schema fixed - 1 item(s) repaired"}));
  EXPECT_EQ(state(), "valid");
  EXPECT_EQ(m_shop.checksum(), rows);
  EXPECT_EQ(m_shop.version(), "index_webhooks");
  EXPECT_EQ(schema_text(m_shop.database()), dump_of_fresh_shop());
  EXPECT_THROW(
      m_shop.database().exec("INSERT INTO api_keys (user_id, instance_id) VALUES (7, 'twice')"),
      std::runtime_error);
  EXPECT_TRUE(contains(m_shop.pgmend({"ensure"}).out, "no changes needed"));
}

TEST_F(InvalidIndex, RefusalDoesNotKeepOthersFromBeingMended) {
  m_shop.database().exec("ALTER TABLE api_keys DROP COLUMN webhook_headers");
  const auto ensure = m_shop.pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 1) << testing::PrintToString(ensure);
  EXPECT_TRUE(contains(ensure.out, "✓ api_keys.webhook_headers added successfully"));
  EXPECT_EQ(m_shop.missing_columns(), "");
  remove_duplicates();
  EXPECT_EQ(m_shop.pgmend({"ensure"}).exit_code, 0);
  EXPECT_EQ(state(), "valid");
}

// The other way to get there, in which there is nothing wrong with the rows.
TEST(InvalidIndexByLockTimeout, IsRebuilt) {
  const Shop shop;
  shop.migrate({"upgrade", "add_webhook_fields"});
  shop.load_rows();
  const auto& database = shop.database();
  database.exec("ALTER DATABASE " + database.name() + " SET lock_timeout = '200ms'");
  {
    auto application = database.connect();
    application.query("BEGIN");
    application.query("UPDATE api_keys SET is_active = is_active WHERE id = 1");
    const auto failed = shop.alembic({"upgrade", "head"});
    EXPECT_TRUE(contains(failed.err, "canceling statement due to lock timeout"));
  }
  shop.migrate({"upgrade", "head"});
  EXPECT_EQ(shop.version(), "index_webhooks");

  const auto verify = shop.pgmend({"verify"});
  EXPECT_EQ(verify.exit_code, 1) << testing::PrintToString(verify);
  EXPECT_TRUE(contains(verify.out, "ix_api_keys_webhook_url broken"));
  const auto ensure = shop.pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
  EXPECT_TRUE(contains(ensure.out, "Schema fixed - 1 item(s) repaired"));
  EXPECT_EQ(schema_text(database), dump_of_fresh_shop());
}

}  // namespace
}  // namespace pgmend::test
