// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

/// SQL as it may be printed: names and texts in it can hold anything.
namespace pgmend::sql {

/// The same statement, for psql as well, in which nothing begins a line or moves a cursor: names
/// with control characters are written U&"a\000Ab", texts with others than line breaks E'a\x1bb'.
std::string printable(std::string_view statement);

/// For people: names and texts as text::visible() spells them. Line breaks between and in texts
/// stay.
std::string visible(std::string_view statement);

}  // namespace pgmend::sql
