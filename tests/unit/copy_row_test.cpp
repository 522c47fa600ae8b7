// SPDX-License-Identifier: MIT
#include "util/copy_row.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <vector>

namespace pgmend {
namespace {

using testing::ElementsAre;
using Field = std::optional<std::string>;

std::vector<Field> fields(std::string_view text, std::size_t count) {
  CopyRow row(text);
  std::vector<Field> all;
  std::string room;
  for (std::size_t i = 0; i < count; ++i) {
    const auto field = row.next(room);
    all.push_back(field ? Field(*field) : std::nullopt);
  }
  EXPECT_THROW(row.next(room), std::logic_error);
  return all;
}

TEST(CopyRow, HasItsFieldsBetweenTabs) {
  EXPECT_THAT(fields("a\tb c\tä,\"(", 3), ElementsAre("a", "b c", "ä,\"("));
}

TEST(CopyRow, NullIsNotTheEmptyText) {
  EXPECT_THAT(fields("\\N\t\t\\N\t", 4), ElementsAre(std::nullopt, "", std::nullopt, ""));
  EXPECT_THAT(fields("", 1), ElementsAre(""));
}

TEST(CopyRow, WhatIsEscapedIsReadBack) {
  EXPECT_THAT(fields("\\\\N\ta\\\\b\\tc\\nd\\re\\bf\\fg\\v", 2),
              ElementsAre("\\N", "a\\b\tc\nd\re\bf\fg\v"));
}

TEST(CopyRow, TheRestIsAsItIsWritten) {
  CopyRow row("a\t\\N\tc\\td");
  std::string room;
  row.next(room);
  EXPECT_EQ(row.rest(), "\\N\tc\\td");
  row.next(room);
  row.next(room);
  EXPECT_EQ(row.rest(), "");
}

}  // namespace
}  // namespace pgmend
