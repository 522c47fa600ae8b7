// SPDX-License-Identifier: MIT
#include "ledger/tools.hpp"

#include <array>

namespace pgmend::ledger {

std::span<const VersionTable* const> all_tools() {
  // Liquibase's lock comes behind the table it locks: it is told with it.
  static constexpr auto k_all = std::to_array<const VersionTable*>(
      {&k_alembic, &k_django, &k_drizzle, &k_ef_core, &k_flyway, &k_golang_migrate, &k_goose,
       &k_liquibase, &k_liquibase_lock, &k_prisma, &k_rails});
  return k_all;
}

}  // namespace pgmend::ledger
