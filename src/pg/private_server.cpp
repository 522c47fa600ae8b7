// SPDX-License-Identifier: MIT
#include "pg/private_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "pg/data_template.hpp"
#include "pg/server_ingredients.hpp"
#include "util/cache_folder.hpp"
#include "util/ingredients.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int k_port = 5432;  // in a folder of its own any will do
constexpr std::size_t k_log_lines_shown = 12;
/// libpq lets some settings of the environment win over our socket, and what is meant for a private
/// server must not be run on any other.
constexpr const char* k_astray = "the environment leads connections past the private server";

[[noreturn]] void fail(const std::string& message, const std::string& detail,
                       const std::string& hint) {
  throw Error({.sqlstate = "", .message = message, .detail = detail, .hint = hint, .query = ""});
}

/// One that nobody listens on now. Somebody may by the time that the server starts: then it does
/// not start, and says so.
int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);  // NOLINT: the interface of sockets
  const bool bound = ::bind(fd, generic, size) == 0 && ::getsockname(fd, generic, &size) == 0;
  ::close(fd);
  if (!bound) fail("no free TCP port on 127.0.0.1", "", "");
  return ntohs(address.sin_port);
}

/// libpq inside the server goes to this address whatever host a connection string names: nothing
/// can be there. Without it, dblink('dbname=shop') would reach this machine's own server, as the
/// user it trusts most.
constexpr const char* k_leads_nowhere = "255.255.255.255";

/// Nothing of ours that could steer the server (PGDATA, PGPORT, LC_*); what it needs to find its
/// libraries goes along.
subprocess::Environment environment(bool cut_off = false) {
  subprocess::Environment result = {{"LANG", "C.UTF-8"}, {"TZ", "UTC"}};
  if (cut_off) result["PGHOSTADDR"] = k_leads_nowhere;
  for (const char* name : {"PATH", "LD_LIBRARY_PATH"})
    if (const char* value = std::getenv(name)) result[name] = value;
  return result;
}

/// As postgresql.conf wants a value.
std::string quoted(std::string_view value) {
  return "'" + text::replace_all(std::string(value), "'", "''") + "'";
}

std::string last_lines(const std::string& text, std::size_t wanted) {
  const auto lines = text::split(text::trim(text), '\n');
  std::string result;
  for (std::size_t i = lines.size() > wanted ? lines.size() - wanted : 0; i < lines.size(); ++i)
    result += (result.empty() ? "" : "\n") + std::string(lines[i]);
  return result;
}

}  // namespace

PrivateServer::PrivateServer(Options options)
    : m_options(std::move(options)),
      m_binaries(find_binaries(m_options.bin_dir, m_options.major)),
      m_folder(m_options.base_folder),
      m_port(m_options.listen_tcp ? free_port() : k_port) {
  if (std::getenv("PGHOSTADDR")) fail(k_astray, "", "unset PGHOSTADDR");
  fill_data_folder();
  write_settings();
  start();
  keep_template();
}

PrivateServer::~PrivateServer() {
  if (!m_process) return;
  try {
    stop(m_options.is_discarded ? StopMode::immediate : StopMode::fast);
  } catch (...) {  // NOLINT: a folder that cannot be removed is no reason to end the program
    kill_server_processes(data_folder());
  }
}

void PrivateServer::fill_data_folder() {
  if (m_options.fill_data_folder) return m_options.fill_data_folder(data_folder(), owner());
  const bool is_kept = !m_options.template_folder.empty() && m_options.password.empty();
  if (is_kept && fill_from_template()) return;
  run_initdb();
  if (is_kept) m_packed = pack_folder(data_folder());
}

namespace {

constexpr std::string_view k_template_title = "pgmend data folder 1";

/// Beside what the template itself says that it is made of.
std::filesystem::path template_file(const PrivateServer::Options& options,
                                    const std::string& bin_dir) {
  const auto made_by = fmt::format("{}\n{}\n{}\n{}", bin_dir, options.locale, options.encoding,
                                   options.is_discarded);
  return options.template_folder /
         fmt::format("{:016x}.template", std::hash<std::string>()(made_by));
}

/// `pgmend data folder 1 LENGTH-OF-INGREDIENTS SIZE HASH`, the ingredients, the folder: this is
/// the latter, if the rest is as it should be.
std::optional<std::string_view> packed_folder(std::string_view text) {
  const auto title = text.substr(0, text.find('\n'));
  const auto fields = text::split(title, ' ');
  if (!title.starts_with(k_template_title) || fields.size() != 7) return std::nullopt;
  text.remove_prefix(title.size() + 1);
  const auto length = static_cast<std::size_t>(std::atoll(std::string(fields[4]).c_str()));
  if (length > text.size() || cache::digest(text) != fmt::format("{} {}", fields[5], fields[6]))
    return std::nullopt;
  const auto ingredients = read_ingredients(text.substr(0, length));
  if (!ingredients || !are_as_they_were(*ingredients, "")) return std::nullopt;
  return text.substr(length);
}

}  // namespace

bool PrivateServer::fill_from_template() {
  const auto file = template_file(m_options, bin_dir());
  const auto text = cache::read(file);
  const auto packed = text ? packed_folder(*text) : std::nullopt;
  if (!packed) return false;
  try {
    if (unpack_folder(*packed, data_folder(), owner())) {
      cache::touch(file);
      return true;
    }
  } catch (const std::system_error&) {  // initdb says what is wrong with the place
  }
  std::error_code ignored;
  std::filesystem::remove_all(data_folder(), ignored);
  return false;
}

/// No failure of this is one of the server. Its libraries are known when it runs.
void PrivateServer::keep_template() {
  if (m_packed.empty()) return;
  Ingredients ingredients;
  ingredients.add(Ingredient::Sort::file, bin_dir() + "/initdb");
  auto connection = Connection::open(parameters(), {});
  add_server(connection, ingredients);
  if (ingredients.is_known()) {
    const auto text = write_ingredients(ingredients.all());
    const auto size = text.size();
    const auto all = text + std::exchange(m_packed, {});
    const auto title = fmt::format("{} {} {}\n", k_template_title, size, cache::digest(all));
    cache::write(template_file(m_options, bin_dir()), {title, all});
  }
  m_packed.clear();
}

void PrivateServer::run_initdb() {
  subprocess::Command initdb;
  initdb.argv = {bin_dir() + "/initdb",          "--pgdata=" + data_folder(),
                 "--username=postgres",          "--no-sync",
                 "--locale=" + m_options.locale, "--encoding=" + m_options.encoding};
  // Where nothing is written down, what is to be written there is in the way.
  if (m_options.is_discarded) initdb.argv.emplace_back("--wal-segsize=1");
  if (m_options.password.empty()) {
    initdb.argv.emplace_back("--auth=trust");
  } else {
    m_folder.write("password", m_options.password + "\n");
    initdb.argv.emplace_back("--auth=scram-sha-256");
    initdb.argv.emplace_back("--pwfile=" + folder() + "/password");
  }
  initdb.env = environment();
  initdb.cwd = folder();
  initdb.run_as = owner();
  initdb.death_signal = SIGTERM;
  const auto outcome = subprocess::run(initdb);
  ::unlink((folder() + "/password").c_str());
  if (!outcome.ok())
    fail(fmt::format("initdb failed with {}", outcome.describe()),
         last_lines(outcome.out + outcome.err, k_log_lines_shown),
         "is there space in " + folder() + ", and may the server's user enter it? set TMPDIR");
}

void PrivateServer::write_settings() const {
  std::string rows = "\n# pgmend\n";
  const auto add = [&](std::string_view name, std::string_view value) {
    rows += fmt::format("{} = {}\n", name, quoted(value));
  };
  add("listen_addresses", m_options.listen_tcp ? "127.0.0.1" : "");
  add("port", std::to_string(m_port));
  add("unix_socket_directories", folder());
  add("logging_collector", "off");
  if (!m_options.durable)
    for (const char* name : {"fsync", "synchronous_commit", "full_page_writes"}) add(name, "off");
  for (const auto& [name, value] : m_options.settings) add(name, value);
  std::ofstream file(data_folder() + "/postgresql.conf", std::ios::app);
  if (!(file << rows).flush()) fail("cannot write the settings of the private server", "", "");
}

void PrivateServer::start() {
  if (running()) return;
  kill_server_processes(data_folder());
  // Its number may belong to another process by now; that none of the server's is left is known.
  ::unlink((data_folder() + "/postmaster.pid").c_str());
  subprocess::Command postgres;
  postgres.argv = {bin_dir() + "/postgres", "-D", data_folder()};
  postgres.env = environment(m_options.cut_off);
  postgres.cwd = folder();
  postgres.run_as = owner();
  postgres.output_file = folder() + "/log";
  postgres.new_session = true;
  postgres.death_signal = m_options.detached ? 0 : SIGINT;
  m_process = subprocess::Process::start(postgres);
  try {
    wait_until_ready();
  } catch (...) {
    stop(StopMode::kill);
    throw;
  }
}

void PrivateServer::wait_until_ready() {
  const auto deadline = std::chrono::steady_clock::now() + m_options.start_timeout;
  while (!accepts_connections()) {
    if (!m_process->running()) fail_to_start(m_process->outcome().describe());
    if (std::chrono::steady_clock::now() > deadline)
      fail_to_start(fmt::format("not ready after {} s", m_options.start_timeout.count()));
    interrupt::sleep(milliseconds(5));
  }
}

bool PrivateServer::accepts_connections() const {
  std::optional<Connection> connection;
  try {
    connection.emplace(Connection::open(parameters(), {}));
  } catch (const ConnectionError&) {
    return false;
  }
  const Result result = connection->query("SELECT pg_catalog.current_setting('data_directory')");
  if (result.get(0, 0) == data_folder()) return true;
  fail(k_astray, "reached was one with another data folder", "unset PGSERVICE and PGHOSTADDR");
}

void PrivateServer::fail_to_start(const std::string& reason) const {
  fail(fmt::format("the private server did not start: {}", reason),
       last_lines(log_text(), k_log_lines_shown),
       fmt::format("see whether this works: {}/postgres --version", bin_dir()));
}

void PrivateServer::stop(StopMode mode) {
  if (!m_process) return;
  const interrupt::Shield shield;
  if (mode == StopMode::fast) m_process->send(SIGINT);
  if (mode == StopMode::immediate || (mode == StopMode::fast && !m_process->wait_for(seconds(5))))
    m_process->send(SIGQUIT);
  if (mode == StopMode::kill || !m_process->wait_for(seconds(5))) m_process->send(SIGKILL);
  m_process->wait();
  m_process.reset();
  kill_server_processes(data_folder());
}

pid_t PrivateServer::pid() const {
  return m_process ? m_process->pid() : -1;
}

bool PrivateServer::running() {
  return m_process && m_process->running();
}

ConnectionParameters PrivateServer::parameters(const std::string& dbname) const {
  ConnectionParameters result = {{"host", folder()},
                                 {"port", std::to_string(m_port)},
                                 {"user", "postgres"},
                                 {"dbname", dbname}};
  if (!m_options.password.empty()) result["password"] = m_options.password;
  return result;
}

ConnectionParameters PrivateServer::tcp_parameters(const std::string& dbname) const {
  auto result = parameters(dbname);
  result["host"] = "127.0.0.1";
  return result;
}

std::string PrivateServer::log_text() const {
  std::ifstream file(folder() + "/log");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string PrivateServer::release() {
  if (!m_options.detached) throw std::logic_error("release() needs Options::detached");
  m_folder.keep();
  if (m_process) m_process->detach();
  m_process.reset();
  return folder();
}

}  // namespace pgmend::pg
