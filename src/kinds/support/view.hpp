// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// What views and materialized views have in common.
namespace pgmend::kinds {

/// " WITH (a=b)" from the attribute `options`, and from `toast_options` where there is one; empty
/// if there are none.
std::string view_options_sql(const Object& view);

/// Sets the options as expected and takes back what else is set.
Recipe mend_view_options(const Object& expected, const Object& actual, std::string_view alter,
                         Lock lock, std::string_view attribute = "options");

}  // namespace pgmend::kinds
