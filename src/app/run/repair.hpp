// SPDX-License-Identifier: MIT
#pragma once

#include "app/compare/pass.hpp"
#include "app/database/advisory_lock.hpp"
#include "engine/apply.hpp"
#include "model/report.hpp"

namespace pgmend::app {

/// Runs the report's plan step by step. Soon after each step, or after a few of them together,
/// their relations are read again, and only what the catalogs then say decides the outcome of
/// findings. Throws pg::ConnectionError if the lock under which it all happens is lost.
void repair(pg::Connection& connection, const PassInput& input, const engine::LockPolicy& policy,
            const AdvisoryLock& lock, Reporter& reporter, Report& report);

}  // namespace pgmend::app
