// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

namespace pgmend::app {

/// Asks again and again, every second or so, until the answer is true or the time is up. Returns
/// the last answer. Throws interrupt::Interrupted when a stop is requested.
bool wait_until(std::chrono::seconds patience, const std::function<bool()>& ask);

}  // namespace pgmend::app
