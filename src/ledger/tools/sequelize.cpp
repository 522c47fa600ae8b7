// SPDX-License-Identifier: MIT
// Sequelize's umzug: a row for each migration, by the name of its file. Statements before the one
// that failed stay, and nothing records them.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::sequelize_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"name"});

constexpr std::string_view k_entries = R"sql(
SELECT name AS entry, pg_catalog.regexp_replace(name, '\.[^./]*$', '') AS key
FROM {table}
ORDER BY name DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "SequelizeMeta",
        .names = "*SequelizeMeta*",
        .columns = k_columns,
        .has_no_other_columns = true,
        .entries = k_entries,
    },
    {
        .name = "SequelizeData",
        .columns = k_columns,
        .has_no_other_columns = true,
    },
});

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, script_key);
}

constexpr auto k_signs = std::to_array<std::string_view>({".sequelizerc"});

}  // namespace

const Tool k_sequelize = {
    .name = "Sequelize",
    .tables = k_tables,
    .run = "npx sequelize-cli db:migrate",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::sequelize_books
