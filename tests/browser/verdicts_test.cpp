// SPDX-License-Identifier: MIT
// The HTML report of each verdict, opened in Chromium: screenshots, light and dark, at the width of
// a desk and of a phone. With PGMEND_SCREENSHOTS=FOLDER they are kept.
#include <cstdlib>
#include <filesystem>

#include "cli/html_pages.hpp"
#include "util/file.hpp"
#include "util/subprocess.hpp"

namespace pgmend::test {
namespace {

class Browser : public HtmlPages {
 protected:
  void SetUp() override {
    if (std::string(PGMEND_CHROMIUM).empty())
      GTEST_SKIP() << "Chromium is not installed: apt-get install chromium, then configure again";
  }

  /// Opens the page that was just written; its top has to have that tone.
  void expect_looks(const std::string& name, const std::string& tone) const {
    const auto page = folder().path(name + ".html");
    std::filesystem::rename(folder().path("report.html"), page);
    subprocess::Command command;
    command.argv = {"python3", std::string(PGMEND_BROWSER_FOLDER) + "/look.py", PGMEND_CHROMIUM,
                    page, tone};
    command.env = clean_environment();
    if (const auto* keep = std::getenv("PGMEND_SCREENSHOTS"))
      (*command.env)["PGMEND_SCREENSHOTS"] = keep;
    const auto looked = subprocess::run(command);
    EXPECT_EQ(looked.exit_code, 0) << testing::PrintToString(looked);
  }
};

TEST_F(Browser, Correct) {
  correct();
  expect_looks("correct", "good");
}

TEST_F(Browser, Drift) {
  drift();
  expect_looks("drift", "bad");
}

TEST_F(Browser, Repaired) {
  repaired();
  expect_looks("repaired", "good");
}

TEST_F(Browser, Failed) {
  failed();
  expect_looks("failed", "bad");
}

TEST_F(Browser, Pending) {
  pending();
  expect_looks("pending", "wait");
}

TEST_F(Browser, Unclear) {
  unclear();
  expect_looks("unclear", "caution");
}

TEST_F(Browser, Unconfirmed) {
  unconfirmed();
  expect_looks("unconfirmed", "caution");
}

TEST_F(Browser, AwkwardNames) {
  awkward();
  expect_looks("awkward", "bad");
}

TEST_F(Browser, AWholeSchemaWithAPicture) {
  const auto shop =
      file::read_if_exists(std::string(PGMEND_RICH_SCHEMAS) + "/shop.sql").value_or("");
  const Database wanted;
  wanted.exec(shop);
  db().exec("DROP TABLE users, api_keys CASCADE");
  db().exec(shop);
  db().exec(
      "ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey, ADD COLUMN oops int;"
      "ALTER TABLE categories DROP CONSTRAINT categories_parent_id_fkey;"
      "ALTER TABLE customers ADD COLUMN nickname text; CREATE TABLE scratchpad (id int)");
  page({"verify", "--schema", wanted.url()}, exit_drift);
  expect_looks("shop", "bad");
}

}  // namespace
}  // namespace pgmend::test
