// SPDX-License-Identifier: MIT
#include "pg/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <atomic>
#include <cstdio>

#include "util/interrupt.hpp"
#include "util/log.hpp"
#include "util/sql_shown.hpp"
#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::pg {

namespace {

std::string field(const pg_result* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text ? text : "";
}

/// Who says so hangs up behind it, which libpq notices later.
bool is_last_word(const pg_result* result) {
  if (!result) return false;
  const auto severity = field(result, PG_DIAG_SEVERITY);
  const auto plain = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  const auto& word = plain.empty() ? severity : plain;
  return word == "FATAL" || word == "PANIC";
}

/// The server quotes names as they are, and lists things line by line: which of the lines are
/// its own cannot be told.
std::string said(std::string_view message) {
  return text::shortened(text::visible(text::replace_all(std::string(message), "\n", "; ")), 1000);
}

void log_as_json(int number, const Statement& statement) {
  std::vector<std::string> values;
  for (const auto& value : statement.parameters) values.push_back(value.value_or("NULL"));
  log::write(log::Level::debug, "sql",
             {{"connection", std::to_string(number)},
              {"sql", statement.sql},
              {"parameters", text::join(values, ", ")}});
}

int next_number() {
  static std::atomic<int> number = 0;
  return ++number;
}

/// Waits until the socket is ready, a signal asks to stop, or the time is up (false).
bool wait_for_socket(int socket, short events, int timeout_ms) {
  std::array<pollfd, 2> waiting = {{{socket, events, 0}, {interrupt::wake_fd(), POLLIN, 0}}};
  const int ready = ::poll(waiting.data(), waiting.size(), timeout_ms);
  if (interrupt::requested()) throw interrupt::Interrupted();
  return ready != 0;
}

/// PQconnectdb's own timeout does not heed signals, hence the polling form (section 34.1).
void finish_connecting(PGconn* conn, std::chrono::steady_clock::time_point deadline) {
  auto status = PGRES_POLLING_WRITING;
  while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    const short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (left.count() <= 0 ||
        !wait_for_socket(PQsocket(conn), events, static_cast<int>(left.count())))
      throw ConnectTimeout({.sqlstate = "",
                            .message = "timeout expired while connecting",
                            .detail = "",
                            .hint = "",
                            .query = ""});
    status = PQconnectPoll(conn);
  }
}

}  // namespace

/// While it lives, statements are sent without waiting for the answer to the one before.
class Pipeline {
 public:
  explicit Pipeline(Connection& connection) : m_connection(connection) {
    PQenterPipelineMode(connection.m_conn.get());
  }
  ~Pipeline() { m_connection.leave_pipeline(); }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

 private:
  Connection& m_connection;
};

void Connection::Finish::operator()(pg_conn* conn) const {
  PQfinish(conn);
}

Connection::Connection(pg_conn* conn, ConnectionParameters parameters, const Options& options)
    : m_conn(conn),
      m_parameters(std::move(parameters)),
      m_options(options),
      m_number(next_number()) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Connection Connection::open(ConnectionParameters parameters, const Options& options) {
  parameters["client_encoding"] = "UTF8";
  parameters.try_emplace("application_name", "pgmend");
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& [keyword, value] : parameters) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  Connection connection(PQconnectStartParams(keywords.data(), values.data(), 1), parameters,
                        options);
  PGconn* conn = connection.m_conn.get();
  if (!conn) throw std::bad_alloc();
  if (PQstatus(conn) != CONNECTION_BAD)
    finish_connecting(conn, std::chrono::steady_clock::now() + options.connect_timeout);
  if (PQstatus(conn) != CONNECTION_OK) connection.fail("", nullptr);
  PQsetNoticeProcessor(
      conn, [](void*, const char*) {}, nullptr);
  return connection;
}

void Connection::send(const Statement& statement) {
  log(statement);
  if (m_is_given_up) throw_given_up(statement.sql);
  std::vector<const char*> values;
  values.reserve(statement.parameters.size());
  for (const auto& parameter : statement.parameters)
    values.push_back(parameter ? parameter->c_str() : nullptr);
  if (PQsendQueryParams(m_conn.get(), statement.sql.c_str(), static_cast<int>(values.size()),
                        nullptr, values.data(), nullptr, nullptr, 0) == 0)
    fail(statement.sql, nullptr);
}

Result Connection::query(const std::string& sql, const Parameters& parameters) {
  if (interrupt::requested()) throw interrupt::Interrupted();
  send({sql, parameters});
  return wait_for_result(sql);
}

void Connection::query_all(std::span<const Statement> statements, const Take& take) {
  const Pipeline pipeline(*this);
  send_all(statements, true);
  for (std::size_t i = 0; i < statements.size(); ++i) take(i, wait_for_result(statements[i].sql));
}

std::vector<Result> Connection::query_all(std::span<const Statement> statements) {
  const Pipeline pipeline(*this);
  send_all(statements);
  std::vector<Result> results;
  for (const auto& statement : statements) results.push_back(wait_for_result(statement.sql));
  return results;
}

/// `flush_each`: the server would keep answers until its buffer is full, or all is answered.
void Connection::send_all(std::span<const Statement> statements, bool flush_each) {
  if (interrupt::requested()) throw interrupt::Interrupted();
  for (const auto& statement : statements) {
    send(statement);
    if (flush_each && PQsendFlushRequest(m_conn.get()) == 0) fail(statement.sql, nullptr);
  }
  if (PQpipelineSync(m_conn.get()) == 0) fail("", nullptr);
}

Connection Connection::another() const {
  return open(m_parameters, m_options);
}

Connection::Watch::Watch(Connection& connection, std::chrono::milliseconds interval, Tick tick,
                         Then then)
    : m_connection(connection), m_interval(interval), m_tick(std::move(tick)), m_then(then) {
  connection.m_watch = this;
}

Connection::Watch::~Watch() {
  m_connection.m_watch = nullptr;
}

bool Connection::try_query(const std::string& sql) noexcept {
  try {
    const interrupt::Shield shield;
    query(sql);
    return true;
  } catch (...) {
    return false;
  }
}

void Connection::fail(const std::string& sql, const pg_result* result) const {
  Error::Parts parts;
  parts.query = sql;
  if (result) {
    parts.sqlstate = field(result, PG_DIAG_SQLSTATE);
    parts.message = said(field(result, PG_DIAG_MESSAGE_PRIMARY));
    parts.detail = said(field(result, PG_DIAG_MESSAGE_DETAIL));
    parts.hint = said(field(result, PG_DIAG_MESSAGE_HINT));
    parts.position = std::atoi(field(result, PG_DIAG_STATEMENT_POSITION).c_str());
  }
  // libpq's errors of a connection carry the reason over several lines.
  if (parts.message.empty()) parts.message = text::one_line(PQerrorMessage(m_conn.get()));
  if (PQstatus(m_conn.get()) != CONNECTION_OK || parts.sqlstate.starts_with("57P") ||
      is_last_word(result))
    throw ConnectionError(std::move(parts));
  throw Error(std::move(parts));
}

void Connection::throw_given_up(const std::string& sql) {
  throw ConnectionError({.sqlstate = "",
                         .message = "the server does not answer any more",
                         .detail = "",
                         .hint = "",
                         .query = sql});
}

void Connection::log(const Statement& statement) const {
  if (!m_options.log_sql) return;
  if (pgmend::log::is_json()) return log_as_json(m_number, statement);
  stream::print(stderr, "sql[{}] {}\n", m_number,
                text::visible_lines(sql::printable(statement.sql)));
  for (std::size_t i = 0; i < statement.parameters.size(); ++i)
    stream::print(stderr, "sql[{}]   ${} = {}\n", m_number, i + 1,
                  text::visible(statement.parameters[i].value_or("NULL")));
}

/// A pooler makes the process id that clients are told up: it is the key for cancelling.
const Connection::Peer& Connection::peer() {
  if (!m_peer) {
    const auto answer = query(
        "SELECT pg_catalog.pg_backend_pid() AS pid, pg_catalog.pg_is_in_recovery() AS standby");
    m_peer = {.is_pooled = answer.integer(0, "pid") != backend_pid(),
              .is_standby = answer.boolean(0, "standby")};
  }
  return *m_peer;
}

bool Connection::is_pooled() {
  return peer().is_pooled;
}

bool Connection::is_standby() {
  return peer().is_standby;
}

int Connection::server_version() const {
  return PQserverVersion(m_conn.get());
}

std::string Connection::server_version_text() const {
  const char* text = PQparameterStatus(m_conn.get(), "server_version");
  return text ? text : "";
}

int Connection::backend_pid() const {
  return PQbackendPID(m_conn.get());
}

bool Connection::in_transaction() const {
  return PQtransactionStatus(m_conn.get()) != PQTRANS_IDLE;
}

bool Connection::is_alive() const {
  return !m_is_given_up && PQstatus(m_conn.get()) == CONNECTION_OK;
}

std::string Connection::parameter(std::string_view keyword) const {
  if (keyword == "host") return PQhost(m_conn.get());
  if (keyword == "port") return PQport(m_conn.get());
  if (keyword == "dbname") return PQdb(m_conn.get());
  if (keyword == "user") return PQuser(m_conn.get());
  return {};
}

}  // namespace pgmend::pg
