// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace pgmend::engine {

/// The text of a room's catalog query as this server gets it: lines marked for other versions or
/// for the other way of reading are left out (see Kind::catalog_query).
std::string render_catalog_query(std::string_view marked, int server_major, bool narrowed);

}  // namespace pgmend::engine
