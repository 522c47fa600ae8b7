// SPDX-License-Identifier: MIT
// Promise 1. Beside the catalogs and rows (state()), the files of all relations, the sequences, and
// the numbers of rows that the server counted as written.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class VerifyChangesNothing : public CliTest {
 protected:
  VerifyChangesNothing() {
    db().exec(
        "CREATE SEQUENCE tickets; SELECT nextval('tickets');"
        "CREATE TYPE mood AS ENUM ('fine', 'bad');"
        "CREATE TABLE notes (id serial PRIMARY KEY, key_id int REFERENCES api_keys,"
        " mood mood DEFAULT 'fine', tags varchar(20)[] DEFAULT '{}', at timestamptz DEFAULT now(),"
        " ticket int DEFAULT nextval('tickets'), CONSTRAINT ok CHECK (mood IN ('fine', 'bad')));"
        "INSERT INTO notes (key_id) VALUES (1);"
        "CREATE INDEX ix_lower ON api_keys (lower(instance_id)) WHERE is_active");
  }

  std::string evidence() const {
    return state() + "\n" +
           db().value(
               "SELECT string_agg(concat_ws(' ', oid::regclass, relfilenode, "
               "pg_relation_size(oid)), E'\\n' ORDER BY oid::regclass::text) FROM pg_class "
               "WHERE relpersistence = 'p' AND relkind IN ('r', 'i', 'S', 't') "
               "AND relnamespace = 'public'::regnamespace") +
           "\n" +
           db().value(
               "SELECT string_agg(concat_ws(' ', relname, n_tup_ins, n_tup_upd, "
               "n_tup_del), E'\\n' ORDER BY relname) FROM pg_stat_user_tables") +
           "\n" + db().value("SELECT concat_ws(' ', last_value, is_called) FROM tickets") + "\n" +
           db().value(
               "SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace "
               "WHERE nspname !~ 'temp'");
  }

  void expect_untouched(const Arguments& args, int exit_code) const {
    const auto before = evidence();
    const auto result = run(args);
    EXPECT_EQ(exit_code, result.exit_code) << result.out << result.err;
    EXPECT_EQ(before, evidence());
    EXPECT_EQ("0", db().value("SELECT count(*) FROM pg_class WHERE relpersistence = 't'"));
    EXPECT_EQ("0", db().value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"));
  }
  void expect_untouched_by_all(int exit_code) const {
    for (const Arguments& args :
         {Arguments{"verify"}, {"plan"}, {"ensure", "--dry-run"}, {"verify", "--verbose"}})
      expect_untouched(args, exit_code);
  }
};

TEST_F(VerifyChangesNothing, WhenAllIsCorrect) {
  spec(
      "tables:\n"
      "  notes:\n"
      "    columns:\n"
      "      id: serial PRIMARY KEY\n"
      "      mood: mood DEFAULT 'fine'\n"
      "      ticket: int DEFAULT nextval('tickets')\n"
      "    constraints: {ok: \"CHECK (mood IN ('fine', 'bad'))\"}\n"
      "  api_keys:\n"
      "    indexes: {ix_lower: (lower(instance_id)) WHERE is_active}\n");
  expect_untouched_by_all(exit_correct);
}

TEST_F(VerifyChangesNothing, WhenTextsAreInDoubt) {
  spec(
      "tables:\n"
      "  notes:\n"
      "    columns:\n"
      "      tags: \"varchar(20)[] DEFAULT ARRAY[]::varchar[]\"\n"
      "      at: timestamptz DEFAULT CURRENT_TIMESTAMP\n"
      "      ticket: int DEFAULT nextval('tickets') + 0\n"
      "    constraints: {ok: \"CHECK (mood = ANY (ARRAY['fine', 'bad']::mood[]))\"}\n"
      "  api_keys:\n"
      "    indexes: {ix_lower: (upper(instance_id)) WHERE NOT is_active}\n");
  expect_untouched_by_all(exit_drift);
}

TEST_F(VerifyChangesNothing, WhenThereIsDrift) {
  spec(
      "tables:\n"
      "  notes:\n"
      "    columns:\n"
      "      fresh: int DEFAULT nextval('tickets')\n"
      "      mood: text NOT NULL\n"
      "      key_id: {definition: int NOT NULL DEFAULT 3, backfill: '1'}\n"
      "    indexes: {ix_fresh: UNIQUE (fresh)}\n"
      "  orders:\n"
      "    create: true\n"
      "    columns: {id: serial PRIMARY KEY}\n");
  expect_untouched_by_all(exit_drift);
}

TEST_F(VerifyChangesNothing, WhenTheSpecIsWrong) {
  spec("tables: {notes: {columns: {a: int DEFAULT nextval('tickets'), b: intt}}}");
  expect_untouched({"verify"}, exit_usage);
  expect_untouched({"ensure"}, exit_usage);
}

TEST_F(VerifyChangesNothing, AndNeitherDoesEnsureWhenAllIsCorrect) {
  spec("tables: {notes: {columns: {ticket: \"int DEFAULT nextval('tickets')\"}}}");
  expect_untouched({"ensure"}, exit_correct);
}

}  // namespace
}  // namespace pgmend::test
