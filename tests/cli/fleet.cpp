// SPDX-License-Identifier: MIT
#include "cli/fleet.hpp"

#include <fmt/format.h>

namespace pgmend::test {

const nlohmann::json& FleetRun::member(const std::string& name) const {
  static const nlohmann::json none;
  for (const auto& member : report["members"])
    if (member["name"] == name) return member;
  return none;
}

std::string FleetRun::state(const std::string& name) const {
  const auto& found = member(name);
  return found.is_null() ? "" : found["state"].get<std::string>();
}

std::vector<std::string> FleetRun::findings(const std::string& name) const {
  std::vector<std::string> lines;
  for (const auto& look : report["looks"]) {
    if (look["id"] != member(name)["look"]) continue;
    for (const auto& finding : look["findings"]) {
      const auto relation = finding["relation"].is_null()
                                ? std::string()
                                : finding["relation"].get<std::string>() + ".";
      lines.push_back(fmt::format("{} {}{}", finding["id"].get<std::string>(), relation,
                                  finding["name"].get<std::string>()));
    }
  }
  return lines;
}

FleetTest::FleetTest(int tenants) : CliTest(std::make_shared<Database>()) {
  db().exec("CREATE SCHEMA shared; CREATE TABLE shared.countries (id int PRIMARY KEY)");
  for (int i = 1; i <= tenants; ++i) tenant(fmt::format("t_{:02}", i));
}

void FleetTest::tenant(const std::string& schema) const {
  db().exec(fmt::format("CREATE SCHEMA {0}; SET search_path = {0}; {1}", schema, k_tenant_sql));
}

void FleetTest::lock_file(const std::string& schema) const {
  EXPECT_EQ(exit_correct, run({"snapshot", "--schema-name", schema}).exit_code);
}

void FleetTest::alembic_history() const {
  folder().write("alembic.ini", "[alembic]\nscript_location = migrations\n");
  folder().write("migrations/versions/a2.py",
                 "revision = 'a2'\ndown_revision = None\ndef upgrade():\n    pass\n");
  folder().write("migrations/versions/a3.py",
                 "revision = 'a3'\ndown_revision = 'a2'\ndef upgrade():\n"
                 "    op.add_column('users', sa.Column('feels', sa.Text()))\n");
}

FleetRun FleetTest::fleet(Arguments args) const {
  args.insert(args.begin(), "fleet");
  args.insert(args.end(), {"--format", "text", "--format", "json=fleet.json"});
  folder().write("fleet.json", "{}");
  FleetRun run{this->run(args), {}};
  run.report = nlohmann::json::parse(folder().read("fleet.json"));
  if (run.report.contains("exit_code")) {
    EXPECT_EQ(run.report["exit_code"], run.result.exit_code);
  }
  return run;
}

FleetRun FleetTest::verify(Arguments args) const {
  args.insert(args.begin(), {"verify", "--schemas", "t_*", "--schema", "schema.lock"});
  return fleet(args);
}

FleetRun FleetTest::ensure(Arguments args) const {
  args.insert(args.begin(), {"ensure", "--schemas", "t_*", "--schema", "schema.lock"});
  return fleet(args);
}

}  // namespace pgmend::test
