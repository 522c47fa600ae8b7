// SPDX-License-Identifier: MIT
// What cannot be repaired does not keep the rest from being repaired.
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
    "INSERT INTO items SELECT i, 'item ' || i FROM generate_series(1, 100) AS i;";

/// Refuses whatever gives the table this column.
constexpr const char* k_refuse_middle = R"sql(
CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'public.items'::regclass
             AND attname = 'middle') THEN
    RAISE EXCEPTION 'no middle here' USING HINT = 'ask the DBA';
  END IF;
END $$;
CREATE EVENT TRIGGER refuse ON ddl_command_end EXECUTE FUNCTION refuse();
)sql";

std::string columns(const Project& project) {
  return project.db().value(
      "SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute "
      "WHERE attrelid = 'items'::regclass AND attnum > 0 AND NOT attisdropped");
}

}  // namespace

TEST(PartialFailure, OneColumnThatIsRefusedDoesNotStopTheOthers) {
  const Project project(std::string(k_sql) + k_refuse_middle, R"(
tables:
  items:
    columns: {first: text, middle: text, last: text}
    indexes: {items_name: (name)}
)");
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_EQ(columns(project), "id name first last");
  EXPECT_TRUE(contains_line(result.out, "✓ items.first added successfully"));
  EXPECT_TRUE(contains_line(result.out, "✓ items.last added successfully"));
  EXPECT_TRUE(contains_line(result.out, "✓ index items.items_name added successfully"))
      << result.out;
  EXPECT_TRUE(contains_in_order(
      result.out, {"items.middle not repaired: no middle here", "hint: ask the DBA"}));
  EXPECT_TRUE(contains_match(result.out, "Failed to fix schema issues - 1 item left, 3 item"));
  project.db().exec("DROP EVENT TRIGGER refuse");
  EXPECT_EQ(project.ensure().exit_code, 0);
}

// The server takes the text of the default; it fails when it is worked out.
TEST(PartialFailure, ADefaultThatOnlyFailsWhenRowsGetIt) {
  const Project project(
      std::string(k_sql) +
          "CREATE FUNCTION half(n int) RETURNS int STABLE LANGUAGE plpgsql AS "
          "$$ BEGIN IF n > 0 THEN RAISE 'half of what?'; END IF; RETURN n / 2; END $$;",
      "tables:\n  items:\n    columns: {bad: int DEFAULT half(3), good: int DEFAULT 4}\n");
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_EQ(columns(project), "id name good");
  EXPECT_TRUE(contains(result.out, "items.bad not repaired: half of what?"));
  EXPECT_EQ(project.db().value("SELECT count(*) FROM items WHERE good = 4"), "100");
}

TEST(PartialFailure, NotNullWithoutDefaultIsNotGuessed) {
  const Project project(k_sql,
                        "tables:\n  items:\n    columns: {owner: bigint NOT NULL, note: text}\n");
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_EQ(columns(project), "id name note");
  EXPECT_TRUE(contains_in_order(
      result.out, {"items.owner", "NOT NULL without a default", "hint:", "backfill:"}));
  EXPECT_EQ(project.db().value("SELECT count(*) FROM items WHERE note IS NULL"), "100");
}

TEST(PartialFailure, NotNullOverRowsThatHoldNullIsReportedWithTheQuery) {
  const Project project(std::string(k_sql) + "UPDATE items SET name = NULL WHERE id < 8;",
                        "tables:\n  items:\n    columns: {name: text NOT NULL, note: text}\n");
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(result.out, {"items.name", "7 row(s) hold NULL", "backfill"}));
  EXPECT_EQ(columns(project), "id name note");
  EXPECT_EQ(project.leftovers(), "");
}

}  // namespace pgmend::test
