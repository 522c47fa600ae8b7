// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

/// A question about few objects within a query about many. The server plans all of a query, also
/// what it then never runs, and for a recursive question that takes longer than the rest: so it
/// stands there as a text, and is planned where it is asked. Put together by Joined: k_rarely, a
/// query with the places %1$s, k_rarely_of, what fills these, k_rarely_end. The query returns one
/// value, an array of texts between k_found and k_as_found; marks at the ends of its lines hold as
/// everywhere. What comes back is that array in order of its bytes, each text once.
///
/// ts_stat() is what runs a text as a query that every server has: query_to_xml() needs one that
/// was built with libxml. It counts words in documents; ours are the texts, of at most 2046 bytes.
namespace pgmend::kinds {

inline constexpr std::string_view k_rarely =
    R"sql((SELECT pg_catalog.array_agg(f.word ORDER BY f.word COLLATE "C")
          FROM pg_catalog.ts_stat(pg_catalog.format($rarely$)sql";
inline constexpr std::string_view k_rarely_of = "$rarely$, ";
inline constexpr std::string_view k_rarely_end = ")) AS f)";

inline constexpr std::string_view k_found = "pg_catalog.array_to_tsvector(";
inline constexpr std::string_view k_as_found = ")";

}  // namespace pgmend::kinds
