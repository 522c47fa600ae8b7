// SPDX-License-Identifier: MIT
// What is expected of one schema serves for another: each schema of each case is given another name
// by the server, and is then what the mapping makes of it, and of the same shape as before.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "case.hpp"
#include "engine/compare.hpp"
#include "engine/inspect.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "kinds/kinds.hpp"
#include "model/schema_mapping.hpp"
#include "pg/transaction.hpp"
#include "support/database.hpp"
#include "support/in_process.hpp"
#include "support/schema_text.hpp"
#include "util/sql.hpp"

namespace pgmend::test {
namespace {

const std::string k_new_name = "t-1 \"x\"";  // NOLINT(cert-err58-cpp)

/// What is asked for is of the database's roles.
std::vector<const Kind*> usual_kinds() {
  std::vector<const Kind*> usual;
  for (const auto* kind : kinds::all())
    if (kind->asked_for.empty()) usual.push_back(kind);
  return usual;
}

class MovedSchema : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (is_too_old(m_database, GetParam())) GTEST_SKIP() << "the server is too old";
    run_file(m_database, GetParam().path(GetParam().is_complete() ? "wanted.sql" : "actual.sql"));
  }

  Schema read(const std::string& schema) const {
    auto connection = m_database.connect();
    const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
    return engine::inspect(connection, usual_kinds(),
                           engine::scope_of(connection, engine::Selection::within(schema)));
  }

  engine::Fingerprint print(const std::string& schema) const {
    auto connection = m_database.connect();
    const auto tallied = engine::tally_target(
        connection, usual_kinds(), kinds::k_locked_along_query, engine::Selection::within(schema),
        std::chrono::milliseconds(1000), {});
    const auto found = tallied.schemas.find(schema);
    return found == tallied.schemas.end() ? engine::Fingerprint() : found->second;
  }

  std::vector<std::string> schemas() const {
    std::vector<std::string> names;
    for (const auto& row : m_database.rows(
             "SELECT nspname FROM pg_namespace WHERE (oid > 16000 OR nspname = 'public') "
             "AND nspname NOT LIKE 'pg\\_%'"))
      names.push_back(row.front());
    return names;
  }

  const Database& database() const { return m_database; }

 private:
  Database m_database;
};

/// The server renames no name in a source text or a setting that is text: those stay behind.
bool is_of_source(const Finding& finding) {
  return finding.attribute && finding.kind->attributes[*finding.attribute].names_schemas;
}

std::vector<std::string> differences(const Schema& expected, const Schema& actual) {
  const auto compared = engine::compare(expected, actual, engine::Extent::complete);
  std::vector<std::string> lines;
  for (const auto& finding : compared.findings)
    if (!is_of_source(finding) && finding.judgement.sort != Sort::broken)
      lines.push_back(finding_line(finding));
  for (const auto& doubt : compared.doubts)
    lines.push_back(fmt::format("doubt {}: {} / {}", display(doubt.expected->name),
                                doubt.expected->values[doubt.attribute].text(),
                                doubt.actual->values[doubt.attribute].text()));
  return lines;
}

TEST_P(MovedSchema, IsWhatTheMappingMakesOfIt) {
  for (const auto& schema : schemas()) {
    SCOPED_TRACE(schema);
    const auto before = read(schema);
    const auto shape = print(schema);
    const bool has_source =
        std::any_of(before.objects().begin(), before.objects().end(),
                    [](const Object& object) { return object.kind == &kinds::k_function; });
    database().exec(fmt::format("ALTER SCHEMA {} RENAME TO {}", sql::quote_ident(schema),
                                sql::quote_ident(k_new_name)));
    const auto after = read(k_new_name);
    EXPECT_EQ(before.size(), after.size());
    EXPECT_THAT(differences(SchemaMapping(schema, k_new_name).map(before), after),
                testing::IsEmpty());
    if (!has_source) {
      EXPECT_EQ(shape, print(k_new_name));
    }
    database().exec(fmt::format("ALTER SCHEMA {} RENAME TO {}", sql::quote_ident(k_new_name),
                                sql::quote_ident(schema)));
  }
}

INSTANTIATE_TEST_SUITE_P(All, MovedSchema, testing::ValuesIn(Case::all()),
                         [](const auto& instance) { return instance.param.test_name(); });

}  // namespace
}  // namespace pgmend::test
