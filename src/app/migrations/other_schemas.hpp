// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/ledger.hpp"

/// Which version tables matter where only some schemas are looked at (--schema-name). Where each
/// tenant has its own schema, all of them have one.
namespace pgmend::app {

/// Leaves out those of other schemas, tool by tool, where a schema that is looked at has one.
void leave_out_other_schemas(std::vector<Ledger>& ledgers,
                             const std::vector<std::string>& looked_at);

/// Where none has: one that is the only one of its tool, that stands in public or that the
/// project's own scripts were held against may be for all schemas. The others are not.
void leave_out_other_tenants(std::vector<Ledger>& ledgers,
                             const std::vector<std::string>& looked_at);

}  // namespace pgmend::app
