// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The servers of other versions print the same names and expressions in other words. This tells
/// what is the same nevertheless; only of texts that a server has printed, not of what people
/// write.
namespace pgmend::sql {

/// One that is quoted only where it is a key word.
bool is_plain_name(std::string_view name);

/// Without the quotes around names that are plain: a server quotes its key words, and which these
/// are depends on its version. No longer fit to be sent.
std::string without_needless_quotes(std::string_view text);

/// Whether only such quotes tell them apart. Arrays are compared element by element.
bool same_but_for_quotes(std::string_view a, std::string_view b);

/// Calls in the words of the SQL standard (TRIM(BOTH FROM x), NORMALIZE(x, NFKC), x AT TIME ZONE z)
/// as plain ones: before 14 a server printed them so, and a dump from there still holds them. Also
/// of each element of an array. `extracts`: EXTRACT(field FROM x) as well, as date_part(), which it
/// was before 14 and is not any more.
std::string with_plain_calls(std::string_view text, bool extracts);

/// What a server of one major version has printed, with quotes around the names that it prints
/// without and that mean something else to a newer one: a column called system_user is a function
/// without arguments since 16. Also of each element of an array. Nothing where it is fit as it is.
std::optional<std::string> spelled_for(std::string_view text, int printed_by, int read_by);

}  // namespace pgmend::sql
