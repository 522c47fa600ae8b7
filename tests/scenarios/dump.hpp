// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "support/database.hpp"

namespace pgmend::test {

/// `pg_dump --schema-only` of the database, normalised.
std::string schema_dump(const Database& database);

/// What does not count in a dump: the order of columns, since added ones come last; the commas
/// between them; and the key of psql's \restrict, which differs from dump to dump.
std::string normalised_dump(const std::string& dump);

}  // namespace pgmend::test
