// SPDX-License-Identifier: MIT
// Projects in the manner of real ones, each with habits that make it hard to say what its
// migrations build. What is compiled from them is held against what the project's own tool makes.
#include <gtest/gtest.h>

#include <ostream>

#include "project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {
namespace {

struct Case {
  std::string name;
  std::string source = "alembic:";
  std::string url_variable = "DATABASE_URL";
  std::string scheme = "postgresql";
  subprocess::Environment env = {};
  std::vector<std::string> upgrade = {"-m", "alembic", "upgrade", "heads"};
  std::vector<std::string> roles = {};  // that the real server has
  std::string fault;                    // SQL that damages the real database
  std::string finding;                  // what verify then says
};

void PrintTo(const Case& test, std::ostream* out) {  // NOLINT: the name is GoogleTest's
  *out << test.name;
}

class Projects : public testing::TestWithParam<Case> {
 protected:
  Projects() : m_project(options(GetParam())) {
    for (const auto& role : GetParam().roles)
      m_project.database().exec("DO $$ BEGIN CREATE ROLE " + role +
                                "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  }
  ~Projects() override {
    for (const auto& role : GetParam().roles)
      m_project.database().exec("DROP OWNED BY " + role + "; DROP ROLE " + role);
  }

  static Project::Options options(const Case& test) {
    return {.folder = "tests/projects/" + test.name,
            .url_variable = test.url_variable,
            .scheme = test.scheme,
            .env = test.env};
  }

  Project m_project;
};

TEST_P(Projects, CompilesAndVerifiesCleanAfterARealUpgrade) {
  const auto& test = GetParam();
  const auto before = m_project.database().fingerprint();
  const auto compiled = m_project.pgmend({"compile", test.source, "-o", "schema.lock"});
  ASSERT_EQ(compiled.exit_code, 0) << testing::PrintToString(compiled);
  // Every place that names the real database named it all the while.
  EXPECT_EQ(m_project.database().fingerprint(), before);
  EXPECT_TRUE(contains_not(m_project.folder().read("schema.lock"), "version_num"));

  m_project.must_run(test.upgrade);
  const auto clean = m_project.plain_pgmend({"verify", "--schema", "schema.lock", "--strict"});
  EXPECT_EQ(clean.exit_code, 0) << testing::PrintToString(clean);

  m_project.database().exec(test.fault);
  const auto drift = m_project.plain_pgmend({"verify", "--schema", "schema.lock"});
  EXPECT_EQ(drift.exit_code, 1) << testing::PrintToString(drift);
  EXPECT_TRUE(contains(drift.out, test.finding));
}

// Airflow: the application's own engine and variable, batch operations, keys that are exchanged.
const Case k_workflows = {.name = "workflows",
                          .url_variable = "WORKFLOWS__DATABASE__SQL_ALCHEMY_CONN",
                          .scheme = "postgresql+psycopg2",
                          .fault = "ALTER TABLE dag_run DROP CONSTRAINT ck_dag_run_state",
                          .finding = "check constraint dag_run.ck_dag_run_state missing"};

// Superset: Flask-Migrate, a merge, tables of a library by create_all() in between.
const Case k_dashboards = {
    .name = "dashboards",
    .source = "alembic:dashboards/migrations",
    .url_variable = "DASHBOARDS_DB_URI",
    .env = {{"FLASK_APP", "dashboards.app"}},
    .upgrade = {"-m", "flask", "db", "upgrade", "-d", "dashboards/migrations"},
    .fault = "ALTER TABLE slices DROP CONSTRAINT fk_slices_created_by",
    .finding = "foreign key slices.fk_slices_created_by missing"};

// MLflow: the oldest tables by create_all(), alembic.ini deep in a package.
const Case k_experiments = {
    .name = "experiments",
    .source = "alembic:experiments/store/db_migrations/alembic.ini",
    .url_variable = "EXPERIMENTS_TRACKING_URI",
    .upgrade = {"-m", "alembic", "-c", "experiments/store/db_migrations/alembic.ini", "upgrade",
                "head"},
    .fault = "DROP INDEX index_latest_metrics_run",
    .finding = "index latest_metrics.index_latest_metrics_run missing"};

// Prefect: asynchronous, types and triggers by hand, indexes that are built concurrently.
const Case k_flows = {.name = "flows",
                      .url_variable = "FLOWS_API_DATABASE_CONNECTION_URL",
                      .scheme = "postgresql+asyncpg",
                      .fault = "DROP TRIGGER count_runs ON flow_run",
                      .finding = "trigger flow_run.count_runs missing"};

// open-webui: SQLite unless told otherwise, tables from before Alembic by plain SQL.
const Case k_chats = {.name = "chats",
                      .scheme = "postgres",
                      .fault = "ALTER TABLE \"user\" DROP COLUMN settings",
                      .finding = "settings missing"};

// Several heads and locations, a version table in a schema, roles that the server has long had.
const Case k_tenants = {
    .name = "tenants",
    .url_variable = "",
    .scheme = "postgresql+psycopg2",
    .roles = {"tenants_app", "tenants_reader"},
    .fault = "ALTER TABLE core.tenant DISABLE ROW LEVEL SECURITY; DROP TABLE billing.invoice",
    .finding = "billing.invoice"};

INSTANTIATE_TEST_SUITE_P(All, Projects,
                         testing::Values(k_workflows, k_dashboards, k_experiments, k_flows, k_chats,
                                         k_tenants),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace pgmend::test
