// SPDX-License-Identifier: MIT
// So that "equal schemas" in the tests is worth something.
#include "support/schema_text.hpp"

#include <gtest/gtest.h>

namespace pgmend::test {
namespace {

TEST(SchemaText, IgnoresTheOrderOfColumnsOnly) {
  const std::string a = "CREATE TABLE public.t (\n    a integer,\n    b text\n);\nrest\n";
  const std::string b = "CREATE TABLE public.t (\n    b text,\n    a integer\n);\nrest\n";
  EXPECT_EQ(normalized_dump(a), normalized_dump(b));
  EXPECT_EQ(normalized_dump("x\ny\n"), "x\ny\n");
}

/// The server prints these lists in the order that the table has.
TEST(SchemaText, IgnoresTheOrderOfColumnsInWhatListsThem) {
  const auto normal = [](const std::string& dump) { return normalized_dump(dump + "\n"); };
  EXPECT_EQ(normal("CREATE STATISTICS public.s (ndistinct) ON b, a FROM public.t;"),
            normal("CREATE STATISTICS public.s (ndistinct) ON a, b FROM public.t;"));
  EXPECT_NE(normal("CREATE STATISTICS public.s ON b, a FROM public.t;"),
            normal("CREATE STATISTICS public.s ON b, c FROM public.t;"));
  EXPECT_EQ(normal("ALTER PUBLICATION p ADD TABLE ONLY public.t (b, a);"),
            normal("ALTER PUBLICATION p ADD TABLE ONLY public.t (a, b);"));
  EXPECT_NE(normal("CREATE INDEX i ON public.t USING btree (b, a);"),
            normal("CREATE INDEX i ON public.t USING btree (a, b);"));
}

TEST(SchemaText, IgnoresTheKeyOfRestrict) {
  EXPECT_EQ(normalized_dump("\\restrict abc\nx\n\\unrestrict abc\n"), "x\n");
}

/// Both judges see each of these, one after the other.
TEST(SchemaText, SeesEveryKindOfDifference) {
  const Database a;
  const Database b;
  a.exec("CREATE TABLE t (x int, y text DEFAULT 'a')");
  b.exec("CREATE TABLE t (y text DEFAULT 'a', x int)");
  EXPECT_EQ(schema_text(a), schema_text(b));
  EXPECT_EQ(a.description(), b.description());
  for (const auto* change :
       {"ALTER TABLE t ALTER y SET DEFAULT 'b'",
        "ALTER TABLE t ALTER x SET NOT NULL",
        "ALTER TABLE t ADD z int",
        "ALTER TABLE t ALTER y SET STORAGE EXTERNAL",
        "ALTER TABLE t ALTER y SET STATISTICS 7",
        "ALTER TABLE t SET (fillfactor = 70)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY p ON t USING (x > 0)",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (x > 0) NOT VALID",
        "ALTER TABLE t VALIDATE CONSTRAINT c",
        "CREATE INDEX ON t (x)",
        "CREATE VIEW v AS SELECT x FROM t",
        "CREATE RULE r AS ON DELETE TO t DO NOTHING",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'",
        "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()",
        "ALTER TABLE t DISABLE TRIGGER g",
        "CREATE TYPE e AS ENUM ('a')",
        "ALTER TYPE e ADD VALUE 'b'",
        "CREATE DOMAIN d AS int CHECK (VALUE > 0)",
        "CREATE TYPE r AS RANGE (subtype = int)",
        "CREATE SEQUENCE s",
        "ALTER SEQUENCE s OWNED BY t.x",
        "CREATE STATISTICS st ON x, y FROM t",
        "CREATE AGGREGATE ag(int) (sfunc = int4pl, stype = int)",
        "CREATE OPERATOR ### (leftarg = int, rightarg = int, procedure = int4pl)",
        "CREATE COLLATION cl FROM \"C\"",
        "CREATE CAST (e AS int) WITH INOUT",
        "CREATE TEXT SEARCH CONFIGURATION ts (COPY = simple)",
        "CREATE PUBLICATION p FOR TABLE t",
        "CREATE EXTENSION citext",
        "CREATE SCHEMA s",
        "GRANT SELECT ON t TO PUBLIC",
        "GRANT SELECT (x) ON t TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
        "COMMENT ON TABLE t IS 'c'"}) {
    const auto text = schema_text(b);
    const auto description = b.description();
    b.exec(change);
    EXPECT_NE(schema_text(b), text) << change;
    EXPECT_NE(b.description(), description) << change;
  }
}

}  // namespace
}  // namespace pgmend::test
