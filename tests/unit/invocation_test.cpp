// SPDX-License-Identifier: MIT
// The commands that are named to people are those of the run.
#include "model/invocation.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "app/database/shown_url.hpp"
#include "cli/invocation.hpp"

namespace pgmend {
namespace {

Invocation of(std::vector<const char*> args) {
  args.insert(args.begin(), "pgmend");
  const auto parsed = cli::parse(static_cast<int>(args.size()), args.data());
  return cli::invocation_of(parsed.options.value());
}

TEST(InvocationTest, NamesWhatTheRunWasGiven) {
  EXPECT_EQ(of({"verify"}).command("ensure"), "pgmend ensure");
  EXPECT_EQ(of({"verify", "--schema", "alembic:", "-s", "a b.sql", "--table", "api_*", "--kind",
                "column", "--with", "owners", "--strict", "--format", "json", "--quiet"})
                .command("ensure"),
            "pgmend ensure --schema alembic: --schema 'a b.sql' --strict --table 'api_*' --kind "
            "column --with owners");
  EXPECT_EQ(
      of({"ensure", "--patience", "5m", "--role", "app", "--max-size", "10GB"}).command("verify"),
      "pgmend verify --role app --patience 300 --max-size 10737418240");
}

TEST(InvocationTest, ConsentsAddUp) {
  EXPECT_EQ(of({"ensure", "--allow", "replace"}).command("ensure", {"alter"}),
            "pgmend ensure --allow alter,replace");
}

TEST(InvocationTest, CompletesWhatIsNamedShortly) {
  const auto invocation = of({"verify", "-s", "x.sql", "-d", "postgresql://app@db/shop"});
  const std::string all = " --schema x.sql --database postgresql://app@db/shop";
  EXPECT_EQ(invocation.completed("pgmend migrate -- alembic upgrade head"),
            "pgmend migrate" + all + " -- alembic upgrade head");
  EXPECT_EQ(invocation.completed("settle it, then: pgmend ensure"),
            "settle it, then: pgmend ensure" + all);
  EXPECT_EQ(invocation.completed(invocation.completed("then: pgmend ensure")),
            "then: pgmend ensure" + all);
  EXPECT_EQ(invocation.completed("write one: pgmend init"),
            "write one: pgmend init --database postgresql://app@db/shop");
  EXPECT_EQ(invocation.completed("another pgmend is at work"), "another pgmend is at work");
}

/// Called by the Python package: a command line would name files of its own.
TEST(InvocationTest, WhatIsCalledOtherwiseIsNamedSo) {
  ::setenv("PGMEND_CALLED_AS", "pgmend.{command}(engine, Base.metadata)", 1);
  auto invocation = of({"verify", "-s", "x.sql"});
  EXPECT_EQ(invocation.command("ensure"), "pgmend.ensure(engine, Base.metadata)");
  EXPECT_EQ(invocation.command("ensure", {"alter", "drop"}),
            "pgmend.ensure(engine, Base.metadata, allow=\"alter,drop\")");
  EXPECT_EQ(invocation.completed("then: pgmend ensure, or: pgmend init"),
            "then: pgmend.ensure(engine, Base.metadata), or: pgmend init");
  ::setenv("PGMEND_CALLED_AS", "flask pgmend {command}", 1);
  invocation = of({"verify"});
  EXPECT_EQ(invocation.command("ensure", {"drop"}), "flask pgmend ensure --allow drop");
  EXPECT_EQ(invocation.completed(invocation.completed("then: pgmend ensure")),
            "then: flask pgmend ensure");
  ::unsetenv("PGMEND_CALLED_AS");
}

TEST(ShownUrl, HoldsNoPassword) {
  EXPECT_EQ(app::shown_url("postgresql://app@db/shop").text, "postgresql://app@db/shop");
  const auto shown = app::shown_url("postgresql+asyncpg://app:se%40cret@db:5433/shop");
  EXPECT_EQ(shown.text, "postgresql+asyncpg://app@db:5433/shop");
  EXPECT_TRUE(shown.lacks_password);
  EXPECT_EQ(app::shown_url("postgresql://db/shop?user=app&password=secret").text.find("secret"),
            std::string::npos);
  EXPECT_EQ(app::shown_url("host=db password='it is' dbname=shop").text, "'dbname=shop host=db'");
}

TEST(ShownUrl, IsNamedByTheVariableThatHoldsIt) {
  ::setenv("SHOP_URL", "postgresql://app:secret@db/shop", 1);
  const auto shown = app::shown_url("postgresql://app:secret@db/shop");
  ::unsetenv("SHOP_URL");
  EXPECT_EQ(shown.text, "\"$SHOP_URL\"");
  EXPECT_FALSE(shown.lacks_password);
}

}  // namespace
}  // namespace pgmend
