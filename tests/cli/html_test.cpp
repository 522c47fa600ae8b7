// SPDX-License-Identifier: MIT
// The HTML report of real runs: well-formed, complete, harmless.
#include <fmt/format.h>

#include "cli.hpp"
#include "util/subprocess.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

/// Reads the page as XML, which forgives nothing, and names what would load or run something.
constexpr const char* k_check = R"py(
import sys, xml.etree.ElementTree as tree
page = tree.parse(sys.argv[1]).getroot()
ids = [node.get("id") for node in page.iter() if node.get("id")]
assert len(ids) == len(set(ids)), "an id stands twice"
for node in page.iter():
    assert node.tag not in ("script", "img", "iframe", "object", "embed", "base", "form"), node.tag
    for name, value in node.attrib.items():
        assert not name.startswith("on") and name != "style", name
        if name in ("href", "src", "xlink:href"):
            assert value == "data:," or value[1:] in ids and value[0] == "#", value
        if name in ("aria-labelledby", "aria-describedby"):
            assert all(each in ids for each in value.split()), value
style = page.find("head/style").text
assert "url(" not in style and "@import" not in style
policy = page.find("head/meta[@http-equiv='Content-Security-Policy']").get("content")
assert policy.startswith("default-src 'none'"), policy
levels = [int(node.tag[1]) for node in page.iter() if node.tag in ("h1", "h2", "h3", "h4", "h5")]
assert levels[0] == 1 and levels.count(1) == 1
assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), levels
print(page.find(".//h1").tail or "", "".join(page.find(".//h1").itertext()))
)py";

class Html : public CliTest {
 protected:
  /// Runs with a page asked for, and returns it.
  std::string page(Arguments args, int exit_code) const {
    args.emplace_back("--format");
    args.emplace_back("html=report.html");
    const auto result = run(args);
    EXPECT_EQ(result.exit_code, exit_code) << testing::PrintToString(result);
    return folder().read("report.html");
  }

  /// The heading of the page, once it has been found to be sound.
  std::string heading() const {
    const auto script = folder().write("check.py", k_check);
    subprocess::Command command;
    command.argv = {"python3", script, folder().path("report.html")};
    command.env = clean_environment();
    const auto checked = subprocess::run(command);
    EXPECT_EQ(checked.exit_code, 0) << testing::PrintToString(checked);
    return std::string(text::trim(checked.out));
  }
};

TEST_F(Html, Correct) {
  spec("tables: {users: {columns: {id: int NOT NULL}}}");
  const auto html = page({"verify"}, exit_correct);
  EXPECT_EQ(heading(), "✓ Correct");
  EXPECT_TRUE(contains(html, "<li>users.id</li>"));
}

TEST_F(Html, DriftWithBothSidesAndTheRepair) {
  spec("tables: {users: {columns: {id: bigint, age: int}}}");
  const auto html = page({"verify"}, exit_drift);
  EXPECT_EQ(heading(), "≠ Drift");
  EXPECT_TRUE(contains(html, "<mark>bigint</mark>"));
  EXPECT_TRUE(contains(html, "<mark>integer</mark>"));
  EXPECT_TRUE(contains(html, "ADD COLUMN &quot;age&quot; integer;"));
  EXPECT_TRUE(contains(html, "ACCESS EXCLUSIVE lock, which blocks reads and writes"));
  EXPECT_TRUE(contains(html, "pgmend.yaml:1:"));
}

TEST_F(Html, Repaired) {
  spec("tables: {users: {columns: {age: int}}}");
  const auto html = page({"ensure"}, exit_correct);
  EXPECT_EQ(heading(), "✓ Repaired");
  EXPECT_TRUE(contains(html, "added successfully, and read again to prove it"));
  EXPECT_TRUE(contains(html, "What was run"));
}

TEST_F(Html, FailedWithTheReason) {
  db().exec("INSERT INTO api_keys (id, user_id) SELECT 9, user_id FROM api_keys");
  spec("tables: {api_keys: {columns: {age: int}, indexes: {one_each: UNIQUE (user_id)}}}");
  const auto html = page({"ensure"}, exit_drift);
  EXPECT_EQ(heading(), "✗ Failed");
  EXPECT_TRUE(contains(html, "✓ repaired"));
}

TEST_F(Html, PendingSaysWhatToRun) {
  folder().write("alembic.ini", "[alembic]\nscript_location = migrations\n");
  folder().write("migrations/versions/a1.py", "revision = 'a1'\ndown_revision = None\n");
  db().exec("CREATE TABLE alembic_version (version_num text)");
  spec("tables: {users: {columns: {age: int}}}");
  const auto html = page({"ensure"}, exit_not_now);
  EXPECT_EQ(heading(), "… Pending");
  EXPECT_TRUE(contains(html, "<dt>Alembic says</dt>"));
}

TEST_F(Html, UnclearWhereTheTableStandsElsewhere) {
  db().exec("CREATE SCHEMA app; CREATE TABLE app.orders (id int)");
  spec("tables: {orders: {columns: {id: int}}}");
  page({"ensure"}, exit_not_now);
  EXPECT_EQ(heading(), "? Unclear");
}

TEST_F(Html, UnconfirmedWhereATableIsLocked) {
  // So that reading it needs a lock on it.
  db().exec("CREATE INDEX ON api_keys (lower(instance_id))");
  spec("tables: {api_keys: {columns: {is_active: BOOLEAN NOT NULL DEFAULT true}}}");
  auto other = db().connect();
  other.query("BEGIN");
  other.query("LOCK TABLE api_keys");
  page({"verify"}, exit_unverified);
  EXPECT_EQ(heading(), "? Unconfirmed");
}

TEST_F(Html, ARunThatCameToNothing) {
  spec("tables: {users: {columns: {id: nonsense}}}");
  page({"verify"}, exit_usage);
  EXPECT_EQ(heading(), "? Not verified");
}

TEST_F(Html, NamesAreOnlyText) {
  const std::string name = "<\"'&>größe 注文 </style></title><script>x</script>";
  const auto quoted = "\"" + text::replace_all(name, "\"", "\"\"") + "\"";
  db().exec(
      fmt::format("CREATE TABLE {0} ({0} int DEFAULT 1); CREATE SCHEMA other;"
                  "CREATE TABLE {1} (id text DEFAULT '<b>&amp;\x01')",
                  quoted, std::string(63, 'w')));
  const Database wanted;
  wanted.exec(fmt::format("CREATE TABLE {0} ({0} int DEFAULT 2, \"a\nb\" int)", quoted));
  const auto html = page({"verify", "--schema", wanted.url(), "--strict"}, exit_drift);
  EXPECT_EQ(heading(), "≠ Drift");
  EXPECT_TRUE(contains_not(html, "<script"));
  EXPECT_TRUE(contains(html, "&lt;&quot;&#39;&amp;&gt;größe 注文 &lt;/style&gt;"));
}

TEST_F(Html, NoPasswordStandsInIt) {
  spec("tables: {users: {columns: {age: int}}}");
  const auto url = text::replace_all(db().url(), "postgres@", "postgres:s3cret%2Fword@");
  const auto result = run_bare({"verify", "-d", url, "--format", "html=report.html", "--log-sql"});
  EXPECT_EQ(result.exit_code, exit_drift) << testing::PrintToString(result);
  EXPECT_TRUE(contains_not(folder().read("report.html"), "s3cret"));
  EXPECT_EQ(heading(), "≠ Drift");
}

TEST_F(Html, TwoSchemasAreComparedOnAPage) {
  const Database other;
  const auto result = run_bare({"diff", db().url(), other.url(), "--format", "html=report.html"});
  EXPECT_EQ(result.exit_code, exit_drift) << testing::PrintToString(result);
  EXPECT_EQ(heading(), "≠ Different");
}

}  // namespace
}  // namespace pgmend::test
