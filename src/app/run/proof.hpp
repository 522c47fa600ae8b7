// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/finding.hpp"

namespace pgmend::app {

/// After repairs, nothing is believed that the catalogs do not say: what became of the findings
/// follows from what was found when all was read again (`left`). What is in that and was not known
/// comes behind them.
void settle_by(const std::vector<Finding>& left, std::vector<Finding>& findings);

}  // namespace pgmend::app
