// SPDX-License-Identifier: MIT
#include "pg/database_url.hpp"

#include <algorithm>
#include <map>

#include "pg/conninfo.hpp"
#include "pg/foreign_parameters.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

using Query = std::map<std::string, std::string>;

constexpr auto k_nowhere = std::string_view::npos;
constexpr auto k_digits = "0123456789";

struct UrlParts {
  std::string user_info;  // with its "@", or empty
  std::string hosts;
  std::string path;  // with its "/"
  std::string query;
};

bool all_digits(std::string_view s) {
  return s.find_first_not_of(k_digits) == k_nowhere;
}

bool is_identifier(std::string_view s) {
  return text::to_lower(s).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") ==
         std::string::npos;
}

/// After the "://", or an exception if the scheme is another database's.
std::string_view strip_scheme(std::string_view url) {
  if (text::to_lower(url).starts_with("jdbc:")) url.remove_prefix(5);
  const auto end = url.find("://");
  const auto scheme = text::to_lower(url.substr(0, end));
  const auto dialect = scheme.substr(0, scheme.find('+'));
  for (const auto* known : {"postgresql", "postgres", "pgsql", "postgis"})
    if (dialect == known) return url.substr(end + 3);
  // With a colon it is no scheme but perhaps `user:password://`.
  const bool nameable = scheme.find(':') == std::string::npos;
  throw ConninfoError(
      "not a PostgreSQL URL" + (nameable ? ": it starts with " + scheme + "://" : ""),
      "pgmend works with PostgreSQL only: postgresql://USER@HOST/DATABASE");
}

/// Where the "@" stands that ends user name and password. Like urllib and node, and unlike libpq,
/// takes the last one, so that a password may hold an "@" that should have been encoded.
std::size_t user_info_end(std::string_view head) {
  const auto first = head.find('@');
  const auto question = head.find('?');
  const auto colon = head.find(':');
  if (first == k_nowhere || question == k_nowhere) return head.rfind('@');
  const bool host_before_query = colon == k_nowhere || colon > question ||
                                 all_digits(head.substr(colon + 1, question - colon - 1));
  if (question < first) return host_before_query ? k_nowhere : first;
  return head.rfind('@', question);
}

UrlParts split_url(std::string_view rest) {
  UrlParts parts;
  const auto at = user_info_end(rest.substr(0, rest.find('/')));
  if (at != k_nowhere) {
    parts.user_info = text::replace_all(std::string(rest.substr(0, at)), "@", "%40") + '@';
    rest.remove_prefix(at + 1);
  }
  const auto question = std::min(rest.find('?'), rest.size());
  const auto slash = std::min(rest.find('/'), question);
  parts.hosts = rest.substr(0, slash);
  parts.path = rest.substr(slash, question - slash);
  parts.query = rest.substr(std::min(question + 1, rest.size()));
  // `user:pa/ss@host/db`: libpq would take "user" for the host, and try to connect to it.
  if (parts.path.find('@') != std::string::npos)
    throw ConninfoError("the URL has an \"@\" behind the first \"/\"",
                        "in a user name or password, write / as %2F and @ as %40");
  return parts;
}

/// `h1:1,h2` becomes `h1,h2`, and the ports of all, or nothing if there is none. Socket folders
/// and IPv6 addresses hold colons of their own.
std::string take_ports(std::string& hosts) {
  std::vector<std::string> names;
  std::vector<std::string> ports;
  bool any = false;
  for (const auto host : text::split(hosts, ',')) {
    const auto colon = host.rfind(':');
    const bool has_port = colon != k_nowhere && colon == host.find(':') && !host.starts_with('/') &&
                          !text::to_lower(host).starts_with("%2f") && colon + 1 < host.size() &&
                          all_digits(host.substr(colon + 1));
    names.emplace_back(host.substr(0, has_port ? colon : k_nowhere));
    ports.emplace_back(has_port ? host.substr(colon + 1) : "");
    any = any || has_port;
  }
  hosts = text::join(names, ",");
  return any ? text::join(ports, ",") : "";
}

/// SQLAlchemy spells several hosts `?host=h1:1&host=h2:2`.
void settle_hosts(Query& query) {
  const auto host = query.find("host");
  if (host == query.end()) return;
  const auto ports = take_ports(host->second);
  if (!ports.empty()) query.try_emplace("port", ports);
}

/// The query's parameters in libpq's words.
class QueryReader {
 public:
  QueryReader(std::string_view query, bool has_user_info)
      // An "@" may end a user name and password that hold a "?".
      : m_may_be_secret(!has_user_info && query.find('@') != k_nowhere) {
    for (const auto part : text::split(query, '&')) read(part);
    for (const auto& [keyword, value] : m_translated) m_query.try_emplace(keyword, value);
    settle_hosts(m_query);
  }

  const Query& query() const { return m_query; }
  const std::vector<std::string>& notes() const { return m_notes; }

 private:
  void read(std::string_view part) {
    const auto equals = part.find('=');
    const auto name = part.substr(0, equals);
    if (part.empty()) return;
    if (equals == k_nowhere)
      throw ConninfoError("a parameter of the URL has no value",
                          "write name=value; in a value, write & as %26");
    const auto value = part.substr(equals + 1);
    const auto fate = translate_parameter(name, value);
    if (fate.sort == ParameterFate::Sort::unknown) fail(name);
    if (fate.sort == ParameterFate::Sort::drop)
      m_notes.push_back("the URL's parameter " + (m_may_be_secret ? "" : std::string(name) + ' ') +
                        "is another driver's and was left out");
    else if (!value.empty())
      keep(fate);
    // What follows a password may be the rest of it, if an & in it was not encoded.
    if (name.find("password") != k_nowhere) m_may_be_secret = true;
  }

  void keep(const ParameterFate& fate) {
    const auto value = text::replace_all(text::replace_all(fate.value, "=", "%3D"), "@", "%40");
    if (fate.sort == ParameterFate::Sort::translate)
      m_translated.try_emplace(fate.keyword, value);
    else if (fate.keyword == "host" && m_query.contains("host"))
      (m_query["host"] += ',') += value;
    else
      m_query[fate.keyword] = value;
  }

  [[noreturn]] void fail(std::string_view name) const {
    if (name == "ssl")
      throw ConninfoError("the URL's parameter ssl has a value that is not understood",
                          "use sslmode=require or sslmode=verify-full");
    fail_unknown_parameter(name, m_may_be_secret);
  }

  bool m_may_be_secret;
  Query m_query;
  Query m_translated;
  std::vector<std::string> m_notes;
};

}  // namespace

bool is_url(std::string_view text) {
  const auto end = text.find("://");
  if (end == k_nowhere || end == 0) return false;
  const auto scheme = text::to_lower(text.substr(0, end));
  return scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+.-:_") == std::string::npos;
}

CleanUrl clean_url(std::string_view url) {
  const auto parts = split_url(strip_scheme(url));
  const QueryReader reader(parts.query, !parts.user_info.empty());
  CleanUrl clean{"postgresql://" + parts.user_info + parts.hosts, reader.notes()};
  clean.url += parts.path.empty() ? "/" : parts.path;
  char separator = '?';
  for (const auto& [keyword, value] : reader.query()) {
    ((clean.url += separator) += keyword) += '=' + value;
    separator = '&';
  }
  return clean;
}

void fail_unknown_parameter(std::string_view name, bool may_be_secret) {
  const std::string what = "unknown connection parameter";
  // A name of other characters is a damaged URL, not a misspelled parameter.
  const bool nameable = !may_be_secret && is_identifier(name);
  const auto shown = nameable ? what + ' ' + std::string(name) : what;
  if (is_newer_keyword(name))
    throw ConninfoError(shown, "it needs a newer libpq than " + std::to_string(libpq_major()));
  if (const auto near = text::nearest(name, libpq_keywords()))
    throw ConninfoError(shown, "did you mean " + *near + "?");
  throw ConninfoError(
      shown, may_be_secret ? "in a password, percent-encode what is not a letter or digit"
                           : "remove it, or give pgmend a URL of its own in PGMEND_DATABASE_URL");
}

}  // namespace pgmend::pg
