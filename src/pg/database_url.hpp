// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The step before libpq's own URL parser: makes other drivers' URLs into ones that it reads.
namespace pgmend::pg {

struct CleanUrl {
  std::string url;                 // holds the password
  std::vector<std::string> notes;  // what was left out, without values
};

/// True for anything that starts like `scheme://`, whichever the scheme.
bool is_url(std::string_view text);

/// Throws ConninfoError for a scheme that is not PostgreSQL's, for an unknown parameter, and where
/// the URL can be read in two ways because a password in it is not percent-encoded.
CleanUrl clean_url(std::string_view url);

/// The error for a parameter nobody knows; it names the parameter unless that may be a part of the
/// password.
[[noreturn]] void fail_unknown_parameter(std::string_view name, bool may_be_secret);

}  // namespace pgmend::pg
