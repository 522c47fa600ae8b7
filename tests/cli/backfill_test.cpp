// SPDX-License-Identifier: MIT
// What existing rows get, said on the command line: also of what no pgmend.yaml declares.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class BackfillOption : public CliTest {
 protected:
  void declare() const { spec("tables:\n  api_keys: {columns: {note: text NOT NULL}}\n"); }
  std::string notes() const { return db().value("SELECT string_agg(note, ',') FROM api_keys"); }
};

TEST_F(BackfillOption, FillsWhatAWholeSchemaHas) {
  const auto file = folder().write("whole.sql",
                                   "CREATE TABLE api_keys (id bigint, user_id bigint, "
                                   "instance_id text, is_active boolean, note text NOT NULL);");
  const auto result = run({"ensure", "--schema", file, "--table", "api_keys", "--kind", "column",
                           "--backfill", "api_keys.note='key ' || id"});
  EXPECT_TRUE(contains(result.out, "api_keys.note added successfully")) << result.out << result.err;
  EXPECT_EQ(notes(), "key 1");
}

TEST_F(BackfillOption, FillsWhatASpecDeclares) {
  declare();
  const auto refused = run({"ensure"});
  EXPECT_EQ(refused.exit_code, exit_drift);
  EXPECT_TRUE(contains(unwrapped(refused.out), "--backfill 'api_keys.note=<SQL expression>'"))
      << refused.out;
  const auto result = run({"ensure", "--backfill", "public.api_keys.note='none'"});
  EXPECT_EQ(result.exit_code, exit_correct) << result.out << result.err;
  EXPECT_EQ(notes(), "none");
}

TEST_F(BackfillOption, BeginsNothingWithAnExpressionThatFails) {
  declare();
  for (const auto* wrong : {"api_keys.note=1/0", "api_keys.note=nobody", "api_keys.note=max(id)"}) {
    EXPECT_NE(run({"ensure", "--backfill", wrong}).exit_code, exit_correct) << wrong;
    EXPECT_EQ(db().value("SELECT count(*) FROM pg_attribute WHERE attname = 'note'"), "0") << wrong;
  }
}

TEST_F(BackfillOption, NamesWhatIsWrongWithIt) {
  declare();
  EXPECT_TRUE(contains(run_unchanged({"ensure", "--backfill", "api_keys.note"}).err,
                       "`api_keys.note` is not TABLE.COLUMN=EXPRESSION"));
  EXPECT_TRUE(contains(run_unchanged({"ensure", "--backfill", "api_keys.nota=1"}).err,
                       "has no column api_keys.nota"));
  EXPECT_EQ(run_unchanged({"ensure", "--backfill", "note=1"}).exit_code, exit_usage);
}

TEST_F(BackfillOption, StandsInTheCommandThatRepairs) {
  spec("tables:\n  api_keys: {columns: {note: text NOT NULL, is_active: text}}\n");
  const auto result =
      run({"plan", "--backfill", "api_keys.note=id", "--ignore", "users", "--format", "text"});
  EXPECT_TRUE(contains(unwrapped(result.out), "--ignore users --backfill api_keys.note=id"))
      << result.out;
}

}  // namespace
}  // namespace pgmend::test
