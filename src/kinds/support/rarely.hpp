// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

/// A question about few objects within a query about many. The server plans all of a query, also
/// what it then never runs, and for a recursive question that takes longer than the rest: so it
/// stands there as a text, and is planned where it is asked. Put together by Joined: k_rarely, a
/// query with the places %1$s, k_rarely_of, what fills these, k_rarely_end. The query returns
/// `found`, an array between k_found and k_as_found; marks at the ends of its lines hold as
/// everywhere.
namespace pgmend::kinds {

inline constexpr std::string_view k_rarely =
    R"sql(pg_catalog.convert_from(pg_catalog.decode(pg_catalog.substring(
         pg_catalog.query_to_xml(pg_catalog.format($rarely$)sql";
inline constexpr std::string_view k_rarely_of = "$rarely$, ";
inline constexpr std::string_view k_rarely_end =
    R"sql(), false, true, '')::text,
         '<found>([0-9a-f]*)</found>'), 'hex'), 'UTF8')::text[])sql";

/// As hexadecimal digits, which XML leaves alone.
inline constexpr std::string_view k_found = "pg_catalog.encode(pg_catalog.convert_to(";
inline constexpr std::string_view k_as_found = "::text, 'UTF8'), 'hex') AS found";

}  // namespace pgmend::kinds
