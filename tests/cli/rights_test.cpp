// SPDX-License-Identifier: MIT
// Roles that may not do all that is needed.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class Rights : public CliTest {
 protected:
  Rights() : m_role(db()) {
    db().exec("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    spec(
        "tables:\n"
        "  api_keys:\n"
        "    columns: {user_id: int NOT NULL, webhook_url: VARCHAR(1024)}\n"
        "    indexes: {ix_instance: (instance_id)}\n");
  }
  const std::string& role() const { return m_role.name(); }
  void own_api_keys() const { db().exec("ALTER TABLE api_keys OWNER TO " + role()); }
  void revoke_temp() const { db().exec("REVOKE TEMP ON DATABASE " + db().name() + " FROM PUBLIC"); }

 private:
  Role m_role;
};

TEST_F(Rights, VerifyNeedsNone) {
  const auto result = run_unchanged({"verify"}, role());
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "✓ api_keys.user_id exists"));
  EXPECT_TRUE(contains_line(result.out, "✗ api_keys.webhook_url missing"));
  EXPECT_TRUE(contains_line(result.out, "✗ index api_keys.ix_instance missing"));
}

TEST_F(Rights, NotTheOwner) {
  const auto result = run_unchanged({"ensure"}, role());
  EXPECT_EQ(exit_drift, result.exit_code);
  const auto said = unwrapped(result.out);
  const auto why = "the role " + role() + " does not own api_keys";
  EXPECT_TRUE(contains_in_order(
      said, {"✗ api_keys.webhook_url missing", why, "hint: connect as postgres, who owns it"}));
  EXPECT_TRUE(contains_in_order(said, {"✗ index api_keys.ix_instance missing", why}));
  EXPECT_TRUE(contains_not(said, "successfully"));
}

TEST_F(Rights, OwnerWithoutCreateOnTheSchema) {
  own_api_keys();
  const auto result = run({"ensure"}, role());
  EXPECT_EQ(exit_drift, result.exit_code);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains(said, "✓ api_keys.webhook_url added successfully"));
  EXPECT_TRUE(contains_in_order(
      said, {"✗ index api_keys.ix_instance missing", "may not create anything in schema public",
             "hint: as the owner of the schema: GRANT CREATE ON SCHEMA public TO " + role()}));
  EXPECT_EQ(
      "id integer, user_id integer, instance_id text, is_active boolean, "
      "webhook_url character varying(1024)",
      columns("api_keys"));
  EXPECT_EQ("", db().value("SELECT to_regclass('ix_instance')"));
}

TEST_F(Rights, MemberOfTheOwningRoleMayRepair) {
  const Role owner(db(), "NOLOGIN");
  db().exec("ALTER TABLE api_keys OWNER TO " + owner.name() +
            "; GRANT CREATE ON SCHEMA public TO " + owner.name() + "; GRANT " + owner.name() +
            " TO " + role());
  EXPECT_EQ(exit_correct, run({"ensure"}, role()).exit_code);
}

TEST_F(Rights, WithoutTempWhatIsThereIsVerifiedAndTheRestNamed) {
  revoke_temp();
  run({"ensure"});
  const auto result = run_unchanged({"verify"}, role());
  EXPECT_EQ(exit_unverified, result.exit_code);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains(said, "✓ api_keys.webhook_url exists"));
  EXPECT_TRUE(contains(said,
                       "⚠ api_keys.user_id unconfirmed the server could not be asked about its "
                       "definition: the role has no TEMPORARY right on the database"));
  EXPECT_TRUE(contains(said,
                       "hint: it exists; to compare the rest, run as a role that has the "
                       "right TEMP on the database"));
  EXPECT_TRUE(
      contains(said, "⚠ index api_keys.ix_instance unconfirmed for the same reason as above"));
  EXPECT_TRUE(contains(said, "❌ Could not verify schema - some of it is unconfirmed"));
}

/// A type is named in the spec as the search_path finds it, and in the catalogs with its schema.
TEST_F(Rights, WithoutTempTypesOfOnesOwnAreVerified) {
  revoke_temp();
  db().exec(
      "CREATE TYPE hue AS ENUM ('red'); CREATE DOMAIN word AS text CHECK (VALUE <> ''); "
      "CREATE SCHEMA more; GRANT USAGE ON SCHEMA more TO PUBLIC; CREATE TYPE more.pair AS (a int); "
      "CREATE TABLE lamps (a hue, b hue, c word, d more.pair, e hue[], n int); "
      "ALTER TABLE lamps ALTER n SET STATISTICS 500");
  spec(
      "tables:\n"
      "  lamps:\n"
      "    columns: {a: hue, b: public.hue, c: word, d: more.pair, e: 'hue[]', n: int}\n");
  const auto result = run_unchanged({"verify"}, role());
  EXPECT_EQ(exit_correct, result.exit_code) << result.out;
  spec("tables: {lamps: {columns: {a: word, d: more.pair}}}");
  EXPECT_EQ(exit_drift, run_unchanged({"verify"}, role()).exit_code);
}

TEST_F(Rights, WithoutTempTheReasonIsToldOnce) {
  revoke_temp();
  db().exec(
      "CREATE TYPE hue AS ENUM ('red'); "
      "CREATE TABLE lamps (a hue DEFAULT 'red', b hue NOT NULL, c int DEFAULT 1)");
  spec(
      "tables:\n"
      "  lamps:\n"
      "    columns: {a: hue DEFAULT 'red', b: hue NOT NULL, c: int DEFAULT 1}\n");
  const auto result = run_unchanged({"verify"}, role());
  EXPECT_EQ(exit_unverified, result.exit_code) << result.out;
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains_in_order(
      said, {"lamps.a unconfirmed the server could not be asked about its definition",
             "hint: it exists", "lamps.b unconfirmed for the same reason as above",
             "lamps.c unconfirmed for the same reason as above"}));
  EXPECT_EQ(said.find("no TEMPORARY right"), said.rfind("no TEMPORARY right"));
}

TEST_F(Rights, WithoutTempDriftIsStillFound) {
  revoke_temp();
  spec(
      "tables:\n"
      "  api_keys:\n"
      "    columns: {user_id: bigint, is_active: boolean, gone: int, instance_id: text}\n"
      "    indexes: {ix_gone: (instance_id)}\n");
  const auto result = run_unchanged({"verify"}, role());
  EXPECT_EQ(exit_drift, result.exit_code);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains(said, "✗ api_keys.user_id type different expected: bigint found: integer"));
  EXPECT_TRUE(contains(said, "✗ api_keys.is_active NOT NULL different expected: nothing"));
  EXPECT_TRUE(contains(said, "✗ api_keys.gone missing"));
  EXPECT_TRUE(contains(said, "✗ index api_keys.ix_gone missing"));
  EXPECT_TRUE(contains(said, "✓ api_keys.instance_id exists"));
}

TEST_F(Rights, WithoutTempNothingIsCreatedFromHalfADefinition) {
  revoke_temp();
  own_api_keys();
  db().exec("GRANT CREATE ON SCHEMA public TO " + role());
  spec("tables: {api_keys: {columns: {note: \"text DEFAULT 'x'\"}}}");
  const auto result = run_unchanged({"ensure"}, role());
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(
      contains(unwrapped(result.out), "the server could not be asked about its definition"));
}

TEST_F(Rights, WithoutUsageOnTheSchemaItIsStillVerified) {
  db().exec("REVOKE USAGE ON SCHEMA public FROM PUBLIC");
  spec("tables: {api_keys: {columns: {user_id: int NOT NULL, is_active: boolean}}}");
  const auto result = run_unchanged({"verify"}, role());
  EXPECT_EQ(exit_drift, result.exit_code) << result.err;
  EXPECT_TRUE(contains_line(result.out, "✓ api_keys.user_id exists"));
  EXPECT_TRUE(contains_line(result.out, "✗ api_keys.is_active NOT NULL different"));
}

}  // namespace
}  // namespace pgmend::test
