// SPDX-License-Identifier: MIT
#pragma once

#include "app/explain/catalogue.hpp"
#include "report/article.hpp"

namespace pgmend::app {

/// What a finding means, what breaks, what a repair does and what is never done.
report::Article finding_document(const Topic& topic);

/// What a kind is, and what findings there are of it.
report::Article kind_document(const Kind& kind);

}  // namespace pgmend::app
