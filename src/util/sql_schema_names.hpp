// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace pgmend::sql {

/// A text with the names that are qualified by the schema `from` qualified by `to` instead: also in
/// constants of types that name objects ('app.seq'::regclass), in each element of an array, and in
/// a search_path ("search_path=app, public"). Other strings and comments stay as they are, and so
/// do names in other schemas. Only tells where such a name stands, as PostgreSQL writes it; what it
/// means is the server's to say.
std::string with_schema(std::string_view text, const std::string& from, const std::string& to);

/// The same of a name that is spelled out, which may be that of the schema itself: "schema app",
/// also with words behind it.
std::string with_schema_in_name(std::string_view name, const std::string& from,
                                const std::string& to);

/// Quoted only where it is no plain name.
std::string spelled_schema(const std::string& schema);

}  // namespace pgmend::sql
