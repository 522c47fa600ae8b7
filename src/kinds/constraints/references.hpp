// SPDX-License-Identifier: MIT
#pragma once

#include "model/kind.hpp"

namespace pgmend::kinds {

/// How REFERENCES is written (PostgreSQL documentation, CREATE TABLE, "REFERENCES"), as far as
/// it takes to put the name of another table in place of the one that is referred to.
extern const Referring k_references;

}  // namespace pgmend::kinds
