// SPDX-License-Identifier: MIT
// Rights that a repair needs are looked for while it is planned: nothing is begun that cannot be
// finished. And what lacks consent is listed with its price.
#include <fmt/format.h>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class Preflight : public CliTest {
 protected:
  Preflight() : m_role(db()) {
    db().exec("GRANT CREATE ON SCHEMA public TO " + role() + "; ALTER TABLE api_keys OWNER TO " +
              role());
  }
  const std::string& role() const { return m_role.name(); }

 private:
  Role m_role;
};

TEST_F(Preflight, AForeignKeyNeedsReferencesOnTheOtherTable) {
  spec("tables: {api_keys: {constraints: {owner_fk: FOREIGN KEY (id) REFERENCES users (id)}}}");
  const auto result = run_unchanged({"ensure"}, role());
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_in_order(
      unwrapped(result.out), {"owner_fk missing", "has no REFERENCES right on",
                              "hint: as its owner: GRANT REFERENCES, SELECT ON", "TO " + role()}));
  // Orphans could not be looked for.
  db().exec("GRANT REFERENCES ON users TO " + role());
  EXPECT_TRUE(contains(unwrapped(run_unchanged({"ensure"}, role()).out), "has no SELECT right on"));
  db().exec("GRANT SELECT ON users TO " + role());
  EXPECT_EQ(exit_correct, run({"ensure"}, role()).exit_code);
}

TEST_F(Preflight, TablesThatAreTooLargeAreLeftToPeople) {
  db().exec("CREATE TABLE large AS SELECT repeat('x', 1000) AS name FROM generate_series(1, 1000)");
  spec(
      "tables:\n"
      "  large:\n"
      "    columns: {note: text}\n"
      "    indexes: {large_name: (name)}\n"
      "  api_keys: {indexes: {api_keys_id: (id)}}\n");
  const auto result = run({"ensure", "--max-size", "512kB"});
  EXPECT_EQ(exit_drift, result.exit_code);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains_in_order(said, {"large_name missing", "large has 1", "kB, more than",
                                       "--max-size, and this builds an index", "hint:"}))
      << said;
  EXPECT_TRUE(contains(said, "large.note added successfully"));  // which takes no time
  EXPECT_TRUE(contains(said, "api_keys_id added successfully"));
  EXPECT_EQ(exit_correct, run({"ensure", "--max-size", "1GB"}).exit_code);
}

TEST_F(Preflight, ATriggerNeedsOnlyTheTriggerRight) {
  db().exec(
      "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
      "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()");
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  db().exec("DROP TRIGGER touched ON users");
  const Arguments ensure = {"ensure", "--schema", "schema.lock", "--kind", "trigger"};
  const auto refused = run_unchanged(ensure, role());
  EXPECT_EQ(exit_drift, refused.exit_code);
  EXPECT_TRUE(contains(unwrapped(refused.out), "does not own users"));
  db().exec("GRANT TRIGGER ON users TO " + role());
  const auto result = run(ensure, role());
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
}

TEST_F(Preflight, TriggersOfAConstraintNeedASuperuser) {
  db().exec("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE k (p int REFERENCES p)");
  db().exec(fmt::format("ALTER TABLE p OWNER TO {0}; ALTER TABLE k OWNER TO {0}", role()));
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  db().exec("ALTER TABLE k DISABLE TRIGGER ALL");
  const Arguments ensure = {"ensure", "--schema", "schema.lock"};
  const auto refused = run_unchanged(ensure, role());
  EXPECT_EQ(exit_drift, refused.exit_code);
  EXPECT_TRUE(contains_in_order(
      unwrapped(refused.out),
      {"k.k_p_fkey", "broken",
       "only a superuser may enable the triggers of a constraint, and the "
       "role " +
           role() + " is none",
       "hint: run ensure as a superuser, or have one send: ALTER TABLE ONLY", "ENABLE TRIGGER"}))
      << refused.out;
  EXPECT_EQ(exit_correct, run(ensure).exit_code);
}

TEST_F(Preflight, ExtensionsNeedTrustOrASuperuser) {
  Database with;
  with.exec("CREATE EXTENSION pg_trgm");
  const auto missing =
      run_unchanged({"ensure", "--against", with.url(), "--kind", "extension"}, role());
  EXPECT_EQ(exit_drift, missing.exit_code) << missing.out << missing.err;
  EXPECT_TRUE(
      contains_in_order(unwrapped(missing.out), {"extension pg_trgm missing", role(), "hint:"}));
  db().exec("GRANT CREATE ON DATABASE " + db().name() + " TO " + role());
  const auto result = run({"ensure", "--against", with.url(), "--kind", "extension"}, role());
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
}

TEST_F(Preflight, AnUntrustedExtensionIsNotTried) {
  Database with;
  with.exec("CREATE EXTENSION file_fdw");
  db().exec("GRANT CREATE ON DATABASE " + db().name() + " TO " + role());
  const auto result =
      run_unchanged({"ensure", "--against", with.url(), "--kind", "extension"}, role());
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(
      contains_in_order(unwrapped(result.out), {"extension file_fdw missing", "superuser"}));
}

TEST_F(Preflight, WhatLacksConsentHasItsPrice) {
  db().exec(
      "INSERT INTO api_keys SELECT i, 1, 'x' FROM generate_series(10, 5009) AS i; ANALYZE "
      "api_keys");
  spec("tables: {api_keys: {columns: {id: bigint}}}");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_in_order(unwrapped(result.out),
                                {"needs consent: rewrite",
                                 "run with --allow rewrite (rewrites the table; ACCESS EXCLUSIVE "
                                 "lock, which blocks reads and writes; api_keys has",
                                 "kB, about 5001 rows)"}));
}

/// A partition is told what its parent lacks, in the same words.
TEST_F(Preflight, WhatLacksConsentHasItsPriceInPartitionsToo) {
  db().exec(
      "CREATE TABLE logs (id int, at date) PARTITION BY RANGE (at);"
      "CREATE TABLE logs_old PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')");
  Database other;
  other.exec(
      "CREATE TABLE logs (id bigint, at date) PARTITION BY RANGE (at);"
      "CREATE TABLE logs_old PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')");
  const auto result = run_unchanged({"ensure", "--against", other.url(), "--table", "logs*"});
  const auto words = unwrapped(result.out);
  EXPECT_TRUE(contains_in_order(words, {"run with --allow rewrite (", "logs has 0 bytes)",
                                        "run with --allow rewrite (", "logs has 0 bytes)"}))
      << words;
}

TEST_F(Preflight, WhatIsLostIsSaidBeforeItIsDropped) {
  Database empty;
  empty.exec("CREATE TABLE api_keys (id int PRIMARY KEY)");
  const auto result = run_unchanged({"ensure", "--against", empty.url(), "--allow", "alter"});
  EXPECT_TRUE(contains(unwrapped(result.out), "--allow drop")) << result.out;
}

}  // namespace
}  // namespace pgmend::test
