// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The parameters that other drivers read from a database URL and libpq does not know.
namespace pgmend::pg {

struct ParameterFate {
  enum class Sort {
    keep,       // one of libpq's
    translate,  // means the same as `keyword` = `value`
    drop,       // another driver's, without a meaning here
    unknown,
  };
  Sort sort = Sort::unknown;
  std::string keyword;
  std::string value;
};

/// Values are looked at as they stand in the URL, and may still be percent-encoded.
ParameterFate translate_parameter(std::string_view name, std::string_view value);

/// The keywords that the libpq in use understands.
const std::vector<std::string>& libpq_keywords();

/// True for a keyword that libpq learned after the oldest version pgmend is built with. These are
/// not left out: most make a connection safer.
bool is_newer_keyword(std::string_view name);

int libpq_major();

}  // namespace pgmend::pg
