// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <memory>
#include <vector>

#include "model/report.hpp"
#include "util/terminal.hpp"

namespace pgmend::app {

std::unique_ptr<Reporter> make_text_reporter(std::FILE* out, terminal::Style style, Detail detail);
std::unique_ptr<Reporter> make_sql_reporter(std::FILE* out);
/// Passes all on to each of them; of progress only the first one hears.
std::unique_ptr<Reporter> make_fan_out(std::vector<std::unique_ptr<Reporter>> reporters);
/// Progress alone, to the log.
std::unique_ptr<Reporter> make_progress_reporter();
/// Says nothing: for runs whose result alone counts.
std::unique_ptr<Reporter> make_silent_reporter();

}  // namespace pgmend::app
