// SPDX-License-Identifier: MIT
#include "app/fleet/members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "app/errors.hpp"
#include "pg/conninfo.hpp"
#include "pg/database_url.hpp"
#include "pg/transaction.hpp"
#include "pg/url.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::app {

Choice Choice::parse(const std::string& text) {
  const auto word = text::to_lower(text.substr(0, text.find_first_of(" \t\r\n(")));
  if (word.size() < text.size() && (word == "select" || word == "with" || word == "values"))
    return {Form::query, text};
  if (text.size() > 2 && text.front() == '/' && text.back() == '/')
    return {Form::regex, text.substr(1, text.size() - 2)};
  return {Form::glob, text};
}

bool Choice::is_by_name() const {
  return form == Form::query ||
         (form == Form::glob && text.find_first_of("*?") == std::string::npos);
}

namespace {

constexpr const char* k_all_schemas =
    "SELECT nspname AS name, nspname ~ $1 AS fits FROM pg_catalog.pg_namespace "
    "WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY nspname";

constexpr const char* k_all_databases =
    "SELECT datname AS name, datname ~ $1 AS fits FROM pg_catalog.pg_database "
    "WHERE datallowconn AND NOT datistemplate ORDER BY datname";

/// The words of the option that they were chosen by.
struct What {
  const char* option;
  const char* one;
  const char* many;
  const char* all;  // the query for all that there are
};

constexpr What k_schemas = {"--schemas", "schema", "schemas", k_all_schemas};
constexpr What k_databases = {"--databases", "database", "databases", k_all_databases};
constexpr What k_urls = {"--urls", "database", "databases", ""};

/// What somebody wrote is at fault if the server answers at all.
[[noreturn]] void refuse(const What& what, const std::string& text, const pg::Error& error) {
  const auto words = fmt::format("{} {}: {}", what.option, text::shortened(text), error.what());
  if (error.is_permission()) throw UnverifiedError(words, error.parts().hint);
  throw UsageError(words, error.parts().hint.empty()
                              ? "a glob (t_*), a regular expression (/^t_[0-9]+$/), or a query "
                                "whose first column names them (SELECT ...)"
                              : error.parts().hint);
}

std::vector<std::string> asked(pg::Connection& connection, const What& what,
                               const std::string& query) {
  std::optional<pg::Result> result;
  try {
    const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot,
                                   {.search_path = "\"$user\", public"});
    result.emplace(connection.query(query));
  } catch (const pg::ConnectionError&) {
    throw;
  } catch (const pg::Error& error) {
    refuse(what, query, error);
  }
  std::vector<std::string> names;
  for (int row = 0; row < result->rows(); ++row) {
    if (result->fields() == 0 || result->is_null(row, 0) || result->get(row, 0).empty())
      throw UsageError(
          fmt::format("{}: row {} of the query names no {}", what.option, row + 1, what.one),
          "leave those out: ... WHERE ... IS NOT NULL");
    names.emplace_back(result->get(row, 0));
  }
  return names;
}

/// Those that there are, with whether a regular expression fits.
std::map<std::string, bool> all_there(pg::Connection& connection, const What& what,
                                      const Choice& choice) {
  std::map<std::string, bool> all;
  try {
    const auto rows = connection.query(
        what.all, {choice.form == Choice::Form::regex ? choice.text : std::string()});
    for (int row = 0; row < rows.rows(); ++row)
      all[rows.str(row, "name")] = rows.boolean(row, "fits");
  } catch (const pg::ConnectionError&) {
    throw;
  } catch (const pg::Error& error) {
    refuse(what, choice.text, error);
  }
  return all;
}

std::vector<std::string> chosen(pg::Connection& connection, const What& what, const Choice& choice,
                                const std::map<std::string, bool>& all) {
  if (choice.form == Choice::Form::query) return asked(connection, what, choice.text);
  if (choice.is_by_name()) return {choice.text};
  std::vector<std::string> names;
  for (const auto& [name, fits] : all)
    if (choice.form == Choice::Form::regex ? fits : text::matches_glob(choice.text, name))
      names.push_back(name);
  return names;
}

/// A few of them, for people.
std::string some_of(const std::map<std::string, bool>& all) {
  constexpr std::size_t k_shown = 8;
  std::vector<std::string> names;
  for (const auto& [name, fits] : all) names.push_back(text::visible(name));
  return text::first_of(names, k_shown);
}

std::string server_of(const pg::ConnectionParameters& parameters) {
  auto elsewhere = parameters;
  for (const auto* own : {"dbname", "user", "password"}) elsewhere.erase(own);
  return pg::describe(elsewhere);
}

/// As it is written; else libpq takes the user's name.
std::string dbname_of(const pg::ConnectionParameters& parameters) {
  for (const auto* keyword : {"dbname", "user"})
    if (const auto found = parameters.find(keyword); found != parameters.end())
      return found->second;
  return {};
}

ConnectionRequest to_database(const ConnectionRequest& request, const Session& session,
                              const std::string& name) {
  auto parameters = session.parameters;
  parameters["dbname"] = name;
  auto other = request;
  other.database = pg::make_url(parameters);
  other.database_origin = session.subject.origin;
  return other;
}

void take_schemas(const MemberRequest& request, Session& session, std::vector<Listed>& members) {
  const auto choice = Choice::parse(*request.schemas);
  const bool is_named = choice.is_by_name();
  if (!is_named && request.schema_of != k_tenant)
    throw UsageError(fmt::format("--schemas {} names schemas as they are, and --map says {}",
                                 text::visible(choice.text), request.schema_of),
                     "name the members by a query, or map to TENANT alone");
  auto& connection = session.target.connection;
  const auto all = all_there(connection, k_schemas, choice);
  for (const auto& name : chosen(connection, k_schemas, choice, all)) {
    const auto schema = text::replace_all(request.schema_of, k_tenant, name);
    members.push_back({.name = name,
                       .schema = schema,
                       .connection = request.connection,
                       .place = pg::describe(session.parameters),
                       .server = server_of(session.parameters),
                       .dbname = dbname_of(session.parameters),
                       .is_there = all.contains(schema)});
  }
  if (members.empty())
    throw UsageError(fmt::format("no schema fits --schemas {}", text::visible(choice.text)),
                     all.empty() ? "there is none" : "there are: " + some_of(all));
}

void take_databases(const MemberRequest& request, Session& session, std::vector<Listed>& members) {
  const auto choice = Choice::parse(*request.databases);
  auto& connection = session.target.connection;
  const auto all = all_there(connection, k_databases, choice);
  for (const auto& name : chosen(connection, k_databases, choice, all)) {
    auto parameters = session.parameters;
    parameters["dbname"] = name;
    members.push_back({.name = name,
                       .schema = {},
                       .connection = to_database(request.connection, session, name),
                       .place = pg::describe(parameters),
                       .server = server_of(parameters),
                       .dbname = name,
                       .is_there = all.contains(name)});
  }
  if (members.empty())
    throw UsageError(fmt::format("no database fits --databases {}", text::visible(choice.text)),
                     all.empty() ? "there is none" : "there are: " + some_of(all));
}

/// A URL, and where it stands.
struct Written {
  std::string url;
  std::string place;  // "urls.txt:3"
};

/// Whoever looks again and again asks again and again, and it can be read but once.
const std::string& all_of_stdin() {
  static const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  return text;
}

std::vector<Written> lines_of(const std::string& source) {
  std::string text;
  if (source == "-") {
    text = all_of_stdin();
  } else {
    std::optional<std::string> found;
    try {
      found = file::read_if_exists(source);
    } catch (const std::runtime_error& error) {
      throw UsageError(fmt::format("--urls {}: {}", source, error.what()));
    }
    if (!found)
      throw UsageError(fmt::format("--urls {}: there is no such file", text::visible(source)),
                       "a file with a URL a line, - for stdin, or a query (SELECT ...)");
    text = *found;
  }
  std::vector<Written> lines;
  std::size_t number = 0;
  for (const auto line : text::split(text, '\n')) {
    ++number;
    if (const auto url = text::trim(line); !url.empty() && url.front() != '#')
      lines.push_back(
          {std::string(url),
           fmt::format("{}:{}", source == "-" ? "stdin" : text::visible(source), number)});
  }
  return lines;
}

std::vector<Written> rows_of(const MemberRequest& request, const std::string& query) {
  auto session = connect(request.connection);
  std::vector<Written> rows;
  for (auto& url : asked(session.target.connection, k_urls, query))
    rows.push_back({std::move(url), fmt::format("row {} of the query of --urls", rows.size() + 1)});
  return rows;
}

void take_urls(const MemberRequest& request, std::vector<Listed>& members) {
  const auto choice = Choice::parse(*request.urls);
  const auto urls =
      choice.form == Choice::Form::query ? rows_of(request, choice.text) : lines_of(*request.urls);
  if (urls.empty())
    throw UsageError(fmt::format("--urls {} names no database", text::visible(*request.urls)),
                     "write a URL a line: postgresql://app@db.example/shop");
  for (const auto& [url, place] : urls) {
    try {
      const auto parameters = pg::parse_conninfo(url).parameters;
      auto connection = request.connection;
      connection.database = url;
      connection.database_origin = place;
      const auto shown = pg::describe(parameters);
      members.push_back({.name = shown,
                         .schema = {},
                         .connection = std::move(connection),
                         .place = shown,
                         .server = server_of(parameters),
                         .dbname = dbname_of(parameters),
                         .is_there = true});
    } catch (const pg::ConninfoError& error) {
      throw UsageError(fmt::format("{}: {}", place, error.what()), error.hint());
    }
  }
}

std::vector<Listed> all_members(const MemberRequest& request) {
  std::vector<Listed> members;
  try {
    if (request.urls) {
      take_urls(request, members);
      return members;
    }
    auto session = connect(request.connection);
    if (request.schemas)
      take_schemas(request, session, members);
    else
      take_databases(request, session, members);
    return members;
  } catch (const pg::ConnectionError& error) {
    throw UnverifiedError(error.what(), connection_hint(error));
  }
}

void refuse_twice(const std::vector<Listed>& members) {
  std::set<std::string> names;
  std::map<std::tuple<std::string, std::string, std::string>, std::string> known;
  for (const auto& member : members) {
    if (!names.insert(member.name).second)
      throw UsageError(fmt::format("{} is named twice", text::visible(member.name)),
                       "name each member once; in a query: SELECT DISTINCT ...");
    const auto [other, is_new] =
        known.try_emplace({member.server, member.dbname, member.schema}, member.name);
    if (is_new) continue;
    const auto both =
        fmt::format("{} and {} are both", text::visible(other->second), text::visible(member.name));
    if (member.schema.empty())
      throw UsageError(fmt::format("{} the database {}", both, text::visible(member.dbname)),
                       "name each member once");
    throw UsageError(fmt::format("{} the schema {}", both, text::visible(member.schema)),
                     "map each member to a schema of its own: --map public=app_TENANT");
  }
}

}  // namespace

std::vector<Listed> list_members(const MemberRequest& request) {
  auto members = all_members(request);
  std::erase_if(members, [&](const Listed& member) {
    return std::any_of(request.except.begin(), request.except.end(), [&](const std::string& glob) {
      return text::matches_glob(glob, member.name);
    });
  });
  if (members.empty()) throw UsageError("--except leaves no member", "name fewer with --except");
  refuse_twice(members);
  return members;
}

}  // namespace pgmend::app
