// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pg/connection.hpp"
#include "pg/server_binaries.hpp"
#include "pg/server_folder.hpp"
#include "util/subprocess.hpp"

namespace pgmend::pg {

/// A throw-away PostgreSQL server, started from the binaries on this machine in a temporary folder
/// that only its owner can enter. It is reached by a Unix socket in that folder, and trusts whoever
/// gets there. Its superuser is "postgres".
///
/// PostgreSQL refuses to run as root, so there the server steps down to user postgres, or nobody.
///
/// The destructor stops the server and removes the folder. If this process is killed, or the thread
/// that started the server ends, the server shuts itself down; the folder is then removed by the
/// next PrivateServer on this machine.
class PrivateServer {
 public:
  enum class StopMode {
    fast,       // sessions are cut off, a checkpoint is written
    immediate,  // the next start has to recover
    kill,       // SIGKILL to all of it: a crash
  };

  /// Fills an empty data folder as its owner, in place of initdb.
  using FillDataFolder = std::function<void(const std::string& data_folder,
                                            const std::optional<subprocess::Identity>& owner)>;

  struct Options {
    std::string bin_dir;      // empty: see find_binaries()
    int major = 0;            // wanted PostgreSQL version; 0: any
    std::string base_folder;  // where the folder is made; empty: TMPDIR, else /tmp
    std::string locale = "C.UTF-8";
    std::string encoding = "UTF8";
    std::string password;     // if set, it is asked for (scram-sha-256) instead of trusting
    bool durable = false;     // fsync and the like; without them a power cut loses the data
    bool listen_tcp = false;  // also on 127.0.0.1, where without a password anyone here gets in
    bool detached = false;    // may outlive this process: needed for release()
    bool cut_off = false;     // its own connections (dblink, foreign servers) reach nobody
    std::chrono::seconds start_timeout{60};
    std::vector<std::pair<std::string, std::string>> settings;  // rows of postgresql.conf
    FillDataFolder fill_data_folder;                            // empty: initdb
    /// Nothing of it is of use when it is stopped: nothing is written down then.
    bool is_discarded = false;
    /// Where the data folder that initdb makes is kept for the next server; empty: nowhere.
    std::filesystem::path template_folder;
  };

  /// Creates and starts. Throws Error with the end of the server's log, and a hint.
  explicit PrivateServer(Options options);
  ~PrivateServer();
  PrivateServer(const PrivateServer&) = delete;
  PrivateServer& operator=(const PrivateServer&) = delete;

  /// By the Unix socket.
  ConnectionParameters parameters(const std::string& dbname = "postgres") const;
  /// By 127.0.0.1; only with Options::listen_tcp.
  ConnectionParameters tcp_parameters(const std::string& dbname = "postgres") const;

  const std::string& folder() const { return m_folder.path(); }
  std::string data_folder() const { return m_folder.path() + "/data"; }
  const std::string& bin_dir() const { return m_binaries.folder; }
  int version_major() const { return m_binaries.major; }
  const std::optional<subprocess::Identity>& owner() const { return m_folder.owner(); }
  int port() const { return m_port; }
  /// Of the postmaster; -1 while stopped.
  pid_t pid() const;
  bool running();

  void stop(StopMode mode = StopMode::fast);
  /// Again, after stop() or after a crash; whatever the crash left behind is cleared away.
  void start();

  std::string log_text() const;

  /// Leaves the server running for good, and the folder where it is. Returns the folder. Needs
  /// Options::detached; afterwards only parameters() and the like are of use.
  std::string release();

 private:
  void fill_data_folder();
  bool fill_from_template();
  void keep_template();
  void run_initdb();
  void write_settings() const;
  void wait_until_ready();
  bool accepts_connections() const;
  [[noreturn]] void fail_to_start(const std::string& reason) const;

  Options m_options;
  Binaries m_binaries;
  ServerFolder m_folder;
  int m_port;
  std::optional<subprocess::Process> m_process;
  std::string m_packed;  // the data folder, to be kept when the server has started
};

}  // namespace pgmend::pg
