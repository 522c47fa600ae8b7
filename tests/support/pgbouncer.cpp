// SPDX-License-Identifier: MIT
#include "support/pgbouncer.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "util/text.hpp"

namespace pgmend::test {

namespace {

constexpr int k_port = 6432;

/// Debian puts it where only root looks.
std::string program() {
  if (const auto found = subprocess::find_program("pgbouncer")) return *found;
  const std::string usual = "/usr/sbin/pgbouncer";
  return std::filesystem::exists(usual) ? usual : "";
}

subprocess::Process start(const Database& database, const pg::ServerFolder& folder, int servers,
                          const std::string& mode) {
  const auto server = database.server().parameters(database.name());
  folder.write("pgbouncer.ini",
               fmt::format("[databases]\n* = host={} port={} user=postgres\n"
                           "[pgbouncer]\nlisten_port = {}\nunix_socket_dir = {}\nauth_type = any\n"
                           "pool_mode = {}\ndefault_pool_size = {}\nmax_client_conn = 500\n"
                           "server_reset_query =\nlogfile = {}/log\n",
                           server.at("host"), server.at("port"), k_port, folder.path(), mode,
                           servers, folder.path()));
  subprocess::Command command;
  command.argv = {program(), folder.path() + "/pgbouncer.ini"};
  command.cwd = folder.path();
  command.run_as = folder.owner();
  command.death_signal = SIGKILL;
  return subprocess::Process::start(command);
}

}  // namespace

bool PgBouncer::is_installed() {
  return !program().empty();
}

PgBouncer::PgBouncer(const Database& database, int servers, const std::string& mode)
    : m_database(database.name()),
      m_folder(""),
      m_process(start(database, m_folder, servers, mode)) {
  wait_until_ready();
}

pg::ConnectionParameters PgBouncer::parameters() const {
  return {{"host", m_folder.path()},
          {"port", std::to_string(k_port)},
          {"user", "postgres"},
          {"dbname", m_database}};
}

std::string PgBouncer::url() const {
  return fmt::format("postgresql://postgres@{}:{}/{}",
                     text::replace_all(m_folder.path(), "/", "%2F"), k_port, m_database);
}

pg::Connection PgBouncer::connect() const {
  return pg::Connection::open(parameters(), {});
}

void PgBouncer::wait_until_ready() {
  for (int i = 0; i < 200; ++i) {
    try {
      connect();
      return;
    } catch (const pg::Error&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  throw std::runtime_error("pgbouncer does not answer: " + m_process.err());
}

}  // namespace pgmend::test
