// SPDX-License-Identifier: MIT
// Rails (ActiveRecord): a row for each migration, by the number its file begins with;
// `db:schema:load` writes them all without running any.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::rails_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"version"});

constexpr std::string_view k_entries = R"sql(
SELECT version AS entry
FROM {table}
ORDER BY version DESC
)sql";

// The name of the environment, and a hash of schema.rb.
constexpr auto k_metadata_columns = std::to_array<std::string_view>({"value", "key"});

constexpr auto k_tables = std::to_array<VersionTable>({{
                                                           .name = "schema_migrations",
                                                           .names = "*migrations",
                                                           .columns = k_columns,
                                                           .has_no_other_columns = true,
                                                           .entries = k_entries,
                                                       },
                                                       {
                                                           .name = "ar_internal_metadata",
                                                           .columns = k_metadata_columns,
                                                       }});

std::optional<std::string> key_of(const ProjectFile& file) {
  const auto number = leading_number(file.name);
  if (!number || !file.ends_with(".rb")) return std::nullopt;
  return plain_number(*number);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

constexpr auto k_signs =
    std::to_array<std::string_view>({"config/application.rb", "db/schema.rb", "db/structure.sql"});

}  // namespace

const Tool k_rails = {
    .name = "Rails",
    .tables = k_tables,
    .run = "bin/rails db:migrate",
    .signs = k_signs,
    .find = find,
    .normal = plain_number,
};

}  // namespace pgmend::ledger::rails_books
