// SPDX-License-Identifier: MIT
// The HTML report of real runs: well-formed, complete, harmless.
#include "html_pages.hpp"
#include "util/subprocess.hpp"

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

class Html : public HtmlPages {
 protected:
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
  const auto html = correct();
  EXPECT_EQ(heading(), "✓ Correct");
  EXPECT_TRUE(contains(html, "<li>users.id</li>"));
}

TEST_F(Html, DriftWithBothSidesAndTheRepair) {
  const auto html = drift();
  EXPECT_EQ(heading(), "≠ Drift");
  EXPECT_TRUE(contains(html, "<mark>bigint</mark>"));
  EXPECT_TRUE(contains(html, "<mark>integer</mark>"));
  EXPECT_TRUE(contains(html, "ADD COLUMN &quot;age&quot; integer;"));
  EXPECT_TRUE(contains(html, "ACCESS EXCLUSIVE lock, which blocks reads and writes"));
  EXPECT_TRUE(contains(html, "pgmend.yaml:1:"));
}

TEST_F(Html, Repaired) {
  const auto html = repaired();
  EXPECT_EQ(heading(), "✓ Repaired");
  EXPECT_TRUE(contains(html, "added successfully, and read again to prove it"));
  EXPECT_TRUE(contains(html, "What was run"));
}

TEST_F(Html, FailedWithTheReason) {
  const auto html = failed();
  EXPECT_EQ(heading(), "✗ Failed");
  EXPECT_TRUE(contains(html, "✓ repaired"));
}

TEST_F(Html, PendingSaysWhatToRun) {
  const auto html = pending();
  EXPECT_EQ(heading(), "… Pending");
  EXPECT_TRUE(contains(html, "<dt>Alembic says</dt>"));
}

TEST_F(Html, UnclearWhereTheTableStandsElsewhere) {
  unclear();
  EXPECT_EQ(heading(), "? Unclear");
}

TEST_F(Html, UnconfirmedWhereATableIsLocked) {
  unconfirmed();
  EXPECT_EQ(heading(), "? Unconfirmed");
}

TEST_F(Html, ARunThatCameToNothing) {
  spec("tables: {users: {columns: {id: nonsense}}}");
  page({"verify"}, exit_usage);
  EXPECT_EQ(heading(), "? Not verified");
}

TEST_F(Html, NamesAreOnlyText) {
  const auto html = awkward();
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
