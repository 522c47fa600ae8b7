// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pgmend::report::python {

/// What SQLAlchemy (1.4 and newer) calls a type that the server prints so, where its word makes
/// exactly that type. Nothing for all others.
std::optional<std::string> column_type(std::string_view type);

}  // namespace pgmend::report::python
