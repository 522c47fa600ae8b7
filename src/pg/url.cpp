// SPDX-License-Identifier: MIT
#include "pg/url.hpp"

#include <fmt/format.h>

#include <cctype>
#include <string_view>

namespace pgmend::pg {

namespace {

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ||
                       c == '.' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// One host that is no folder: the only sort that every reader takes where hosts belong.
bool fits_authority(const std::string& host) {
  return !host.empty() && host.find_first_of("/,@") == std::string::npos;
}

}  // namespace

std::string make_url(const ConnectionParameters& parameters) {
  auto rest = parameters;
  const auto take = [&](const char* keyword) {
    const auto found = rest.extract(keyword);
    return found ? found.mapped() : std::string();
  };
  const auto user = take("user");
  const auto password = take("password");
  const auto dbname = take("dbname");
  std::string url = "postgresql://" + encoded(user);
  if (!password.empty()) url += ':' + encoded(password);
  if (!user.empty() || !password.empty()) url += '@';
  if (const auto host = rest.find("host"); host != rest.end() && fits_authority(host->second)) {
    const auto name = take("host");
    url += name.find(':') == std::string::npos ? encoded(name) : '[' + name + ']';
    if (const auto port = take("port"); !port.empty()) url += ':' + port;
  }
  url += '/' + encoded(dbname);
  char separator = '?';
  for (const auto& [keyword, value] : rest) {
    url += separator + keyword + '=' + encoded(value);
    separator = '&';
  }
  return url;
}

}  // namespace pgmend::pg
