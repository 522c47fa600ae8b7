// SPDX-License-Identifier: MIT
// An expression is printed for one of all tables that are alike: it must come out as it would for
// each of them.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class AlikeTables : public CliTest {
 protected:
  AlikeTables() {
    db().exec(R"sql(
      CREATE TABLE a (id int, x int CHECK (x > 0));
      CREATE TABLE b (id int, y int CHECK (y > 0));
      CREATE TABLE c (id int, x int CHECK (x > 0), CHECK (c IS NOT NULL));
      CREATE TABLE d (id int, x int CHECK (x > 0), CHECK (d IS NOT NULL));
      CREATE INDEX a_i ON a ((x + 1), lower(id::text)) WHERE x > 5;
      CREATE INDEX b_i ON b ((y + 1), lower(id::text)) WHERE y > 5;
      CREATE INDEX c_i ON c ((x + 1), lower(id::text)) WHERE x > 5;
      CREATE INDEX c_j ON c (lower(id::text), (x + 1)) WHERE x > 6;
      CREATE INDEX c_k ON c ((c IS NULL)) WHERE c IS NOT NULL;
      CREATE INDEX d_k ON d ((d IS NULL)) WHERE d IS NOT NULL;
      -- The same name at another place, behind a column that is gone.
      CREATE TABLE e (x int, id int);
      ALTER TABLE e DROP x;
      ALTER TABLE e ADD x int CHECK (x > 0);
      CREATE INDEX e_i ON e ((x + 1)) WHERE x > 5;
    )sql");
  }

  /// The line of a lock file that tells of this object, up to what it needs.
  std::string line_of(const std::string& object) {
    const auto text = run({"snapshot", "--output", "-"}).out;
    const auto start = text.find('\n' + object + ' ');
    if (start == std::string::npos) return "none of " + object + " in\n" + text;
    const auto line = text.substr(start + 1, text.find('\n', start + 1) - start - 1);
    return line.substr(object.size() + 1, line.find(" needs=") - object.size() - 1);
  }

  void expect_index(const std::string& name, const std::string& keys,
                    const std::string& predicate) {
    const auto line = line_of("index public." + name);
    EXPECT_TRUE(contains(line, "keys=\"{" + keys + "}\"")) << name << ": " << line;
    EXPECT_TRUE(contains(line, "predicate=\"" + predicate + "\"")) << name << ": " << line;
  }
};

TEST_F(AlikeTables, ChecksNameTheirOwnColumns) {
  for (const auto* name : {"a.a_x_check", "c.c_x_check", "d.d_x_check", "e.e_x_check"})
    EXPECT_EQ(line_of(std::string("check public.") + name),
              "expression=\"(x > 0)\" state=\"validated\"");
  EXPECT_EQ(line_of("check public.b.b_y_check"), "expression=\"(y > 0)\" state=\"validated\"");
}

TEST_F(AlikeTables, WholeRowsNameTheirOwnTable) {
  EXPECT_EQ(line_of("check public.c.c_check"),
            "expression=\"(c.* IS NOT NULL)\" state=\"validated\"");
  EXPECT_EQ(line_of("check public.d.d_check"),
            "expression=\"(d.* IS NOT NULL)\" state=\"validated\"");
  expect_index("c.c_k", R"(\"((c.* IS NULL))\")", "(c.* IS NOT NULL)");
  expect_index("d.d_k", R"(\"((d.* IS NULL))\")", "(d.* IS NOT NULL)");
}

TEST_F(AlikeTables, IndexesNameTheirOwnColumns) {
  expect_index("a.a_i", R"(\"((x + 1))\",lower((id)::text))", "(x > 5)");
  expect_index("b.b_i", R"(\"((y + 1))\",lower((id)::text))", "(y > 5)");
  expect_index("c.c_i", R"(\"((x + 1))\",lower((id)::text))", "(x > 5)");
  expect_index("c.c_j", R"(lower((id)::text),\"((x + 1))\")", "(x > 6)");
  expect_index("e.e_i", R"(\"((x + 1))\")", "(x > 5)");
}

/// An index on a few columns is read without a look at the columns of its own.
TEST_F(AlikeTables, PlainIndexesAreToldFromOthers) {
  db().exec(R"sql(
    CREATE TABLE t (u text, c text COLLATE "C", n int);
    CREATE TABLE usual (u text, v text, n int, m int);
    CREATE INDEX t_own ON t (c);
    CREATE INDEX t_default ON t (c COLLATE "default");
    CREATE INDEX t_c ON t (u COLLATE "C");
    CREATE INDEX usual_plain ON usual (v, u, n);
    CREATE INDEX usual_many ON usual (n, m, u, v);
    CREATE INDEX usual_down ON usual (n DESC, m);
    CREATE INDEX usual_pattern ON usual (n, u text_pattern_ops);
    CREATE INDEX usual_include ON usual (n) INCLUDE (m);
    CREATE INDEX usual_hash ON usual USING hash (u);
    CREATE INDEX usual_c ON usual (u COLLATE "C");
  )sql");
  const auto expect_keys = [&](const std::string& name, const std::string& keys) {
    const auto line = line_of("index public." + name);
    EXPECT_TRUE(contains(line, " keys=\"{" + keys + "}\"")) << name << ": " << line;
  };
  expect_keys("t.t_own", "c");
  expect_keys("t.t_default", R"(\"c COLLATE pg_catalog.\\\"default\\\"\")");
  expect_keys("t.t_c", R"(\"u COLLATE pg_catalog.\\\"C\\\"\")");
  expect_keys("usual.usual_plain", "v,u,n");
  expect_keys("usual.usual_many", "n,m,u,v");
  expect_keys("usual.usual_down", R"(\"n DESC\",m)");
  expect_keys("usual.usual_pattern", R"(n,\"u text_pattern_ops\")");
  expect_keys("usual.usual_include", "n");
  EXPECT_TRUE(contains(line_of("index public.usual.usual_include"), "include=\"{m}\""));
  EXPECT_TRUE(contains(line_of("index public.usual.usual_hash"), "method=\"hash\""));
  expect_keys("usual.usual_c", R"(\"u COLLATE pg_catalog.\\\"C\\\"\")");
}

}  // namespace
}  // namespace pgmend::test
