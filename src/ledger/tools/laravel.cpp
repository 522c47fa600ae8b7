// SPDX-License-Identifier: MIT
// Laravel: a row for each migration. Its rows are not read; the table is known so that it is left
// alone.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger::laravel_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"batch", "migration", "id"});

constexpr auto k_tables = std::to_array<VersionTable>(
    {{.name = {}, .names = "migrations", .columns = k_columns, .has_no_other_columns = true}});

}  // namespace

const Tool k_laravel = {.name = "Laravel", .tables = k_tables};

}  // namespace pgmend::ledger::laravel_books
