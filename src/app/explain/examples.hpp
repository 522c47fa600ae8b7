// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "model/kind.hpp"
#include "model/object.hpp"

namespace pgmend::app {

/// examples.lock
extern const std::string_view k_examples_text;

/// At least one object of every kind, as PostgreSQL showed them to the rooms.
const Schema& examples();

/// Values of an attribute that no server without some extension would give; mostly none.
std::vector<Value> foreign_values(const Kind& kind, const Attribute& attribute);

}  // namespace pgmend::app
