// SPDX-License-Identifier: MIT
#include "pg/conninfo.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>
#include <new>

#include "pg/database_url.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

constexpr auto k_none = std::string_view::npos;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
struct FreeMessage {
  void operator()(char* message) const { PQfreemem(message); }
};

/// Without blanks around it, and without the quotes that `docker run --env-file` leaves in place.
std::string_view unwrap(std::string_view text) {
  text = text::trim(text);
  if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0])
    text = text::trim(text.substr(1, text.size() - 2));
  return text;
}

/// libpq's messages quote the text they complain about, the password with it: none of their words
/// is passed on. They are only looked at to say the same in our own.
[[noreturn]] void fail_url(std::string_view message) {
  if (message.find("percent") != k_none || message.find("%00") != k_none)
    throw ConninfoError("the URL has a \"%\" that two hexadecimal digits do not follow, or %00",
                        "in a password, write % as %25");
  if (message.find("IPv6") != k_none || message.find("character") != k_none)
    throw ConninfoError("the URL's host is not readable",
                        "write an IPv6 address as [::1], and in a password [ as %5B and / as %2F");
  throw ConninfoError("the URL is not readable", "expected postgresql://USER@HOST:PORT/DATABASE");
}

[[noreturn]] void fail_keywords(std::string_view text, std::string_view message) {
  const auto first = message.find('"');
  const auto last = message.rfind('"');
  const bool names_option = message.find("invalid connection option") != k_none && last > first;
  if (names_option) {
    const auto name = message.substr(first + 1, last - first - 1);
    // `password=two words=x`: what looks like a keyword may be a part of the password.
    fail_unknown_parameter(name, text.find("password") < text.find(name));
  }
  throw ConninfoError("the connection string is not readable",
                      "expected a URL, postgresql://USER@HOST/DATABASE, or libpq's keywords, "
                      "host=HOST dbname=DATABASE; put a value with blanks in single quotes");
}

void check_ports(const ConnectionParameters& parameters) {
  const auto found = parameters.find("port");
  if (found == parameters.end()) return;
  for (const auto port : text::split(found->second, ',')) {
    const bool digits = port.find_first_not_of("0123456789") == k_none && port.size() <= 5;
    if (port.empty() ||
        (digits && std::stoi(std::string(port)) >= 1 && std::stoi(std::string(port)) <= 65535))
      continue;
    throw ConninfoError("the port is not a number from 1 to 65535",
                        "in a password, write : as %3A, / as %2F and @ as %40");
  }
}

ConnectionParameters parse_with_libpq(std::string_view original, const std::string& conninfo) {
  char* raw_message = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(conninfo.c_str(), &raw_message));
  const std::unique_ptr<char, FreeMessage> message(raw_message);
  if (!options && !message) throw std::bad_alloc();
  if (!options && is_url(original)) fail_url(message.get());
  if (!options) fail_keywords(original, message.get());
  ConnectionParameters parameters;
  for (const auto* option = options.get(); option->keyword; ++option)
    if (option->val && *option->val) parameters[option->keyword] = option->val;
  check_ports(parameters);
  return parameters;
}

std::string value_of(const ConnectionParameters& parameters, const std::string& keyword) {
  const auto found = parameters.find(keyword);
  return found == parameters.end() ? "" : found->second;
}

/// "h1:1,[::1]:2": folders and IPv6 addresses in brackets, since they hold separators themselves.
std::string describe_hosts(const ConnectionParameters& parameters) {
  auto hosts = value_of(parameters, "host");
  if (hosts.empty()) hosts = value_of(parameters, "hostaddr");
  const auto port_list = value_of(parameters, "port");
  const auto ports = text::split(port_list, ',');
  std::vector<std::string> out;
  for (const auto host : text::split(hosts, ',')) {
    const bool bracketed = host.find_first_of(":/") != k_none;
    auto& one = out.emplace_back(bracketed ? '[' + std::string(host) + ']' : std::string(host));
    // One port counts for all hosts.
    const auto port = ports[ports.size() == 1 ? 0 : std::min(out.size(), ports.size()) - 1];
    if (!port.empty()) (one += ':') += port;
  }
  return text::join(out, ",");
}

}  // namespace

Conninfo parse_conninfo(std::string_view text) {
  text = unwrap(text);
  if (text.empty()) throw ConninfoError("the database URL is empty");
  if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }))
    throw ConninfoError("the database URL holds a line break or another control character");
  if (!is_url(text)) return {parse_with_libpq(text, std::string(text)), {}};
  auto clean = clean_url(text);
  return {parse_with_libpq(text, clean.url), std::move(clean.notes)};
}

std::string describe(const ConnectionParameters& parameters) {
  const auto user = value_of(parameters, "user");
  const auto database = value_of(parameters, "dbname");
  const auto service = value_of(parameters, "service");
  std::string out = user.empty() ? "" : user + '@';
  out += describe_hosts(parameters);
  if (!database.empty()) (out += '/') += database;
  if (service.empty()) return out.empty() ? "libpq's defaults" : out;
  return out.empty() ? "service " + service : out + " (service " + service + ')';
}

}  // namespace pgmend::pg
