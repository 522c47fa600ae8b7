// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "cli/cli.hpp"
#include "util/text.hpp"

/// HTML reports of real runs, one for each way in which a run can end.
namespace pgmend::test {

class HtmlPages : public CliTest {
 protected:
  /// Runs with a page asked for, and returns it.
  std::string page(Arguments args, int exit_code) const {
    args.emplace_back("--format");
    args.emplace_back("html=report.html");
    const auto result = run(args);
    EXPECT_EQ(result.exit_code, exit_code) << testing::PrintToString(result);
    return folder().read("report.html");
  }

  std::string correct() const {
    spec("tables: {users: {columns: {id: int NOT NULL}}}");
    return page({"verify"}, exit_correct);
  }

  std::string drift() const {
    spec("tables: {users: {columns: {id: bigint, age: int}}}");
    return page({"verify"}, exit_drift);
  }

  std::string repaired() const {
    spec("tables: {users: {columns: {age: int}}}");
    return page({"ensure"}, exit_correct);
  }

  std::string failed() const {
    db().exec("INSERT INTO api_keys (id, user_id) SELECT 9, user_id FROM api_keys");
    spec("tables: {api_keys: {columns: {age: int}, indexes: {one_each: UNIQUE (user_id)}}}");
    return page({"ensure"}, exit_drift);
  }

  std::string pending() const {
    folder().write("alembic.ini", "[alembic]\nscript_location = migrations\n");
    folder().write("migrations/versions/a1.py", "revision = 'a1'\ndown_revision = None\n");
    db().exec("CREATE TABLE alembic_version (version_num text)");
    spec("tables: {users: {columns: {age: int}}}");
    return page({"ensure"}, exit_not_now);
  }

  std::string unclear() const {
    db().exec("CREATE SCHEMA app; CREATE TABLE app.orders (id int)");
    spec("tables: {orders: {columns: {id: int}}}");
    return page({"ensure"}, exit_not_now);
  }

  /// Another session holds the table, and reading its index needs a lock on it.
  std::string unconfirmed() const {
    db().exec("CREATE INDEX ix_lower ON api_keys (lower(instance_id))");
    spec("tables: {api_keys: {indexes: {ix_lower: (lower(instance_id))}}}");
    auto other = db().connect();
    other.query("BEGIN");
    other.query("LOCK TABLE api_keys");
    return page({"verify"}, exit_unverified);
  }

  static constexpr auto k_awkward = "<\"'&>größe 注文 </style></title><script>x</script>";

  /// Names that are markup, that are as long as can be, and texts of many lines.
  std::string awkward() const {
    const auto quoted = "\"" + text::replace_all(k_awkward, "\"", "\"\"") + "\"";
    const std::string longest(63, 'w');
    db().exec(
        fmt::format("CREATE TABLE {0} ({0} int DEFAULT 1); CREATE SCHEMA other;"
                    "CREATE TABLE {1} ({1} text DEFAULT '<b>&amp;\x01{2}')",
                    quoted, longest, std::string(400, 'x')));
    const Database wanted;
    wanted.exec(fmt::format(
        "CREATE TABLE {0} ({0} int DEFAULT 2, \"a\nb\" int);"
        "CREATE TABLE {1} ({1} text DEFAULT 'several\nlines', \"注文明細注文明細注文明細\" int)",
        quoted, longest));
    return page({"verify", "--schema", wanted.url(), "--strict"}, exit_drift);
  }
};

}  // namespace pgmend::test
