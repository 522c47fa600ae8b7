// SPDX-License-Identifier: MIT
#include "pg/scratch.hpp"

#include <gtest/gtest.h>

#include "pg/conninfo.hpp"
#include "pg/url.hpp"
#include "support/database.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

pg::ScratchServer::Request on_shared_server(const std::string& user = "postgres") {
  auto parameters = shared_server().parameters();
  parameters["user"] = user;
  return {.named = pg::ScratchServer::Named{parameters, "--scratch"}, .like = {}, .connection = {}};
}

/// How many scratch databases there are on the shared server.
std::string scratch_databases(const Database& database) {
  return database.value("SELECT count(*) FROM pg_database WHERE datname ~ '^pgmend_scratch_'");
}

}  // namespace

TEST(Scratch, ANamedServerHasItForAsLongAsItIsNeeded) {
  const Database other;
  {
    pg::ScratchServer server(on_shared_server());
    EXPECT_FALSE(server.is_private());
    EXPECT_TRUE(contains(server.description(), "(--scratch)"));
    const auto database = server.make();
    database.connect().query("CREATE TABLE t (id int)");
    const auto left_behind = database.connect();  // is cut off
    EXPECT_EQ("1", scratch_databases(other));
    EXPECT_EQ("", other.value("SELECT to_regclass('t')"));
  }
  EXPECT_EQ("0", scratch_databases(other));
}

TEST(Scratch, ItsUrlLeadsToIt) {
  pg::ScratchServer server(on_shared_server());
  const auto database = server.make();
  EXPECT_TRUE(database.url().starts_with("postgresql://postgres@/pgmend_scratch_"));
  auto connection = pg::Connection::open(pg::parse_conninfo(database.url()).parameters, {});
  EXPECT_EQ(database.name(), connection.query("SELECT current_database()").get(0, 0));
}

TEST(Scratch, OrphansGoAndWhatIsInUseStays) {
  const Database other;
  const auto orphan = "pgmend_scratch_0123456789abcdef";
  const auto like_it = "pgmend_scratch_of_mine";
  for (const auto* name : {orphan, like_it}) other.exec(std::string("CREATE DATABASE ") + name);
  {
    pg::ScratchServer first(on_shared_server());
    EXPECT_EQ("1", scratch_databases(other));
    const auto in_use = first.make();
    pg::ScratchServer second(on_shared_server());
    EXPECT_EQ("2", scratch_databases(other));
    in_use.connect().query("SELECT 1");
  }
  EXPECT_EQ("1", scratch_databases(other));
  other.exec(std::string("DROP DATABASE ") + like_it);
}

TEST(Scratch, WhoMayNotCreateDatabasesIsTold) {
  const Database database;
  const Role role(database, "LOGIN");
  pg::ScratchServer server(on_shared_server(role.name()));
  try {
    server.make();
    FAIL() << "it should not have been made";
  } catch (const pg::Error& error) {
    EXPECT_TRUE(contains(error.what(), "permission denied to create database"));
    EXPECT_TRUE(contains(error.parts().hint, "ALTER ROLE " + role.name() + " CREATEDB"));
  }
}

TEST(Scratch, ItIsLikeTheTarget) {
  const Database target(shared_server(), "ENCODING 'LATIN1' LOCALE 'C'");
  auto session = target.connect();
  auto request = on_shared_server();
  request.like = pg::likeness_of(session);
  EXPECT_EQ("LATIN1", request.like.encoding);
  pg::ScratchServer server(request);
  const auto database = server.make();
  auto scratch = database.connect();
  EXPECT_EQ("LATIN1", scratch.query("SHOW server_encoding").get(0, 0));
  EXPECT_TRUE(server.notes().empty());
}

TEST(Scratch, WhatCannotBeHadIsSaid) {
  auto request = on_shared_server();
  request.like = {.major = 9, .encoding = "LATIN1", .collate = "xx_YY", .ctype = "xx_YY"};
  pg::ScratchServer server(request);
  const auto database = server.make();
  const auto again = server.make();
  ASSERT_EQ(2U, server.notes().size());
  EXPECT_TRUE(contains(server.notes()[0], "the target is 9"));
  EXPECT_TRUE(contains(server.notes()[1], "no locale xx_YY"));
}

TEST(Scratch, APrivateServerReachesNobody) {
  pg::ScratchServer server({});
  EXPECT_TRUE(server.is_private());
  EXPECT_TRUE(contains(server.description(), "a private PostgreSQL "));
  const auto database = server.make();
  auto connection = database.connect();
  // The same library as dblink's, and nothing to install: a subscription connects at once.
  const auto folder = shared_server().folder();
  for (const auto& host : {folder, std::string("127.0.0.1")}) {
    try {
      connection.query("CREATE SUBSCRIPTION s CONNECTION 'host=" + host +
                       " dbname=postgres user=postgres' PUBLICATION p");
      ADD_FAILURE() << "it should not have got through to " << host;
    } catch (const pg::Error& error) {
      EXPECT_TRUE(contains(error.what(), "could not connect to the publisher")) << host;
    }
  }
}

TEST(Url, IsReadAsItWasMeant) {
  const pg::ConnectionParameters all[] = {
      {{"user", "app"},
       {"password", "p@:/%?#[] "},
       {"host", "db.example"},
       {"port", "6543"},
       {"dbname", "shop/1"},
       {"sslmode", "require"}},
      {{"host", "/tmp/some folder"}, {"port", "5432"}, {"dbname", "shop"}, {"user", "a b"}},
      {{"host", "::1"}, {"port", "5432"}, {"dbname", "shop"}},
      {{"host", "one,two"}, {"port", "1,2"}, {"dbname", "shop"}, {"user", "app"}},
      {{"dbname", "shop"}},
  };
  for (const auto& parameters : all) {
    const auto url = pg::make_url(parameters);
    EXPECT_EQ(parameters, pg::parse_conninfo(url).parameters) << url;
  }
}

}  // namespace pgmend::test
