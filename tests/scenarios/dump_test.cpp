// SPDX-License-Identifier: MIT
#include "dump.hpp"

#include <gtest/gtest.h>

namespace pgmend::test {
namespace {

// So that "equal dumps" in the scenarios is worth something.

TEST(Dump, IgnoresTheOrderOfColumnsOnly) {
  const std::string a = "CREATE TABLE public.t (\n    a integer,\n    b text\n);\nrest\n";
  const std::string b = "CREATE TABLE public.t (\n    b text,\n    a integer\n);\nrest\n";
  EXPECT_EQ(normalised_dump(a), normalised_dump(b));
  EXPECT_EQ(normalised_dump("x\ny\n"), "x\ny\n");
}

TEST(Dump, IgnoresTheKeyOfRestrict) {
  EXPECT_EQ(normalised_dump("\\restrict abc\nx\n\\unrestrict abc\n"), "x\n");
}

TEST(Dump, SeesEveryKindOfDifference) {
  const Database a;
  const Database b;
  a.exec("CREATE TABLE t (x int, y text DEFAULT 'a')");
  b.exec("CREATE TABLE t (y text DEFAULT 'a', x int)");
  EXPECT_EQ(schema_dump(a), schema_dump(b));
  for (const auto* change :
       {"ALTER TABLE t ALTER y SET DEFAULT 'b'", "ALTER TABLE t ALTER x SET NOT NULL",
        "ALTER TABLE t ADD z int", "CREATE INDEX ON t (x)", "COMMENT ON TABLE t IS 'c'"}) {
    const auto before = schema_dump(b);
    b.exec(change);
    EXPECT_NE(schema_dump(b), before) << change;
    EXPECT_NE(schema_dump(b), schema_dump(a)) << change;
  }
}

}  // namespace
}  // namespace pgmend::test
