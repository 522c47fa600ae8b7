// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "pg/connection.hpp"

/// What the server knows of an expression, asked on a temporary table inside a transaction that
/// somebody rolls back. The expression is never evaluated over rows.
namespace pgmend::pg {

/// Whether it has the same value at any time, whoever asks: such can stand in the condition of an
/// index. False for what the server does not take.
bool is_constant(Connection& connection, const std::string& expression);

/// Whether it gives another value each time, or has effects: a column with such a default cannot be
/// added without rewriting the table. Throws Error for what the server does not take.
bool is_volatile(Connection& connection, const std::string& expression);

/// What a new row gets in a column that is declared like this (name, type, default), as the server
/// prints it: its inner value is absent for NULL. Nothing if the row would be refused.
std::optional<std::optional<std::string>> value_in_a_row(Connection& connection,
                                                         const std::string& column);

}  // namespace pgmend::pg
