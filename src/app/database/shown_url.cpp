// SPDX-License-Identifier: MIT
#include "app/database/shown_url.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "pg/conninfo.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

constexpr auto k_secrets =
    std::to_array<const char*>({"password", "sslpassword", "oauth_client_secret"});

/// A variable of the environment that has this value; it is there when the command is pasted.
std::optional<std::string> variable_of(const std::string& value) {
  for (char** entry = ::environ; entry && *entry; ++entry) {
    const std::string_view both = *entry;
    const auto equals = both.find('=');
    if (equals != std::string_view::npos && both.substr(equals + 1) == value)
      return std::string(both.substr(0, equals));
  }
  return std::nullopt;
}

/// "host=db dbname=shop": libpq's own form, which can say all that a URL can.
std::string conninfo_of(const pg::ConnectionParameters& parameters) {
  std::string out;
  for (const auto& [keyword, value] : parameters) {
    auto quoted = text::replace_all(value, "\\", "\\\\");
    quoted = text::replace_all(std::move(quoted), "'", "\\'");
    const bool is_plain = !value.empty() && text::shell_word(value) == value;
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", keyword,
                       is_plain ? value : "'" + quoted + "'");
  }
  return out;
}

/// The URL as it was given, where its password can be cut out of it.
std::optional<std::string> cut(const std::string& url, const pg::ConnectionParameters& wanted) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return std::nullopt;
  const auto at = url.find('@', scheme);
  const auto colon = url.find(':', scheme + 3);
  if (at == std::string::npos || colon > at) return std::nullopt;
  const auto shorter = url.substr(0, colon) + url.substr(at);
  try {
    if (pg::parse_conninfo(shorter).parameters == wanted) return shorter;
  } catch (const pg::ConninfoError&) {  // the other form can say it
  }
  return std::nullopt;
}

}  // namespace

ShownUrl shown_url(const std::string& url) {
  pg::ConnectionParameters parameters;
  try {
    parameters = pg::parse_conninfo(url).parameters;
  } catch (const pg::ConninfoError&) {
    return {};
  }
  const auto with_secrets = parameters.size();
  for (const auto* secret : k_secrets) parameters.erase(secret);
  if (parameters.size() == with_secrets) return {text::shell_word(url)};
  if (const auto variable = variable_of(url)) return {fmt::format("\"${}\"", *variable)};
  const auto shorter = cut(url, parameters);
  return {text::shell_word(shorter ? *shorter : conninfo_of(parameters)), true};
}

}  // namespace pgmend::app
