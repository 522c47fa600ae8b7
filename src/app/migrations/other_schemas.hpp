// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/ledger.hpp"

/// Which version tables matter where only some schemas are looked at (--schema-name). Where each
/// tenant has its own schema, all of them have one.
namespace pgmend::app {

/// Leaves out those of other schemas, tool by tool: where a schema that is looked at has one, and
/// else those that can hardly be for all schemas: it is not the only one, nor in public. What the
/// project's own scripts were held against stays.
void leave_out_other_schemas(std::vector<Ledger>& ledgers,
                             const std::vector<std::string>& looked_at);

}  // namespace pgmend::app
