// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "model/object.hpp"

namespace pgmend::app {

/// examples.lock
extern const std::string_view k_examples_text;

/// At least one object of every kind, as PostgreSQL showed them to the rooms.
const Schema& examples();

}  // namespace pgmend::app
