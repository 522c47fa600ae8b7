// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pg/connection.hpp"

namespace pgmend::pg {

/// A URL for programs that are handed a database, in the form that libpq and SQLAlchemy both read.
/// It holds the password: never print it.
std::string make_url(const ConnectionParameters& parameters);

}  // namespace pgmend::pg
