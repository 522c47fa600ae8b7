// SPDX-License-Identifier: MIT
#include "fault/fleet_project.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <mutex>
#include <optional>

#include "support/proxy.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_tenant = R"sql(
CREATE TABLE items (id bigint PRIMARY KEY, code text NOT NULL, price numeric,
                    token int NOT NULL DEFAULT 7, CONSTRAINT price_check CHECK (price >= 0));
CREATE INDEX items_code ON items (code);
INSERT INTO items SELECT i, 'c' || i, i FROM generate_series(1, 300) AS i;
)sql";

constexpr const char* k_damage = R"sql(
ALTER TABLE items DROP token, ALTER code DROP NOT NULL, DROP CONSTRAINT price_check;
DROP INDEX items_code;
)sql";

constexpr const char* k_shapes = R"sql(
SELECT count(DISTINCT shape) FROM (
  SELECT string_agg(replace(line, schema, ''), E'\n' ORDER BY replace(line, schema, '')) AS shape
  FROM (
    SELECT n.nspname AS schema, format('column %s %s %s %s', a.attname, a.attnotnull,
           format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname LIKE 't\_%'
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT n.nspname, format('index %s %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname LIKE 't\_%'
    UNION ALL
    SELECT n.nspname, format('constraint %s %s %s', k.conname, pg_get_constraintdef(k.oid),
           k.convalidated)
    FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace AND n.nspname LIKE 't\_%'
  ) AS lines
  GROUP BY schema) AS shapes
)sql";

}  // namespace

std::string FleetResult::state(const std::string& member) const {
  for (const auto& one : report["members"])
    if (one["name"] == member) return one["state"];
  return "";
}

FleetProject::FleetProject() {
  for (int i = 1; i <= 6; ++i) {
    m_db.exec(fmt::format("CREATE SCHEMA t_{0}; SET search_path = t_{0}; {1}", i, k_tenant));
  }
  const auto snapshot = run_pgmend({"snapshot", "--schema-name", "t_1", "--database", m_db.url()},
                                   {.cwd = m_folder.path()});
  EXPECT_EQ(0, snapshot.exit_code) << snapshot.err;
  for (int i = 2; i <= 6; ++i) m_db.exec(fmt::format("SET search_path = t_{}; {}", i, k_damage));
}

subprocess::Process FleetProject::start_ensure(const std::string& url) const {
  return start_pgmend({"fleet", "ensure", "--schemas", "t_*", "--schema", "schema.lock", "--jobs",
                       "2", "--database", url},
                      {.cwd = m_folder.path()});
}

FleetResult FleetProject::run(std::vector<std::string> args) const {
  args.insert(args.begin(), "fleet");
  args.insert(args.end(), {"--schemas", "t_*", "--schema", "schema.lock", "--database", m_db.url(),
                           "--format", "text", "--format", "json=fleet.json"});
  m_folder.write("fleet.json", "{}");
  FleetResult run;
  run.result = run_pgmend(args, {.cwd = m_folder.path()});
  run.report = nlohmann::json::parse(m_folder.read("fleet.json"));
  return run;
}

FleetResult FleetProject::ensure(std::vector<std::string> more) const {
  more.insert(more.begin(), "ensure");
  return run(std::move(more));
}

FleetResult FleetProject::verify() const {
  return run({"verify"});
}

std::string FleetProject::write(const std::string& file, const std::string& text) const {
  return m_folder.write(file, text);
}

int FleetProject::shapes() const {
  return std::stoi(m_db.value(k_shapes));
}

std::string FleetProject::leftovers() const {
  return leftovers_of(m_db);
}

void expect_fleet_finishes(const FleetProject& fleet) {
  const auto run = fleet.ensure();
  EXPECT_EQ(0, run.result.exit_code) << run.result.out << run.result.err;
  EXPECT_EQ("", fleet.leftovers());
  EXPECT_EQ(1, fleet.shapes());
  for (int i = 1; i <= 6; ++i)
    EXPECT_EQ("300", fleet.db().value(
                         fmt::format("SELECT count(*) FROM t_{}.items WHERE token = 7 AND code = "
                                     "'c' || id",
                                     i)))
        << i;
}

bool expect_fleet_survives_kill(const std::string& part, int occurrence) {
  SCOPED_TRACE(fmt::format("killed at {} of {}", occurrence, part));
  const FleetProject fleet;
  int left = occurrence;
  std::optional<subprocess::Process> ensure;
  std::mutex starting;
  Proxy proxy(fleet.db(), {.after = [&](const Proxy::Statement& statement) {
                if (left <= 0 || statement.sql.find(part) == std::string::npos || --left > 0)
                  return Proxy::Answer::pass;
                const std::lock_guard guard(starting);
                ensure->send(SIGKILL);
                return Proxy::Answer::cut;
              }});
  {
    const std::lock_guard guard(starting);
    ensure.emplace(fleet.start_ensure(proxy.url()));
  }
  const auto outcome = ensure->wait();
  if (left > 0) {
    EXPECT_EQ(0, outcome.exit_code) << outcome.out << outcome.err;
    return false;
  }
  EXPECT_EQ(SIGKILL, outcome.signal) << part;
  expect_fleet_finishes(fleet);
  return true;
}

}  // namespace pgmend::test
