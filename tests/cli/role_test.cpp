// SPDX-License-Identifier: MIT
// --role, and what new objects get from their siblings.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class RoleTest : public CliTest {
 protected:
  RoleTest()
      : m_owner(db(), "NOLOGIN", "owner"),
        m_login(db(), "LOGIN NOINHERIT", "login"),
        m_reader(db(), "NOLOGIN", "reader") {
    db().exec("REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT CREATE ON SCHEMA public TO " +
              owner() + "; GRANT " + owner() + " TO " + login());
    for (const std::string table : {"users", "api_keys"})
      db().exec("ALTER TABLE " + table + " OWNER TO " + owner() + "; GRANT SELECT ON " + table +
                " TO " + m_reader.name());
    spec(
        "tables:\n"
        "  api_keys: {columns: {note: text}}\n"
        "  audit: {create: true, columns: {id: bigserial, what: text}}\n");
  }
  const std::string& owner() const { return m_owner.name(); }
  const std::string& login() const { return m_login.name(); }
  const std::string& reader() const { return m_reader.name(); }

  std::string owner_of(const std::string& relation) const {
    return db().value("SELECT relowner::regrole FROM pg_class WHERE oid = '" + relation +
                      "'::regclass");
  }

 private:
  Role m_owner;
  Role m_login;
  Role m_reader;
};

TEST_F(RoleTest, AMemberThatInheritsNothingIsToldOfIt) {
  const auto result = run_unchanged({"ensure"}, login());
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_in_order(
      unwrapped(result.out),
      {"✗ api_keys.note missing", "the role " + login() + " does not own api_keys",
       "hint: run with --role " + owner() + ", which owns it", "✗ audit missing",
       "may not create anything in schema public"}));
}

TEST_F(RoleTest, ActsAsIt) {
  const auto result = run({"ensure", "--role", owner()}, login());
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(unwrapped(result.out), "acting as " + owner()));
  EXPECT_EQ(owner(), owner_of("audit"));
  EXPECT_EQ(owner(), owner_of("audit_id_seq"));
}

TEST_F(RoleTest, MayStandInTheSpec) {
  spec("role: " + owner() + "\ntables: {api_keys: {columns: {note: text}}}\n");
  const auto result = run({"ensure"}, login());
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(unwrapped(result.out), "acting as " + owner()));
}

TEST_F(RoleTest, TheOptionBeatsTheSpec) {
  spec("role: " + reader() + "\ntables: {api_keys: {columns: {note: text}}}\n");
  const auto refused = run_unchanged({"ensure"}, login());
  EXPECT_EQ(exit_unverified, refused.exit_code);
  EXPECT_TRUE(contains(unwrapped(refused.err), "(role in pgmend.yaml): permission denied"));
  EXPECT_EQ(exit_correct, run({"ensure", "--role", owner()}, login()).exit_code);
}

TEST_F(RoleTest, IndexesAreBuiltAsItToo) {
  spec("tables: {api_keys: {indexes: {ix_instance: (instance_id)}}}");
  EXPECT_EQ(exit_correct, run({"ensure", "--role", owner()}, login()).exit_code);
  EXPECT_EQ(owner(), owner_of("ix_instance"));
}

TEST_F(RoleTest, OneThatMayNotBeActedAsIsRefused) {
  const auto result = run_unchanged({"ensure", "--role", reader()}, login());
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains_in_order(
      unwrapped(result.err),
      {"cannot act as " + reader() + " (--role): permission denied", "hint:", "GRANT"}));
}

TEST_F(RoleTest, OneThatDoesNotExistIsRefused) {
  for (const std::string role : {"nobody at all", "'; DROP TABLE users; --"}) {
    const auto result = run_unchanged({"ensure", "--role", role});
    EXPECT_EQ(exit_unverified, result.exit_code);
    EXPECT_TRUE(contains(unwrapped(result.err), "does not exist"));
  }
}

TEST_F(RoleTest, ANewTableGetsTheOwnerAndTheGrantsOfItsSiblings) {
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ(owner(), owner_of("audit"));
  EXPECT_EQ("t", db().value("SELECT has_table_privilege('" + reader() + "', 'audit', 'SELECT')"));
  EXPECT_EQ("f", db().value("SELECT has_table_privilege('" + reader() + "', 'audit', 'INSERT')"));
}

TEST_F(RoleTest, WhatSiblingsDoNotShareIsNotGiven) {
  db().exec("GRANT INSERT ON users TO " + reader() + "; ALTER TABLE users OWNER TO postgres");
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ("postgres", owner_of("audit"));
  EXPECT_EQ("f", db().value("SELECT has_table_privilege('" + reader() + "', 'audit', 'INSERT')"));
  EXPECT_EQ("t", db().value("SELECT has_table_privilege('" + reader() + "', 'audit', 'SELECT')"));
}

TEST_F(RoleTest, ANewSequenceGetsTheGrantsOfTheOthers) {
  db().exec("CREATE SEQUENCE numbers; ALTER SEQUENCE numbers OWNER TO " + owner() +
            "; GRANT USAGE ON SEQUENCE numbers TO " + reader());
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ("t", db().value("SELECT has_sequence_privilege('" + reader() +
                            "', 'audit_id_seq', 'USAGE')"));
}

}  // namespace
}  // namespace pgmend::test
