// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/plan.hpp"

/// Stages that are no plain statements, as DO blocks: for scripts that others run.
namespace pgmend::report {

/// What must hold before the rest is done, as a statement that fails if it does not.
std::string precondition_block(const Stage& stage);

/// Each range commits, as pgmend's own do; rows that were locked come with the next pass. Refuses
/// to run in a transaction.
std::string fill_block(const Stage& stage);

}  // namespace pgmend::report
