// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/watch/watch.hpp"

namespace pgmend::app {

/// Throws UsageError for what nothing can be sent to.
void check_webhook(const std::string& url);

/// Sends a text to a URL by POST, as often as it takes up to `tries`, a little later each time;
/// what is refused or led elsewhere is not tried again. Certificates are checked. Returns why it
/// was not taken; empty if it was. Throws interrupt::Interrupted.
std::string post(const std::string& url, const std::string& json, int tries, Clock& clock);

}  // namespace pgmend::app
