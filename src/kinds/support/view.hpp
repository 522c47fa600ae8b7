// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// What views and materialized views have in common.
namespace pgmend::kinds {

/// " WITH (a=b)" from the attribute `options`; empty if there are none.
std::string view_options_sql(const Object& view);

/// Sets the options as expected and takes back what else is set.
Recipe mend_view_options(const Object& expected, const Object& actual, std::string_view alter,
                         Lock lock);

}  // namespace pgmend::kinds
