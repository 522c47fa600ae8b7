// SPDX-License-Identifier: MIT
#include "support/proxy.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <utility>

#include "util/text.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_socket_name = "/.s.PGSQL.5432";
constexpr std::uint32_t k_cancel_request = 80877102;  // PostgreSQL documentation, section 55.7

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("too long: " + path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  return address;
}

int listen_at(const std::string& path) {
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(path);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 20) != 0)
    throw std::runtime_error("cannot listen at " + path);
  return listener;
}

int connect_to(const std::string& path) {
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(path);
  if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return server;
  ::close(server);
  return -1;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool receive(int socket, std::string& buffer) {
  char bytes[16384];
  const auto got = ::recv(socket, bytes, sizeof bytes, 0);
  if (got > 0) buffer.append(bytes, static_cast<std::size_t>(got));
  return got > 0;
}

std::uint32_t number_at(std::string_view bytes, std::size_t position) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + position, sizeof number);
  return ntohl(number);
}

/// A message of the frontend taken off the buffer; empty if it is not complete yet. The first one
/// of a connection has no type (section 55.7).
std::string take_message(std::string& buffer, bool is_first) {
  const std::size_t head = is_first ? 4 : 5;
  if (buffer.size() < head) return "";
  const std::size_t size = number_at(buffer, head - 4) + head - 4;
  if (buffer.size() < size) return "";
  auto message = buffer.substr(0, size);
  buffer.erase(0, size);
  return message;
}

/// Parse: type, length, name, text. Query: the same without a name.
std::string sql_of(const std::string& message) {
  const auto start = message[0] == 'P' ? message.find('\0', 5) + 1 : 5;
  return {message.c_str() + start};
}

}  // namespace

/// One connection, both ways, in one thread: while a hook runs, nothing else is passed on.
class ProxyRelay {
 public:
  ProxyRelay(Proxy& proxy, int client)
      : m_proxy(proxy), m_client(client), m_server(connect_to(proxy.m_server_socket)) {}
  ~ProxyRelay() {
    ::close(m_client);
    if (m_server >= 0) ::close(m_server);
  }
  ProxyRelay(const ProxyRelay&) = delete;
  ProxyRelay& operator=(const ProxyRelay&) = delete;

  void run() {
    if (m_server < 0) return;
    for (;;) {
      pollfd waiting[] = {
          {m_client, POLLIN, 0}, {m_server, POLLIN, 0}, {m_proxy.m_stop[0], POLLIN, 0}};
      ::poll(waiting, 3, -1);
      if (waiting[2].revents != 0) return;
      if (waiting[0].revents != 0 && !pass_to_server()) return;
      if (waiting[1].revents != 0 && !pass_to_client()) return;
    }
  }

 private:
  bool pass_to_client() {
    std::string bytes;
    if (!receive(m_server, bytes)) return false;
    m_proxy.m_bytes += static_cast<long long>(bytes.size());
    return send_all(m_client, bytes);
  }

  bool pass_to_server() {
    if (!receive(m_client, m_buffer)) return false;
    for (;;) {
      const auto message = take_message(m_buffer, m_is_first);
      if (message.empty()) return true;
      if (!pass_message(message)) return false;
    }
  }

  bool pass_message(const std::string& message) {
    const bool is_cancel = m_is_first && number_at(message, 4) == k_cancel_request;
    const char type = m_is_first ? '\0' : message[0];
    m_proxy.m_bytes += static_cast<long long>(message.size());
    if (m_is_first || type == 'S' || type == 'Q') ++m_proxy.m_trips;
    m_is_first = false;
    if (type == 'P' || type == 'Q') {
      const Proxy::Statement statement = {++m_proxy.m_count, sql_of(message)};
      if (!goes_on(m_proxy.m_hooks.before, statement)) return false;
      m_sent_together += statement.sql + '\n';
    }
    if (!send_all(m_server, message)) return false;
    if (type == 'S' || type == 'Q') {
      const Proxy::Statement all = {m_proxy.m_count, std::exchange(m_sent_together, "")};
      if (!goes_on(m_proxy.m_hooks.after, all)) return false;
    }
    return !is_cancel || pass_to_client();  // the server hangs up when it has sent the signal
  }

  bool goes_on(const Proxy::Hook& hook, const Proxy::Statement& statement) {
    return m_proxy.ask(hook, statement) == Proxy::Answer::pass;
  }

  Proxy& m_proxy;
  int m_client;
  int m_server;
  bool m_is_first = true;
  std::string m_buffer;
  std::string m_sent_together;  // that is not answered until all of it has come
};

Proxy::Proxy(const Database& database, Hooks hooks)
    : m_server_socket(
          fmt::format("{}/.s.PGSQL.{}", database.server().folder(), database.server().port())),
      m_database(database.name()),
      m_hooks(std::move(hooks)),
      m_listener(listen_at(m_folder.path() + k_socket_name)) {
  if (::pipe(m_stop) != 0) throw std::runtime_error("no pipe");
  m_acceptor = std::thread([this] { accept_all(); });
}

Proxy::~Proxy() {
  ::close(m_stop[1]);
  m_acceptor.join();
  for (auto& relay : m_relays) relay.join();
  ::close(m_stop[0]);
  ::close(m_listener);
}

std::string Proxy::url() const {
  return fmt::format("postgresql://postgres@{}/{}", text::replace_all(m_folder.path(), "/", "%2F"),
                     m_database);
}

void Proxy::accept_all() {
  for (;;) {
    pollfd waiting[] = {{m_listener, POLLIN, 0}, {m_stop[0], POLLIN, 0}};
    ::poll(waiting, 2, -1);
    if (waiting[1].revents != 0) return;
    const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) m_relays.emplace_back([this, client] { ProxyRelay(*this, client).run(); });
  }
}

Proxy::Answer Proxy::ask(const Hook& hook, const Statement& statement) {
  if (!hook) return Answer::pass;
  const std::lock_guard guard(m_mutex);
  return hook(statement);
}

}  // namespace pgmend::test
