// SPDX-License-Identifier: MIT
#include "pg/scratch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/conninfo.hpp"
#include "pg/memory_folder.hpp"
#include "pg/url.hpp"
#include "util/cache_folder.hpp"
#include "util/chance.hpp"
#include "util/interrupt.hpp"
#include "util/sql.hpp"

namespace pgmend::pg {

namespace {

constexpr std::string_view k_name_prefix = "pgmend_scratch_";
/// Between its creation and its first session a database looks like an orphan: another run may
/// then drop it, which is so rare that a second attempt will do.
constexpr int k_attempts = 3;

std::string random_name() {
  return fmt::format("{}{:08x}{:08x}", k_name_prefix, chance(), chance());
}

/// "15.20 (Debian 15.20-0+deb12u1)" as "15.20".
std::string short_version(const Connection& connection) {
  const auto version = connection.server_version_text();
  return version.substr(0, version.find(' '));
}

std::string locale_clause(const std::string& collate, const std::string& ctype) {
  return fmt::format(" LC_COLLATE {} LC_CTYPE {}", sql::quote_literal(collate),
                     sql::quote_literal(ctype));
}

/// The operating system there does not know it, or it does not go with the encoding.
bool is_locale_error(const Error& error) {
  return error.is("42809") || error.is("22023");
}

/// An idle session of ours must not be ended for being idle.
void stay(Connection& connection) {
  if (connection.server_major() >= 14)
    connection.query("SELECT pg_catalog.set_config('idle_session_timeout', '0', false)");
}

}  // namespace

Likeness likeness_of(Connection& connection) {
  const auto row = connection.query(
      "SELECT pg_catalog.pg_encoding_to_char(encoding) AS encoding, datcollate, datctype "
      "FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()");
  return {connection.server_major(), row.str(0, "encoding"), row.str(0, "datcollate"),
          row.str(0, "datctype")};
}

ScratchDatabase::ScratchDatabase(ScratchServer& server, std::string name, Connection keeper)
    : m_server(&server), m_name(std::move(name)), m_keeper(std::move(keeper)) {}

ScratchDatabase::~ScratchDatabase() {
  if (!m_keeper) return;
  m_keeper.reset();
  m_server->drop(m_name);
}

ConnectionParameters ScratchDatabase::parameters() const {
  return m_server->parameters(m_name);
}

std::string ScratchDatabase::url() const {
  return make_url(parameters());
}

Connection ScratchDatabase::connect() const {
  return Connection::open(parameters(), m_server->m_request.connection);
}

ScratchServer::ScratchServer(Request request) : m_request(std::move(request)) {
  if (m_request.named)
    reach_named();
  else
    start_private();
  stay(*m_admin);
  const int wanted = m_request.like.major;
  if (wanted != 0 && wanted != major())
    note(fmt::format("the scratch server is PostgreSQL {}, the target is {}", major(), wanted));
}

namespace {

/// A script grows to some eighty times its size in empty tables and their indexes.
constexpr std::uintmax_t k_times_script = 100;
constexpr std::uintmax_t k_empty_server = std::uintmax_t{100} << 20U;

/// What nobody needs of a server that does not outlive the run: none of it has a part in what a
/// statement makes.
const std::vector<std::pair<std::string, std::string>> k_throw_away = {
    {"autovacuum", "off"},
    {"track_counts", "off"},
    {"track_activities", "off"},
    {"update_process_title", "off"},
    {"bgwriter_lru_maxpages", "0"},
    {"jit", "off"},
    {"wal_init_zero", "off"},
    {"wal_recycle", "off"},
    {"max_locks_per_transaction", "512"},
};

}  // namespace

void ScratchServer::start_private() {
  PrivateServer::Options options;
  options.cut_off = true;
  options.is_discarded = true;
  options.settings = k_throw_away;
  if (const auto folder = cache::folder()) options.template_folder = *folder;
  // Or they take the room away for good.
  remove_orphaned_folders(k_memory_folder);
  options.base_folder = memory_folder(k_empty_server + k_times_script * m_request.script_bytes);
  options.major = m_request.like.major;
  try {
    options.bin_dir = find_binaries("", options.major).folder;
  } catch (const Error&) {
    options.major = 0;  // any is better than none; which one it is, is said
  }
  m_private = std::make_unique<PrivateServer>(options);
  m_admin.emplace(Connection::open(m_private->parameters(), m_request.connection));
  m_description = fmt::format("a private PostgreSQL {} server", short_version(*m_admin));
}

void ScratchServer::reach_named() {
  auto& parameters = m_request.named->parameters;
  // libpq's own default is a database called like the user.
  if (!parameters.contains("service")) parameters.try_emplace("dbname", "postgres");
  m_admin.emplace(Connection::open(parameters, m_request.connection));
  auto place = parameters;
  place.erase("dbname");
  m_description = fmt::format("PostgreSQL {} on {} ({})", short_version(*m_admin), describe(place),
                              m_request.named->label);
  drop_orphans();
}

void ScratchServer::drop_orphans() {
  const auto found = m_admin->query(
      fmt::format("SELECT d.datname FROM pg_catalog.pg_database d "
                  "WHERE d.datname OPERATOR(pg_catalog.~) '^{}[0-9a-f]{{16}}$' "
                  "AND pg_catalog.pg_has_role(d.datdba, 'USAGE') AND NOT EXISTS "
                  "(SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)",
                  k_name_prefix));
  // Without FORCE: somebody who has connected by now is no orphan.
  for (int row = 0; row < found.rows(); ++row)
    m_admin->try_query("DROP DATABASE IF EXISTS " + sql::quote_ident(found.get(row, 0)));
}

ScratchDatabase ScratchServer::make() {
  for (int attempt = 1;; ++attempt) {
    const auto name = random_name();
    try {
      create(name);
      auto keeper = Connection::open(parameters(name), m_request.connection);
      stay(keeper);
      return {*this, name, std::move(keeper)};
    } catch (const ConnectionError&) {
      drop(name);
      if (attempt == k_attempts || !m_admin->is_alive()) throw;
    } catch (...) {
      drop(name);
      throw;
    }
  }
}

void ScratchServer::create(const std::string& name) {
  const auto& like = m_request.like;
  auto statement = fmt::format("CREATE DATABASE {} TEMPLATE template0", sql::quote_ident(name));
  if (!like.encoding.empty()) statement += " ENCODING " + sql::quote_literal(like.encoding);
  if (!like.collate.empty()) {
    try {
      m_admin->query(statement + locale_clause(like.collate, like.ctype));
      return;
    } catch (const Error& error) {
      if (!is_locale_error(error)) refuse(error);
    }
    note(fmt::format("the scratch server has no locale {}: C stands in for it", like.collate));
  }
  try {
    m_admin->query(like.encoding.empty() ? statement : statement + locale_clause("C", "C"));
  } catch (const Error& error) {
    refuse(error);
  }
}

void ScratchServer::refuse(const Error& error) const {
  auto parts = error.parts();
  parts.message =
      fmt::format("no scratch database can be made on {}: {}", m_description, error.what());
  if (error.is_permission())
    parts.hint = fmt::format("ALTER ROLE {} CREATEDB, or name another server with --scratch URL",
                             sql::display_ident(m_admin->parameter("user")));
  if (!m_admin->is_alive()) throw ConnectionError(std::move(parts));
  throw Error(std::move(parts));
}

void ScratchServer::note(const std::string& text) {
  if (std::find(m_notes.begin(), m_notes.end(), text) == m_notes.end()) m_notes.push_back(text);
}

void ScratchServer::drop(const std::string& name) noexcept {
  if (m_private) return;  // it goes with its server
  const auto statement =
      fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql::quote_ident(name));
  if (m_admin->try_query(statement)) return;
  try {
    const interrupt::Shield shield;
    m_admin.emplace(Connection::open(m_request.named->parameters, m_request.connection));
    m_admin->try_query(statement);
  } catch (...) {  // NOLINT: the next run drops it as an orphan
  }
}

ConnectionParameters ScratchServer::parameters(const std::string& dbname) const {
  if (m_private) return m_private->parameters(dbname);
  auto parameters = m_request.named->parameters;
  parameters["dbname"] = dbname;
  return parameters;
}

}  // namespace pgmend::pg
