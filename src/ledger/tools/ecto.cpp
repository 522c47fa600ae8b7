// SPDX-License-Identifier: MIT
// Ecto: a row for each migration, by the number its file begins with.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::ecto_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"inserted_at", "version"});

constexpr std::string_view k_entries = R"sql(
SELECT version::pg_catalog.text AS entry
FROM {table}
ORDER BY version DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "schema_migrations",
    .names = "*migration*",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
}});

std::optional<std::string> key_of(const ProjectFile& file) {
  const auto number = leading_number(file.name);
  if (!number || !file.ends_with(".exs")) return std::nullopt;
  return plain_number(*number);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

constexpr auto k_signs = std::to_array<std::string_view>({"mix.exs"});

}  // namespace

const Tool k_ecto = {
    .name = "Ecto",
    .tables = k_tables,
    .run = "mix ecto.migrate",
    .signs = k_signs,
    .find = find,
    .normal = plain_number,
};

}  // namespace pgmend::ledger::ecto_books
