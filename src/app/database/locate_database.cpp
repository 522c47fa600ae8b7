// SPDX-License-Identifier: MIT
#include "app/database/locate_database.hpp"

#include <fmt/format.h>

#include <array>

#include "app/database/alembic_url.hpp"
#include "model/spec_error.hpp"
#include "util/dotenv.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

constexpr auto k_direct_urls = std::to_array<const char*>({"MIGRATION_DATABASE_URL", "DIRECT_URL"});
constexpr auto k_url_variables = std::to_array<const char*>(
    {"PGMEND_DATABASE_URL", "MIGRATION_DATABASE_URL", "DIRECT_URL", "DATABASE_URL",
     "SQLALCHEMY_DATABASE_URI", "SQLALCHEMY_DATABASE_URL"});

/// Those of libpq's variables that say which database is meant; PGPASSWORD alone does not.
constexpr auto k_libpq_variables = std::to_array<const char*>(
    {"PGSERVICE", "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER"});

/// One spelling of "the connection in parts".
struct PartNames {
  const char* host;
  std::array<const char*, 2> port;
  std::array<const char*, 2> user;
  std::array<const char*, 2> password;
  std::array<const char*, 2> database;
};
constexpr auto k_parts = std::to_array<PartNames>({
    {"DB_HOST",
     {"DB_PORT"},
     {"DB_USER", "DB_USERNAME"},
     {"DB_PASSWORD", "DB_PASS"},
     {"DB_NAME", "DB_DATABASE"}},
    {"POSTGRES_HOST", {"POSTGRES_PORT"}, {"POSTGRES_USER"}, {"POSTGRES_PASSWORD"}, {"POSTGRES_DB"}},
});

struct Variable {
  std::string name;
  std::string value;
  bool from_file;
};

std::string place_of(const Variable& variable) {
  return variable.from_file ? variable.name + " in .env" : variable.name + " in the environment";
}

/// The environment, then `.env`.
class Variables {
 public:
  explicit Variables(const DatabaseSearch& search) : m_environment(search.environment) {
    if (const auto text = file::read_if_exists(search.working_directory / ".env"))
      m_file = dotenv::File::parse(*text, ".env", m_environment);
  }

  std::optional<Variable> find(const char* name) const {
    if (const auto value = m_environment(name); value && !value->empty())
      return Variable{name, *value, false};
    if (const auto value = m_file.get(name); value && !value->empty())
      return Variable{name, *value, true};
    return std::nullopt;
  }

  std::optional<Variable> find_any(const std::array<const char*, 2>& names) const {
    for (const char* name : names)
      if (auto found = name ? find(name) : std::nullopt) return found;
    return std::nullopt;
  }

 private:
  env::Environment m_environment;
  dotenv::File m_file;
};

DatabaseLocation from_url(const std::string& text, const std::string& origin) {
  try {
    auto conninfo = pg::parse_conninfo(text);
    return {std::move(conninfo.parameters), origin, std::move(conninfo.notes)};
  } catch (const pg::ConninfoError& error) {
    throw pg::ConninfoError(origin + ": " + error.what(), error.hint());
  }
}

/// Why a URL that looks less usual than DATABASE_URL was taken before it.
void note_direct_url(const Variable& used, const Variables& variables,
                     std::vector<std::string>& notes) {
  const auto usual = variables.find("DATABASE_URL");
  for (const char* name : k_direct_urls)
    if (used.name == name && usual && usual->value != used.value)
      notes.push_back(place_of(used) + " is used rather than " + place_of(*usual) +
                      ": schema changes through a connection pooler are not safe");
}

/// Our own variable wins wherever it stands. Among the others the environment goes before `.env`,
/// so that `DATABASE_URL=production pgmend ...` is not overruled by a development file.
std::optional<Variable> find_url(const Variables& variables) {
  std::optional<Variable> best;
  for (const char* name : k_url_variables) {
    auto found = variables.find(name);
    if (!found) continue;
    if (found->name == k_url_variables.front()) return found;
    if (!best || (best->from_file && !found->from_file)) best = std::move(found);
  }
  return best;
}

std::optional<DatabaseLocation> from_url_variables(const Variables& variables) {
  const auto found = find_url(variables);
  if (!found) return std::nullopt;
  auto location = from_url(found->value, place_of(*found));
  note_direct_url(*found, variables, location.notes);
  return location;
}

/// "DB_HOST and DB_NAME in .env": at most two names, they tell which family it was.
std::string describe_parts(const std::optional<Variable>& host,
                           const std::optional<Variable>& database) {
  if (!host) return place_of(*database);
  if (!database) return place_of(*host);
  if (host->from_file != database->from_file)
    return place_of(*host) + " and " + place_of(*database);
  return host->name + " and " + place_of(*database);
}

/// Beside a service named "db" or "postgres", Docker links and Kubernetes set the variable that
/// applications read the port from to `tcp://10.0.0.1:5432`.
void strip_service_link(pg::ConnectionParameters& parameters) {
  const auto port = parameters.find("port");
  if (port != parameters.end() && port->second.starts_with("tcp://"))
    port->second.erase(0, port->second.rfind(':') + 1);
}

/// The user alone is not enough: POSTGRES_USER and POSTGRES_PASSWORD are also how the docker image
/// of PostgreSQL is told what to create.
std::optional<DatabaseLocation> from_parts(const Variables& variables, const PartNames& names) {
  const auto host = variables.find(names.host);
  const auto database = variables.find_any(names.database);
  if (!host && !database) return std::nullopt;
  DatabaseLocation location{{}, describe_parts(host, database), {}};
  const auto set = [&](const char* keyword, const std::optional<Variable>& variable) {
    if (variable) location.parameters[keyword] = variable->value;
  };
  set("host", host);
  set("dbname", database);
  set("port", variables.find_any(names.port));
  set("user", variables.find_any(names.user));
  set("password", variables.find_any(names.password));
  strip_service_link(location.parameters);
  return location;
}

std::optional<DatabaseLocation> from_libpq(const env::Environment& environment) {
  std::vector<std::string> set;
  for (const char* name : k_libpq_variables)
    if (const auto value = environment(name); value && !value->empty()) set.emplace_back(name);
  if (set.empty()) return std::nullopt;
  return DatabaseLocation{{}, text::join(set, ", ") + " in the environment", {}};
}

[[noreturn]] void fail_nothing_found(const std::vector<std::string>& notes) {
  const auto reason = notes.empty() ? "" : "; " + text::join(notes, "; ");
  throw pg::ConninfoError(
      "no database given" + reason,
      "use --database postgresql://USER@HOST/DATABASE, or set PGMEND_DATABASE_URL or DATABASE_URL "
      "(environment or .env), DB_HOST and DB_NAME, database in pgmend.yaml, sqlalchemy.url in "
      "alembic.ini, or libpq's PGHOST, PGDATABASE or PGSERVICE");
}

DatabaseLocation from_config(const DatabaseSearch::Labelled& config, const Variables& variables) {
  const auto look_up = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name.c_str());
    return found ? std::optional(found->value) : std::nullopt;
  };
  try {
    return from_url(env::expand_variables(config.text, look_up), config.label);
  } catch (const env::ExpandError& error) {
    throw SpecError(Fault{.where = config.where,
                          .message = error.what(),
                          .hint = "set the variable, give a default with ${NAME:-default}, or use "
                                  "--database URL"});
  }
}

std::optional<DatabaseLocation> from_environment(const Variables& variables) {
  if (auto found = from_url_variables(variables)) return found;
  for (const auto& names : k_parts)
    if (auto found = from_parts(variables, names)) return found;
  return std::nullopt;
}

/// "host=db.example dbname=shop ": what tells two databases apart. Who connects does not.
std::string identity_of(const pg::ConnectionParameters& parameters) {
  std::string place;
  for (const char* keyword : {"host", "hostaddr", "port", "dbname", "service"})
    if (const auto found = parameters.find(keyword); found != parameters.end())
      place += fmt::format("{}={} ", keyword, found->second);
  return place;
}

/// Who has set both may not know it.
void note_other(DatabaseLocation& used, const std::optional<DatabaseLocation>& other,
                const std::string& to_change) {
  if (!other || identity_of(used.parameters) == identity_of(other->parameters)) return;
  used.notes.push_back(
      fmt::format("{} is used rather than {}{}", used.origin, other->origin, to_change));
}

/// What cannot be read is no other database.
template <typename Look>
std::optional<DatabaseLocation> if_readable(const Look& look) {
  try {
    return look();
  } catch (const pg::ConninfoError&) {
    return std::nullopt;
  } catch (const SpecError&) {
    return std::nullopt;
  }
}

DatabaseLocation locate(const DatabaseSearch& search) {
  if (search.option) return from_url(*search.option, search.option_origin);
  const Variables variables(search);
  const bool is_ours = variables.find(k_url_variables.front()).has_value();
  if (search.config && search.config->is_named && !is_ours) {
    auto named = from_config(*search.config, variables);
    note_other(named, if_readable([&] { return from_environment(variables); }), "");
    return named;
  }
  if (auto found = from_environment(variables)) {
    if (search.config)
      note_other(*found,
                 if_readable([&] { return std::optional(from_config(*search.config, variables)); }),
                 "; the file goes first where --schema names it");
    return *found;
  }
  if (search.config) return from_config(*search.config, variables);
  std::vector<std::string> notes;
  const auto alembic = read_alembic_url(search.working_directory, search.environment, notes);
  if (alembic) return from_url(alembic->text, alembic->origin);
  auto found = from_libpq(search.environment);
  if (!found) fail_nothing_found(notes);
  found->notes = std::move(notes);
  return *found;
}

}  // namespace

DatabaseLocation locate_database(const DatabaseSearch& search) {
  try {
    return locate(search);
  } catch (const pg::ConninfoError&) {
    throw;
  } catch (const SpecError&) {
    throw;
  } catch (const std::runtime_error& error) {  // a file that cannot be read
    throw pg::ConninfoError(error.what());
  }
}

}  // namespace pgmend::app
