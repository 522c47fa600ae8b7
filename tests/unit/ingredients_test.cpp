// SPDX-License-Identifier: MIT
// What an answer was made of: each change of it is seen.
#include "util/ingredients.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/temp_folder.hpp"
#include "support/variable.hpp"
#include "util/cache_folder.hpp"

namespace pgmend::test {

namespace {

namespace fs = std::filesystem;
using Of = Ingredient::Sort;

class IngredientsTest : public testing::Test {
 protected:
  void gather(Of sort, const std::string& what) { m_ingredients.add(sort, what); }
  bool is_the_same() const {
    const auto read = read_ingredients(write_ingredients(m_ingredients.all()));
    return read && are_as_they_were(*read, m_ingredients.salt());
  }
  const TempFolder& folder() const { return m_folder; }

 private:
  TempFolder m_folder;
  Ingredients m_ingredients;
};

}  // namespace

TEST_F(IngredientsTest, TextOfAFile) {
  const auto file = folder().write("a.sql", "one");
  gather(Of::text, file);
  folder().write("a.sql", "one");
  EXPECT_TRUE(is_the_same()) << "written anew with the same text";
  folder().write("a.sql", "two");
  EXPECT_FALSE(is_the_same());
}

TEST_F(IngredientsTest, TextOfAFileThatIsNotThere) {
  gather(Of::text, folder().path("later.sql"));
  EXPECT_TRUE(is_the_same());
  folder().write("later.sql", "");
  EXPECT_FALSE(is_the_same());
}

TEST_F(IngredientsTest, WhichFile) {
  const auto file = folder().write("lib.so", "one");
  gather(Of::file, file);
  EXPECT_TRUE(is_the_same());
  const auto time = fs::last_write_time(file);
  folder().write("lib.so", "two");
  fs::last_write_time(file, time);
  EXPECT_FALSE(is_the_same()) << "as large and as old as the other";
}

TEST_F(IngredientsTest, Tree) {
  folder().write("share/extension/a.control", "version 1");
  gather(Of::tree, folder().path("share"));
  EXPECT_TRUE(is_the_same());
  folder().write("share/extension/a.control", "version 2");
  EXPECT_FALSE(is_the_same());
}

TEST_F(IngredientsTest, TreeThatGrows) {
  folder().write("share/a", "");
  gather(Of::tree, folder().path("share"));
  folder().write("share/deep/b", "");
  EXPECT_FALSE(is_the_same());
}

TEST_F(IngredientsTest, Names) {
  folder().write("app/models.py", "");
  gather(Of::names, folder().path("app"));
  folder().write("app/models.py", "changed");
  folder().write("app/__pycache__/models.pyc", "");
  EXPECT_TRUE(is_the_same());
  folder().write("app/typing.py", "");
  EXPECT_FALSE(is_the_same());
}

TEST_F(IngredientsTest, WhetherSomethingIsThere) {
  gather(Of::there, folder().path(".env"));
  EXPECT_TRUE(is_the_same());
  folder().write(".env", "A=1");
  EXPECT_FALSE(is_the_same());
}

TEST_F(IngredientsTest, Variables) {
  const Variable variable("PGMEND_TEST_INGREDIENT", "hush");
  gather(Of::variable, "PGMEND_TEST_INGREDIENT");
  gather(Of::variables, "");
  EXPECT_TRUE(is_the_same());
  {
    const Variable other("PGMEND_TEST_INGREDIENT", "other");
    EXPECT_FALSE(is_the_same());
  }
  EXPECT_TRUE(is_the_same());
  const Variable further("PGMEND_TEST_FURTHER", "");
  EXPECT_FALSE(is_the_same()) << "which there are counts, too";
}

TEST_F(IngredientsTest, WhatWasChangedWhileItWasReadIsNotKnown) {
  const auto file = folder().write("models.py", "one");
  Ingredients ingredients;
  std::timespec now = {};
  std::timespec_get(&now, TIME_UTC);
  now.tv_sec += 60;
  ingredients.add_read('x', file, now);
  EXPECT_TRUE(ingredients.is_known());
  now.tv_sec -= 120;
  ingredients.add_read('x', file, now);
  EXPECT_FALSE(ingredients.is_known());
}

TEST_F(IngredientsTest, WhatIsNoListOfThemIsNone) {
  for (const auto* text : {"x", "x1 2\t/a", "\t/a\n", "?1\t/a\n", "\n"})
    EXPECT_FALSE(read_ingredients(text)) << text;
  EXPECT_TRUE(read_ingredients(""));
}

TEST(CacheFolder, ReadsOnlyWhatIsTheUsersOwnFile) {
  const TempFolder folder;
  const auto file = folder.path("cache/x");
  EXPECT_FALSE(cache::read(file));
  ASSERT_TRUE(cache::write(file, {"one ", "two"}));
  EXPECT_EQ("one two", cache::read(file));
  EXPECT_EQ(fs::perms::owner_read | fs::perms::owner_write, fs::status(file).permissions());
  EXPECT_EQ(fs::perms::owner_all, fs::status(folder.path("cache")).permissions());
  fs::create_symlink(file, folder.path("cache/link"));
  EXPECT_FALSE(cache::read(folder.path("cache/link")));
  EXPECT_FALSE(cache::write("/proc/nowhere/x", {"one"}));
}

}  // namespace pgmend::test
