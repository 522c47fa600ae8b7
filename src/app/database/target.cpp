// SPDX-License-Identifier: MIT
#include "app/database/target.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "app/database/no_database.hpp"
#include "pg/transaction.hpp"

namespace pgmend::app {

namespace {

constexpr int k_oldest_major = 13;

/// libpq knows this keyword, but connecting by polling leaves the timeout to us.
void take_connect_timeout(pg::ConnectionParameters& parameters, pg::Connection::Options& options) {
  const auto found = parameters.find("connect_timeout");
  if (found == parameters.end()) return;
  int seconds = 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), seconds);
  if (seconds > 0) options.connect_timeout = std::chrono::seconds(seconds);
}

/// "15.20 (Debian 15.20-0+deb12u1)" as "15.20".
std::string short_version(const std::string& version) {
  return version.substr(0, version.find(' '));
}

std::string describe(const pg::Connection& connection) {
  const auto host = connection.parameter("host");
  const auto place = host.starts_with('/')
                         ? fmt::format("socket {}", host)
                         : fmt::format("{}:{}", host, connection.parameter("port"));
  return fmt::format("{} on {} as {}, PostgreSQL {}", connection.parameter("dbname"), place,
                     connection.parameter("user"), short_version(connection.server_version_text()));
}

}  // namespace

Target open_target(const DatabaseLocation& location, pg::Connection::Options options) {
  auto parameters = location.parameters;
  take_connect_timeout(parameters, options);
  auto connection = pg::Connection::open(std::move(parameters), options);
  if (connection.server_major() < k_oldest_major)
    throw pg::Error({.sqlstate = "",
                     .message = fmt::format("the server is PostgreSQL {}, pgmend needs {} or newer",
                                            connection.server_version_text(), k_oldest_major),
                     .detail = "",
                     .hint = "upgrade the server",
                     .query = ""});
  auto description = describe(connection);
  const bool is_standby = connection.is_standby();
  return {std::move(connection), std::move(description), is_standby};
}

bool is_missing_database(const pg::Error& error) {
  const std::string message = error.what();
  return error.is("3D000") || (message.find("database \"") != std::string::npos &&
                               message.find("does not exist") != std::string::npos);
}

namespace {

/// The server is there, and TLS is what they do not agree on. In libpq's words and OpenSSL's; empty
/// for what is none of that.
std::string tls_hint(const std::string& message) {
  struct Case {
    std::string_view words;
    const char* hint;
  };
  static constexpr auto k_cases = std::to_array<Case>({
      {"does not match host name",
       "connect by a name that the server's certificate is for, or with sslmode=verify-ca if any "
       "host of its authority may answer"},
      {"certificate verify failed",
       "the server's certificate is of another authority than sslrootcert names: name the right "
       "one (sslrootcert=FILE)"},
      {"root certificate file",
       "name the certificate of the authority that signed the server's: sslrootcert=FILE"},
      {"server does not support SSL",
       "turn on ssl on the server, or leave sslmode away where the network can be trusted"},
      {"requires a valid client certificate",
       "the server asks for a certificate of yours: sslcert=FILE and sslkey=FILE"},
      {"certificate file", "check the client's certificate: sslcert=FILE and sslkey=FILE"},
      {"private key file", "check the client's key: sslkey=FILE, which nobody else may read"},
  });
  for (const auto& [words, hint] : k_cases)
    if (message.find(words) != std::string::npos) return hint;
  return {};
}

}  // namespace

std::string connection_hint(const pg::Error& error) {
  const std::string message = error.what();
  const auto says = [&](std::string_view words) {
    return message.find(words) != std::string::npos;
  };
  if (error.is("28P01") || says("password authentication failed"))
    return "check the user and the password (.env, secrets) of the connection named above";
  if (says("no password supplied")) return "give the password in the URL, PGPASSWORD or ~/.pgpass";
  if (is_missing_database(error))
    return "create the database, or correct its name in the connection named above";
  if (error.is("28000") || says("role \"") || says("no pg_hba.conf entry"))
    return "check the user of the connection named above, and pg_hba.conf on the server";
  if (says("timeout expired"))
    return "check host, port and firewall; wait longer with --connect-timeout";
  if (auto hint = tls_hint(message); !hint.empty()) return hint;
  if (says("could not translate host name")) return "check the host name of the connection";
  return "is the server running and reachable from here? try: docker compose ps, pg_isready";
}

}  // namespace pgmend::app
