// SPDX-License-Identifier: MIT
#pragma once

#include "model/report.hpp"

namespace pgmend::cli {

inline constexpr int k_exit_correct = 0;     // correct, or made correct and proven
inline constexpr int k_exit_drift = 1;       // found, or left because it needs consent or a person
inline constexpr int k_exit_usage = 2;       // options, spec file, configuration
inline constexpr int k_exit_unverified = 3;  // database not reachable, no permission, unconfirmed
inline constexpr int k_exit_failed = 4;      // a repair was tried and failed
inline constexpr int k_exit_not_now = 5;  // migrations pending, verdict unclear, or no lock in time
inline constexpr int k_exit_interrupted = 130;

/// The one place where outcomes become exit codes.
int exit_code(const Report& report);

}  // namespace pgmend::cli
