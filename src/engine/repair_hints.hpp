// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/plan.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// The message of the server, with its detail.
std::string error_words(const pg::Error& error);

/// What a person can do about an error that a step met with.
std::string hint_for(pg::Connection& connection, const Step& step, const pg::Error& error);

}  // namespace pgmend::engine
