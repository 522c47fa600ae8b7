// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/database.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::test {

/// Stands between a client and the socket of a database's server, tells the statements that pass,
/// counts, and cuts the connection where it is told to. All connections count as one.
class Proxy {
 public:
  struct Statement {
    int number;       // from 1
    std::string sql;  // after: of all that were sent together, of which `number` was the last
  };
  enum class Answer { pass, cut };
  using Hook = std::function<Answer(const Statement&)>;

  /// Either may be empty. They are called from other threads than the caller's.
  struct Hooks {
    Hook before = {};  // the client has sent it, the server has none of it yet
    Hook after = {};   // the server has it and what was sent with it, the client has no answer yet
  };

  Proxy(const Database& database, Hooks hooks);
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  std::string url() const;
  /// How many statements have passed.
  int count() const { return m_count; }
  /// How often the client waited for the server: for the answers to all that it sent at once. How
  /// these are cut into packets makes no difference.
  int trips() const { return m_trips; }
  /// Both ways.
  long long bytes() const { return m_bytes; }

 private:
  void accept_all();
  void relay(int client);
  Answer ask(const Hook& hook, const Statement& statement);

  TempFolder m_folder;
  std::string m_server_socket;
  std::string m_database;
  Hooks m_hooks;
  std::atomic<int> m_count = 0;
  std::atomic<int> m_trips = 0;
  std::atomic<long long> m_bytes = 0;
  int m_listener;
  int m_stop[2] = {-1, -1};
  std::mutex m_mutex;
  std::vector<std::thread> m_relays;
  std::thread m_acceptor;

  friend class ProxyRelay;
};

}  // namespace pgmend::test
