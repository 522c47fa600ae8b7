// SPDX-License-Identifier: MIT
#pragma once

#include "pg/connection.hpp"
#include "util/ingredients.hpp"

namespace pgmend::pg {

/// What a server on this machine is made of, beside what is in its data folder: its program and
/// libraries, what its packages and extensions brought along, locales and time zones. Asked from a
/// superuser's session, which has loaded by then what it needs.
void add_server(Connection& connection, Ingredients& ingredients);

/// What decides which server's programs find_binaries() finds.
void add_choice_of_binaries(Ingredients& ingredients);

}  // namespace pgmend::pg
