// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "model/ledger.hpp"

/// The migration tools whose version tables are known, one file each.
namespace pgmend::ledger {

extern const VersionTable k_alembic;
extern const VersionTable k_django;
extern const VersionTable k_drizzle;
extern const VersionTable k_ef_core;
extern const VersionTable k_flyway;
extern const VersionTable k_golang_migrate;
extern const VersionTable k_goose;
extern const VersionTable k_liquibase;
extern const VersionTable k_liquibase_lock;
extern const VersionTable k_prisma;
extern const VersionTable k_rails;

/// All of them.
std::span<const VersionTable* const> all_tools();

}  // namespace pgmend::ledger
