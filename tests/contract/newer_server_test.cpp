// SPDX-License-Identifier: MIT
#include "app/database/newer_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kinds/catalogs/catalog_columns.hpp"
#include "support/database.hpp"

namespace pgmend::test {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(NewerServer, IsTold) {
  const Database database;
  auto connection = database.connect();
  const auto major = connection.server_major();
  EXPECT_EQ(app::newer_server_note(connection, major), std::nullopt);
  const auto note = app::newer_server_note(connection, major - 1);
  ASSERT_TRUE(note);
  EXPECT_THAT(*note, HasSubstr("PostgreSQL " + std::to_string(major) + " is newer"));
}

TEST(NewerServer, WhatItHasBeyondIsNamed) {
  const std::vector<std::pair<std::string, std::string>> found = {
      {"pg_class", "relname"}, {"pg_class", "relnew"}, {"pg_new", "oid"}, {"pg_new", "newname"}};
  EXPECT_THAT(kinds::unknown_columns(found), ElementsAre("pg_class.relnew", "pg_new"));
}

}  // namespace

}  // namespace pgmend::test
